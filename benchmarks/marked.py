"""Annotated news: how well the engine reads articles in which people have annotated entities, their roles and who said what.

    python benchmarks/marked.py [--shared ../shared] [--keep FILE] [--title WORDS] [--pipeline PATH] [--model base]
    python benchmarks/marked.py --compare OTHER.json [--results FILE]

Every article is read once. Its counts are kept as JSON, so that a later engine can be compared with this one article by article, and the
figures go into benchmarks/results/marked.md (those of `base` into marked-base.md), each with a 95% bootstrap interval from a thousand
resamples of the articles. With `--results` nothing is read: the counts are those of that file. With `--compare` nothing is written: both
files' articles are resampled together, and a difference exceeds chance if its interval excludes zero. The articles are not part of this
project: their texts belong to their publishers.
"""

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
from msgspec import Struct

import quoteapi
from quoteapi.answer import Findings, compose
from quoteapi.engine import QuoteEngine
from quoteapi.evaluation.agreement import role_words
from quoteapi.evaluation.gold import GoldArticle, GoldQuote, ResultAnswer
from quoteapi.evaluation.report import BINS
from quoteapi.evaluation.scores import QuoteScore, returned_spans, score_quotes
from quoteapi.findings import Chars
from quoteapi.structs import Answer, Article, SpeakerType
from quoteapi.training.marked import MarkedArticle, MarkedEntity, MarkedQuote, read_marked

RESULTS = Path(__file__).parent / "results"
REPORTS = {"small": RESULTS / "marked.md", "base": RESULTS / "marked-base.md"}
MARKED = "data/news/marked-dev.jsonl.gz"
"""Path of the articles in the shared folder."""

DRAWS, SEED = 1000, 20
SURE = 0.95
"""The minimum confidence of a sure answer."""

NAMED = ("person", "organization")
PLACES = frozenset({"GPE", "LOC"})
"""The pipeline's labels of places."""

Counts: TypeAlias = Counter[str]
Totals: TypeAlias = Mapping[str, np.ndarray]
"""Each count over all articles, for each resample."""


class Measured(Struct, frozen=True):
    """The counts of each article, with the commit and date of the run."""

    title: str
    commit: str
    date: str
    words: int
    articles: dict[str, dict[str, float]]


class Figure(Struct, frozen=True):
    """A figure: how it is computed from counts, and the count that it is a share of."""

    name: str
    value: Callable[[Totals], np.ndarray]
    over: str


def share(part: str, whole: str) -> Callable[[Totals], np.ndarray]:
    """One count as a share of another."""
    return lambda totals: totals[part] / totals[whole]


def harmonic(right: str, told: str, gold: str, *, right_of_told: str | None = None) -> Callable[[Totals], np.ndarray]:
    """F1; `right_of_told` is the numerator of precision if it differs from that of recall."""

    def value(totals: Totals) -> np.ndarray:
        precision, recall = totals[right_of_told or right] / totals[told], totals[right] / totals[gold]
        return 2 * precision * recall / np.maximum(1e-9, precision + recall)

    return value


def calibration_error(totals: Totals) -> np.ndarray:
    """The expected calibration error of the confidence, with bins of equal width."""
    gaps = sum(np.abs(totals[f"bin {i} right"] - totals[f"bin {i} sure"]) for i in range(BINS))
    return gaps / np.maximum(1, totals["answered"])


FIGURES = (
    Figure("detection F1", harmonic("found", "returned", "speech"), "speech"),
    Figure("non-speech kept out", share("kept out", "non-speech"), "non-speech"),
    Figure("speaker name", share("name", "with speaker"), "with speaker"),
    Figure("speaker name, lenient", share("lenient", "with speaker"), "with speaker"),
    Figure("role exact", share("role exact", "with role"), "with role"),
    Figure("role overlap", share("role overlap", "with role"), "with role"),
    Figure("role rightly empty", share("rightly empty", "without role"), "without role"),
    Figure("calibration error", calibration_error, "answered"),
    Figure(f"wrong at a confidence of {SURE} and more", share("sure and wrong", "sure"), "sure"),
    *(
        figure
        for kind in NAMED
        for figure in (
            Figure(f"names of {kind}s, precision", share(f"{kind} right", f"{kind} told"), f"{kind} told"),
            Figure(f"names of {kind}s, recall", share(f"{kind} right", f"{kind} gold"), f"{kind} gold"),
            Figure(f"names of {kind}s, F1", harmonic(f"{kind} right", f"{kind} told", f"{kind} gold"), f"{kind} gold"),
        )
    ),
    Figure("mentions found", share("mentions found", "mentions"), "mentions"),
    Figure("chains, B³ precision", share("chain precision", "mentions"), "mentions"),
    Figure("chains, B³ recall", share("chain recall", "mentions"), "mentions"),
    Figure("chains, B³ F1", harmonic("chain recall", "mentions", "mentions", right_of_told="chain precision"), "mentions"),
)
LOWER_IS_BETTER = frozenset({"calibration error", f"wrong at a confidence of {SURE} and more"})


