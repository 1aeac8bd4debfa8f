"""The measurement: from a gold file and the answers to its articles to a report."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

import msgspec

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation.gold import GoldArticle, ResultAnswer, read_gold, read_results
from quoteapi.evaluation.mistakes import Mistake, mistakes_in
from quoteapi.evaluation.report import Report, report_of
from quoteapi.evaluation.scores import NON_SPEECH, QuoteScore, returned_spans, score_quotes
from quoteapi.settings import Model
from quoteapi.structs import Article


def evaluate_file(
    gold_path: str | PathLike[str], *, results_path: str | PathLike[str] | None = None, pipeline: str | None = None, model: Model = "small"
) -> Report:
    """Measure how well answers agree with a gold file.

    Args:
        gold_path: One article per line: `id`, `text` and its `quotes` as in `quoteapi.evaluation.gold.GoldQuote`.
        results_path: One answer per line, as `quoteapi batch` writes it; if None, the engine reads the gold texts.
        pipeline: Path or name of the spaCy pipeline for the engine; the packaged one if None.
        model: The model of the encoder.

    Raises:
        UnreadableLineError: A line of either file is malformed.
        OSError: A file cannot be read.
    """
    golds = read_gold(Path(gold_path))
    results = _read_by_engine(golds, QuoteEngine(pipeline, model=model)) if results_path is None else read_results(Path(results_path))
    return compare(golds, results)


def compare(golds: list[GoldArticle], results: Mapping[str, ResultAnswer]) -> Report:
    """The report on answers, given by article id, to gold articles."""
    scores: list[QuoteScore] = []
    mistakes: list[Mistake] = []
    returned = unanswered = 0
    for article in golds:
        given = results.get(article.id)
        unanswered += given is None
        quotes = given.quotes or () if given else ()
        spans = returned_spans(article.text, quotes)
        article_scores = list(score_quotes(article, spans))
        scores += article_scores
        mistakes += mistakes_in(article, spans, returned_spans(article.text, quotes, kinds=NON_SPEECH), article_scores)
        returned += len(spans)
    return report_of(scores, returned=returned, unanswered=unanswered, mistakes=mistakes)


def _read_by_engine(golds: list[GoldArticle], engine: QuoteEngine) -> dict[str, ResultAnswer]:
    answers = (engine.extract(Article(text=article.text, id=article.id, include=["other"])) for article in golds)
    return {article.id: msgspec.convert(answer, ResultAnswer, from_attributes=True) for article, answer in zip(golds, answers, strict=True)}
