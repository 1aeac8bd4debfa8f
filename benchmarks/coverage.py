"""Coverage: how many speakers are named if only confident answers are kept, and how many of these names are right.

    python benchmarks/coverage.py [--shared ../shared] [--pipeline PATH | --answers FOLDER]

Measures, on the shared gold files, what matters to a newsroom that prefers a quote without a speaker to one with a wrong name. Writes
benchmarks/results/coverage.md and the curve beside it, coverage.svg. The corpora are not part of this project; if they are missing, the
script lists the paths that it looked for and writes nothing.
"""

import argparse
import runpy
import sys
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from math import floor
from pathlib import Path
from typing import Any

import msgspec
from accuracy import GOLD_FILES, GOLD_SCORER, REPORT, answers_to, commit
from msgspec import Struct

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation.gold import GoldArticle, ResultAnswer
from quoteapi.evaluation.scores import returned_spans, score_quotes

TABLE, CURVE = REPORT.with_name("coverage.md"), REPORT.with_name("coverage.svg")
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
ALL = "both"
FEWEST = 20
"""Minimum number of names behind a point of the curve: with fewer, noise exceeds the distance between the lines."""

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 24, 56
"""Margins around the plot, in pixels."""
SHORTEST_AXIS = 0.8
"""Start of the precision axis, or the tenth below the lowest strict precision if that is less (lenient is never lower)."""
GREY = "#7a7a7a"
LINES = {"lenient": ("#d9730d", ' stroke-dasharray="7 4"'), "strict": ("#2f81f7", "")}
"""Colour and dashes of each line. All colours contrast with white and with black; dashes distinguish the lines without colour."""

Answers = Mapping[str, Mapping[str, Any]]


class Named(Struct, frozen=True):
    """A quote with a speaker in both gold and answer: the confidence, and whether the name is right."""

    confidence: float
    strict: bool
    lenient: bool


class Point(Struct, frozen=True):
    """The figures at a threshold: the share of the gold's speakers kept, and the share of right names among them (None of nothing)."""

    threshold: float
    coverage: float
    strict: float | None
    lenient: float | None


class Outcome(Struct, frozen=True):
    """The answers to one or more corpora: the number of quotes with a speaker in the gold, those that got one, the calibration error."""

    speakers: int
    named: tuple[Named, ...]
    calibration_error: float

    def at(self, threshold: float) -> Point:
        """The point at a threshold."""
        kept = [one for one in self.named if one.confidence >= threshold]
        return Point(
            threshold=threshold,
            coverage=len(kept) / max(1, self.speakers),
            strict=share(one.strict for one in kept),
            lenient=share(one.lenient for one in kept),
        )

    def curve(self) -> list[Point]:
        """A point at every confidence that occurs, in descending order, from `FEWEST` names on."""
        confidences = sorted((one.confidence for one in self.named), reverse=True)
        return [self.at(threshold) for threshold in dict.fromkeys(confidences[FEWEST - 1 :])]


def share(right: Iterator[bool]) -> float | None:
    """The share of true values; None if there are none."""
    answers = list(right)
    return sum(answers) / len(answers) if answers else None


def main() -> None:
    """Read the gold, answer it or load kept answers, write table and curve."""
    parser = argparse.ArgumentParser(description="Precision of speaker names against their coverage, as a Markdown table and a curve.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the scorer and of data/ (default: %(default)s)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--pipeline", help="another spaCy pipeline than the packaged one")
    source.add_argument("--answers", type=Path, help="folder of the answers that accuracy.py kept; the engine does not run")
    options = parser.parse_args()
    kept = {name: options.answers / f"gold-{name}.jsonl" for name in GOLD_FILES} if options.answers else {}
    needed = [options.shared / path for path in (GOLD_SCORER, *GOLD_FILES.values())] + list(kept.values())
    if missing := [path for path in needed if not path.exists()]:
        sys.exit("Nothing is measured, because these are missing:\n" + "\n".join(f"  {path}" for path in missing))

    scorer = runpy.run_path(str(options.shared / GOLD_SCORER))
    golds = {name: scorer["read"](options.shared / path) for name, path in GOLD_FILES.items()}
    if kept:
        answers = {name: {answer["id"]: answer for answer in scorer["read"](path)} for name, path in kept.items()}
    else:
        engine = QuoteEngine(options.pipeline)
        answers = {name: answers_to(engine, {gold["id"]: gold["text"] for gold in part}) for name, part in golds.items()}
    outcomes = {ALL: outcome(list(chain.from_iterable(golds.values())), ChainMap(*answers.values()), scorer["score"])}
    outcomes |= {name: outcome(part, answers[name], scorer["score"]) for name, part in golds.items()}

    body = "\n".join(page(outcomes, of="answers kept before" if kept else f"commit {commit()}"))
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(f"{body}\n", encoding="utf-8")
    CURVE.write_text("\n".join(drawing(outcomes[ALL].curve())) + "\n", encoding="utf-8")
    print(body)