def main() -> None:
    """Measure or load a measurement; write or compare it."""
    parser = argparse.ArgumentParser(description="The engine on marked news, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    parser.add_argument("--pipeline", help="another spaCy pipeline than the packaged one")
    parser.add_argument("--model", choices=["small", "base"], default="small", help="the encoder's model (default: %(default)s)")
    parser.add_argument("--keep", type=Path, help="file for the counts (default: marked.json beside the report)")
    parser.add_argument("--title", default="Marked news", help="title of the table (default: %(default)s)")
    parser.add_argument("--results", type=Path, help="take the counts from this file and read nothing")
    parser.add_argument("--compare", type=Path, metavar="OTHER.json", help="beside these counts; nothing is written")
    options = parser.parse_args()
    path = options.shared / MARKED
    if options.results is None and not path.exists():
        sys.exit(f"Nothing is measured: {path} is missing (see --shared).")
    measured = measure(path, options) if options.results is None else read_measured(options.results)
    if options.compare is not None:
        print(comparison(read_measured(options.compare), measured))
        return
    if options.results is None:
        (options.keep or RESULTS / "marked.json").write_bytes(msgspec.json.format(msgspec.json.encode(measured), indent=1) + b"\n")
    body = report(measured)
    REPORTS[options.model].write_text(body, encoding="utf-8")
    print(body)


def measure(path: Path, options: argparse.Namespace) -> Measured:
    """Read every article and count."""
    engine = QuoteEngine(options.pipeline, model=options.model)
    marked = list(read_marked(path))
    articles = {one.id: {key: round(value, 6) for key, value in sorted(counted(engine, one).items())} for one in marked}
    words = sum(len(one.text.split()) for one in marked)
    return Measured(options.title, commit(), str(datetime.now(UTC).date()), words, articles)


def read_measured(path: Path) -> Measured:
    """The kept counts of an earlier run."""
    return msgspec.json.decode(path.read_bytes(), type=Measured)


def commit() -> str:
    """The commit of the measured package, and whether its source differs from it."""
    git = ["git", "-C", str(Path(quoteapi.__file__).parent)]
    name = subprocess.run([*git, "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - fixed arguments
    differs = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "."], check=False).returncode  # noqa: S603 - fixed arguments
    return f"{name} with changes" if differs else name


def counted(engine: QuoteEngine, marked: MarkedArticle) -> Counts:
    """All counts of an article."""
    article = Article(text=marked.text, id=marked.id, include=["other", "mentioned"])
    findings = engine.find(article)
    answer = compose(article, findings, min_confidence=engine.min_confidence)
    counts = of_quotes(gold_of(marked), answer)
    for kind in NAMED:
        counts += of_names(marked, findings, kind)
    return counts + of_chains(marked, findings)


def gold_of(marked: MarkedArticle) -> GoldArticle:
    """The gold of an article, as the annotations' own script makes it."""
    quotes = sorted((quote for quote in marked.quotes if quote.kind != "bad"), key=lambda quote: quote.start)
    return GoldArticle(marked.id, marked.text, tuple(gold_quote(marked, quote) for quote in quotes))


def gold_quote(marked: MarkedArticle, quote: MarkedQuote) -> GoldQuote:
    """A span with its speaker's fullest name, its best role and the other roles; several speakers are a group without roles."""
    plain: dict[str, Any] = {"start": quote.start, "end": quote.end, "kind": quote.kind}
    if quote.kind == "other" or not quote.speakers:
        return GoldQuote(**plain)
    who = [marked.entities[key] for key in quote.speakers]
    roles = who[0].roles if len(who) == 1 else []
    return GoldQuote(
        **plain,
        speaker=" and ".join(one.name for one in who),
        speaker_type=type_of(who),
        mention=marked.text[slice(*quote.mention)] if quote.mention else None,
        role=next((role.text for role in roles if role.best), None),
        role_variants=tuple(role.text for role in roles if not role.best),
    )


def type_of(who: Sequence[MarkedEntity]) -> SpeakerType:
    """The type of speakers; a document has no name of its own."""
    if len(who) > 1:
        return "group"
    return msgspec.convert("unnamed" if who[0].type == "document" else who[0].type, SpeakerType)


def of_quotes(gold: GoldArticle, answer: Answer) -> Counts:
    """Counts of quotes, speakers, roles and confidence."""
    spans = returned_spans(gold.text, msgspec.convert(answer, ResultAnswer, from_attributes=True).quotes)
    counts = Counter({"returned": len(spans)})
    for one in score_quotes(gold, spans):
        counts += of_speech(one) if one.is_speech else Counter({"non-speech": 1, "kept out": one.covering is None})
    return counts


def of_speech(one: QuoteScore) -> Counts:
    """Counts of a quote that is speech."""
    counts = Counter({"speech": 1, "found": one.found})
    if one.gold.speaker:
        counts += Counter({"with speaker": 1, "name": one.name, "lenient": one.same_entity}) + of_confidence(one)
        if one.has_role:
            right = {"role exact": one.name and one.role_exact, "role overlap": one.name and one.role_overlap}
            counts += Counter({"with role": 1, **right})
        else:
            counts += Counter({"without role": 1, "rightly empty": rightly_empty(one)})
    return counts


def rightly_empty(one: QuoteScore) -> bool:
    """Whether there is a speaker without a role; words of an unnamed source's own designation do not count as one."""
    if one.returned is None or one.returned.speaker is None:
        return False
    own = role_words(one.returned.speaker.name) if one.gold.speaker_type in {"unnamed", "group"} else []
    return set(one.returned_role) <= set(own)


def of_confidence(one: QuoteScore) -> Counts:
    """Counts of an answer that names a speaker where the gold has one."""
    if one.returned is None or one.returned.speaker is None:
        return Counter()
    sure = one.returned.confidence or 0.0
    number = min(BINS - 1, int(BINS * sure))
    counts: Counter[Any] = Counter({"answered": 1, f"bin {number} right": one.same_entity, f"bin {number} sure": sure})
    return counts + Counter({"sure": sure >= SURE, "sure and wrong": sure >= SURE and not one.same_entity})


def of_names(marked: MarkedArticle, findings: Findings, kind: str) -> Counts:
    """Counts of the names of persons, or of organizations.

    The gold has places only if they speak or act as organizations; the engine makes organizations of all. So a place in the answer counts
    only if the gold has it.
    """
    gold = {span for entity in marked.entities.values() if entity.type == kind for span in names_in(marked.text, entity)}
    told = {span for span, is_place in names_told(marked.text, findings, kind) if not is_place or span in gold}
    return Counter({f"{kind} gold": len(gold), f"{kind} told": len(told), f"{kind} right": len(gold & told)})


def names_in(text: str, entity: MarkedEntity) -> Iterator[Chars]:
    """The mentions of an entity by one of its names."""
    names = {entity.name, *entity.aliases}
    return (bare(text, span) for span in entity.mentions if text[slice(*span)] in names)


def names_told(text: str, findings: Findings, kind: str) -> Iterator[tuple[Chars, bool]]:
    """The engine's mentions by name of this kind of entity, and whether the pipeline calls each a place."""
    for speaker in findings.speakers:
        for i in speaker.mentions if speaker.type == kind else ():
            mention = findings.mentions[i]
            if mention.form == "name":
                yield place(text, findings, i), findings.doc[mention.head].ent_type_ in PLACES


def place(text: str, findings: Findings, number: int) -> Chars:
    """The range of a mention in the article."""
    words = findings.doc[findings.mentions[number].start : findings.mentions[number].end]
    return bare(text, findings.reading.to_source(words.start_char, words.end_char))


def bare(text: str, span: Chars) -> Chars:
    """The range without a leading *the* and a possessive ending: on these, the engine and the annotators may differ."""
    start, end = span
    words = text[start:end]
    if words.lower().startswith("the "):
        start += len("the ")
    if words.endswith(("'s", "’s")):
        end -= len("'s")
    return (start, end) if start < end else span


def of_chains(marked: MarkedArticle, findings: Findings) -> Counts:
    """B-cubed (Bagga and Baldwin 1998), as sums over the gold's mentions; a mention that the engine lacks is an entity of its own."""
    gold = {bare(marked.text, span): key for key, entity in marked.entities.items() for span in entity.mentions}
    told: dict[Chars, object] = {}
    for number, speaker in enumerate(findings.speakers):
        for i in speaker.mentions:
            told.setdefault(place(marked.text, findings, i), number)
    found = sum(span in told for span in gold)
    precision, recall = b_cubed(gold, {span: told.get(span, span) for span in gold})
    counts: Counter[Any] = Counter({"mentions": len(gold), "mentions found": found, "chain precision": precision, "chain recall": recall})
    return counts


def b_cubed(gold: Mapping[Chars, object], told: Mapping[Chars, object]) -> tuple[float, float]:
    """Sums over all mentions of the share of the predicted entity, and of the gold's, that the two have in common."""
    pairs = Counter((gold[span], told[span]) for span in gold)
    sizes, told_sizes = Counter(gold.values()), Counter(told.values())
    precision = sum(shared * shared / told_sizes[chain] for (_, chain), shared in pairs.items())
    recall = sum(shared * shared / sizes[chain] for (chain, _), shared in pairs.items())
    return precision, recall


def drawn(measured: Measured, keys: Sequence[str]) -> Totals:
    """Totals of all counts: for these articles, and for each resample of them; the same articles give the same resamples."""
    again = np.random.default_rng(SEED).multinomial(len(keys), np.full(len(keys), 1 / len(keys)), size=DRAWS)
    weights = np.vstack([np.ones(len(keys)), again])
    names = {name for counts in measured.articles.values() for name in counts} | needed()
    return {name: weights @ np.array([measured.articles[key].get(name, 0.0) for key in keys]) for name in names}


def needed() -> set[str]:
    """The counts that an article may lack."""
    bins = {f"bin {i} {what}" for i in range(BINS) for what in ("right", "sure")}
    right = {"found", "kept out", "name", "lenient", "role exact", "role overlap", "rightly empty", "sure and wrong"}
    chains = {"mentions found", "chain precision", "chain recall"}
    names = {f"{kind} {what}" for kind in NAMED for what in ("gold", "told", "right")}
    return bins | right | chains | names | {figure.over for figure in FIGURES} | {"returned"}


def interval(values: np.ndarray) -> tuple[float, float]:
    """The middle 95% of the resamples; the first value, of the articles themselves, is left out."""
    low, high = np.nanpercentile(values[1:], [2.5, 97.5])
    return float(low), float(high)


def report(measured: Measured) -> str:
    """The figures, as a Markdown page."""
    totals = drawn(measured, sorted(measured.articles))
    told = (
        f"Measured on {measured.date} at commit {measured.commit}: {len(measured.articles)} articles of `{Path(MARKED).name}`,"
        f" {measured.words:,} words. Intervals are of {DRAWS:,} draws of the articles."
    )
    rows = ["| marked news | figure | 95% interval | of |", "| --- | ---: | ---: | ---: |", *(row(figure, totals) for figure in FIGURES)]
    return "\n".join([f"# {measured.title}", "", told, "", *rows, ""])


def row(figure: Figure, totals: Totals) -> str:
    """A figure's line."""
    with np.errstate(invalid="ignore", divide="ignore"):
        values = figure.value(totals)
    low, high = interval(values)
    return f"| {figure.name} | {values[0]:.3f} | {low:.3f} to {high:.3f} | {totals[figure.over][0]:,.0f} |"


def comparison(before: Measured, after: Measured) -> str:
    """Two engines on the articles that both have read, as a Markdown table."""
    keys = sorted(before.articles.keys() & after.articles.keys())
    if not keys:
        sys.exit("Nothing is compared: the two have no article in common.")
    pair = [drawn(one, keys) for one in (before, after)]
    heads = [
        f"| {len(keys)} articles | {before.commit} | {after.commit} | difference | 95% interval | |",
        "| --- |" + " ---: |" * 4 + " --- |",
    ]
    return "\n".join([*heads, *compared(pair)])


def compared(pair: Iterable[Totals]) -> Iterator[str]:
    """A line for each figure: both values, their difference, and whether it exceeds chance."""
    before, after = pair
    for figure in FIGURES:
        with np.errstate(invalid="ignore", divide="ignore"):
            old, new = figure.value(before), figure.value(after)
        low, high = interval(new - old)
        cells = f"{old[0]:.3f} | {new[0]:.3f} | {new[0] - old[0]:+.3f} | {low:+.3f} to {high:+.3f}"
        yield f"| {figure.name} | {cells} | {verdict(figure, low, high)} |"


def verdict(figure: Figure, low: float, high: float) -> str:
    """What an interval says about a difference."""
    if low <= 0 <= high:
        return "within chance"
    return "better" if (low > 0) != (figure.name in LOWER_IS_BETTER) else "worse"


if __name__ == "__main__":
    main()
