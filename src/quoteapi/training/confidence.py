"""The fit of the confidence: a logistic regression on annotated articles that no other training used."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import structlog

from quoteapi.answer.composer import evidence_at
from quoteapi.answer.confidence import Calibration
from quoteapi.answer.speaker_choices import speaker_choices
from quoteapi.engine import QuoteEngine
from quoteapi.speakers.authority import name_key
from quoteapi.structs import Article
from quoteapi.training.logit import Decision, fit_logit
from quoteapi.training.marked import MarkedArticle, read_marked

log = structlog.get_logger()
DECAY = 1.0
"""How strongly weights are regularized towards the stages' own probability (weight 1 for its log-odds, 0 for the rest)."""

JudgedQuote = tuple[dict[str, float], bool]


def fit_confidence(files: Sequence[Path], output: Path) -> None:
    """Fits the weights on files of annotated articles and writes them to the folder `output` (`confidence.json`)."""
    engine = QuoteEngine(detect_language=False)
    judged_quotes = [one for file in files for article in read_marked(file) for one in judged(article, engine)]
    decisions = [Decision([evidence], [right]) for evidence, right in judged_quotes]
    calibration = Calibration(fit_logit(decisions, decay=DECAY, prior={"log-odds": 1.0}))
    log.info("confidence", quotes=len(judged_quotes), right=sum(right for _, right in judged_quotes), weights=dict(calibration.weights))
    (output / "confidence.json").write_bytes(msgspec.json.encode(calibration))


def judged(article: MarkedArticle, engine: QuoteEngine) -> Iterator[JudgedQuote]:
    """The features of each quote with a speaker, and whether that speaker is right."""
    found = engine.find(Article(text=article.text))
    for number, choice in enumerate(speaker_choices(found.attributions, found.speakers, min_confidence=0.0)):
        start, end = found.reading.to_source(*found.quotes[number].spans[0])
        marked = next((one for one in article.quotes if one.start < end and start < one.end), None)
        if choice.speaker is None or marked is None or not marked.speakers:
            continue
        gold = [article.entities[key] for key in marked.speakers]
        name = " and ".join(entity.name for entity in gold)
        given, marked_words = set(name_key(found.speakers[choice.speaker].name)), set(name_key(name))
        right = bool(given & marked_words) and (given <= marked_words or marked_words <= given)
        yield evidence_at(found, number, choice.speaker, choice.confidence), right