def outcome(golds: Sequence[Mapping[str, Any]], answers: Answers, score: Callable[..., Mapping[str, float]]) -> Outcome:
    """The outcome of the answers to a corpus.

    Args:
        golds: Its articles.
        answers: By article id.
        score: The gold's own scorer, used for the calibration error.
    """
    speakers = 0
    named: list[Named] = []
    for article in msgspec.convert(golds, list[GoldArticle]):
        given = msgspec.convert(answers.get(article.id, {}), ResultAnswer)
        for one in score_quotes(article, returned_spans(article.text, given.quotes or ())):
            if one.is_speech and one.gold.speaker:
                speakers += 1
                if one.returned and one.returned.speaker:
                    named.append(Named(one.returned.confidence or 0.0, one.name, one.same_entity))
    return Outcome(speakers, tuple(named), score(golds, answers)["calibration error"])


def page(outcomes: Mapping[str, Outcome], *, of: str) -> Iterator[str]:
    """Markdown lines: the curve, and a table for each outcome."""
    yield "# Coverage"
    yield ""
    yield f"Measured on {datetime.now(UTC).date()} of {of} by `python benchmarks/coverage.py`. Coverage is the share of the quotes with a"
    yield "speaker in the gold that get one at or above the threshold; precision is the share of these whose name is right: strictly, with"
    yield "the same words, titles aside, or leniently, where a part of the name is enough."
    yield ""
    yield f"![Precision of speaker names against coverage]({CURVE.name})"
    for name, one in outcomes.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield f"{one.speakers} quotes with a speaker; expected calibration error in ten bins {one.calibration_error:.3f}."
        yield ""
        yield "| confidence at least | coverage | precision, strict | precision, lenient |"
        yield "| ---: | ---: | ---: | ---: |"
        for point in map(one.at, THRESHOLDS):
            yield f"| {point.threshold:.2f} | {point.coverage:.3f} | {shown(point.strict)} | {shown(point.lenient)} |"


def shown(value: float | None) -> str:
    """Three decimals; a dash for None."""
    return "–" if value is None else f"{value:.3f}"


def drawing(points: Sequence[Point]) -> Iterator[str]:
    """The lines of an SVG: strict and lenient precision over coverage, with axes, ticks and a legend."""
    lowest = min([SHORTEST_AXIS, *(floor(10 * point.strict) / 10 for point in points if point.strict is not None)])
    top, base, left, right = up(1, lowest), up(lowest, lowest), across(0), across(1)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
    yield f'  font-family="system-ui, sans-serif" font-size="13" fill="{GREY}">'
    yield "  <title>Precision of speaker names against coverage</title>"
    for tick in range(round(20 * lowest), 21):
        y = up(tick / 20, lowest)
        yield f'  <path d="M{left} {y}H{right}" stroke="{GREY}" stroke-opacity="0.3"/>'
        yield f'  <text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{tick / 20:.2f}</text>'
    for tick in range(0, 11, 2):
        x = across(tick / 10)
        yield f'  <path d="M{x} {base}v5" stroke="{GREY}"/>'
        yield f'  <text x="{x}" y="{base + 20:.1f}" text-anchor="middle">{tick / 10:.1f}</text>'
    yield f'  <path d="M{left} {top}V{base}H{right}" stroke="{GREY}" fill="none"/>'
    yield f'  <text x="{(left + right) / 2:.1f}" y="{HEIGHT - 12}" text-anchor="middle">coverage: quotes that are given a speaker</text>'
    yield f'  <text transform="translate(18 {(top + base) / 2}) rotate(-90)" text-anchor="middle">precision: names that are right</text>'
    for row, (name, (colour, dashes)) in enumerate(LINES.items()):
        stroke = f'stroke="{colour}" stroke-width="2" stroke-linejoin="round" fill="none"{dashes}'
        values = [(point.coverage, getattr(point, name)) for point in points]
        yield f'  <polyline points="{" ".join(f"{across(x)},{up(y, lowest)}" for x, y in values)}" {stroke}/>'
        y = base - 36 + 20 * row
        yield f'  <path d="M{left + 16} {y:.1f}h32" {stroke}/>'
        yield f'  <text x="{left + 56}" y="{y + 4:.1f}" fill="{colour}">{name}</text>'
    yield "</svg>"


def across(coverage: float) -> float:
    """The x coordinate of a coverage, in pixels."""
    return round(LEFT + coverage * (WIDTH - LEFT - RIGHT), 1)


def up(precision: float, lowest: float) -> float:
    """The y coordinate of a precision, in pixels, on an axis that begins at `lowest`."""
    return round(TOP + (1 - precision) / (1 - lowest) * (HEIGHT - TOP - BOTTOM), 1)


if __name__ == "__main__":
    main()
