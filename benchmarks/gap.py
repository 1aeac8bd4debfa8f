"""GAP: which of two names a pronoun refers to, according to the engine's own mentions and speakers.

    python benchmarks/gap.py [--shared ../shared] [--split test] [--limit N]

Each text of GAP (Webster et al. 2018, "Mind the GAP: A Balanced Corpus of Gendered Ambiguous Pronouns") asks two questions: whether the
pronoun refers to the first name, and whether it refers to the second. The engine does not see the names: it finds mentions itself, and its
answer is yes if the pronoun's speaker also has a mention that overlaps the name. Figures are percentages over both answers, counted as in
GAP's own scorer. Nothing is written.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from msgspec import Struct

from quoteapi.answer import Findings
from quoteapi.engine import QuoteEngine
from quoteapi.findings import Chars, Mention
from quoteapi.structs import Article

Gender = Literal["masculine", "feminine"]

FOLDER = "data/coref/gap"
SPLITS = ("test", "validation", "development")
GENDERS: dict[str, Gender] = {
    "he": "masculine",
    "him": "masculine",
    "his": "masculine",
    "she": "feminine",
    "her": "feminine",
    "hers": "feminine",
}
"""The pronouns of GAP, which has no reflexives."""

BASELINES = {
    "syntactic parallelism, snippet context": (66.9, 69.4, 64.4, 0.93),
    "syntactic parallelism, page context": (70.6, 72.3, 68.8, 0.95),
}
"""F1 overall, masculine and feminine, and bias on the whole test split, as published by the authors of GAP.

From the section Benchmarks of the README of google-research-datasets/gap-coreference at commit 0ebbabe, which takes them from the paper;
the paper's abstract also has the 66.9, as the best of its baselines. Page context may use the text's Wikipedia page; the engine gets the
text alone, the snippet context.
"""


class Example(Struct, frozen=True):
    """A text with a pronoun and two names: their ranges in code points, and whether the pronoun refers to each name."""

    text: str
    gender: Gender
    pronoun: Chars
    names: tuple[Chars, Chars]
    gold: tuple[bool, bool]


class Reply(Struct, frozen=True):
    """The engine's answer to an example: whether it found the pronoun, whether in a speaker, and whether together with each name."""

    found: bool
    joined: bool
    given: tuple[bool, bool]


class Tally(Struct, frozen=True):
    """True positives, false positives and false negatives; percentages are 0 if there is nothing to count."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of positive answers that are right."""
        return 100 * self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of coreferent names with a positive answer."""
        return 100 * self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 200 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def main() -> None:
    """Read the split, ask the engine, print one Markdown table."""
    parser = argparse.ArgumentParser(description="Pronouns on GAP, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    parser.add_argument("--split", choices=SPLITS, default=SPLITS[0], help="part of GAP (default: %(default)s)")
    parser.add_argument("--limit", type=int, help="examples read (default: all)")
    options = parser.parse_args()
    path = options.shared / FOLDER / f"gap-{options.split}.tsv"
    if not path.exists():
        sys.exit(f"Nothing is measured, because this is missing (see --shared):\n  {path}")
    examples = list(islice(read(path), options.limit))
    engine = QuoteEngine()
    replies = [reply(example, engine.find(Article(text=example.text, include=["mentioned"]))) for example in examples]
    print("\n".join(report(f"quoteapi, GAP {options.split}", examples, replies)))


def read(path: Path) -> Iterator[Example]:
    """The examples of a GAP file: a header, then one per line, with tab-separated, unquoted columns."""
    with path.open(encoding="utf-8", newline="\n") as file:
        head = next(file).rstrip("\n").split("\t")
        for line in file:
            row = dict(zip(head, line.rstrip("\n").split("\t"), strict=True))
            yield Example(
                text=row["Text"],
                gender=GENDERS[row["Pronoun"].lower()],
                pronoun=stretch(row, "Pronoun"),
                names=(stretch(row, "A"), stretch(row, "B")),
                gold=(row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"),
            )


def stretch(row: dict[str, str], column: str) -> Chars:
    """The range of a column's words in the text."""
    start = int(row[f"{column}-offset"])
    return start, start + len(row[column])


def reply(example: Example, findings: Findings) -> Reply:
    """The findings' answer about an example's pronoun.

    The pronoun must be a mention by itself: a phrase that begins with it (his wife) is another person. A name overlaps every phrase around
    it (the daughter of Jane Roe), so such a phrase counts against the engine if the pronoun does not refer to Roe.
    """
    stretches = [in_source(findings, mention) for mention in findings.mentions]
    pronouns = {position for position, chars in enumerate(stretches) if chars == example.pronoun}
    held = {position for speaker in findings.speakers if not pronouns.isdisjoint(speaker.mentions) for position in speaker.mentions}
    first, second = (any(overlap(stretches[position], name) for position in held) for name in example.names)
    return Reply(found=bool(pronouns), joined=bool(held), given=(first, second))


def in_source(findings: Findings, mention: Mention) -> Chars:
    """The range of a mention in the caller's text."""
    words = findings.doc[mention.start : mention.end]
    return findings.reading.to_source(words.start_char, words.end_char)


def overlap(one: Chars, other: Chars) -> bool:
    """Whether two ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]


def tally(examples: Iterable[Example], replies: Iterable[Reply], *, genders: Sequence[Gender] = ("masculine", "feminine")) -> Tally:
    """The counts over both names of every example whose pronoun has one of the genders."""
    answers = [
        answer
        for example, one in zip(examples, replies, strict=True)
        if example.gender in genders
        for answer in zip(example.gold, one.given, strict=True)
    ]
    return Tally(right=answers.count((True, True)), wrong=answers.count((False, True)), missed=answers.count((True, False)))


def report(title: str, examples: Sequence[Example], replies: Sequence[Reply]) -> Iterator[str]:
    """Markdown lines: the number of examples, a row for the engine and each baseline, and the pronouns without a mention or speaker."""
    whole = tally(examples, replies)
    masculine = tally(examples, replies, genders=["masculine"]).f1
    feminine = tally(examples, replies, genders=["feminine"]).f1
    bias = f"{feminine / masculine:.2f}" if masculine and feminine else "–"
    yield f"{len(examples):,} examples."
    yield ""
    yield "| system | F1 | masculine F1 | feminine F1 | bias (F/M) | precision | recall |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield f"| {title} | {whole.f1:.1f} | {masculine:.1f} | {feminine:.1f} | {bias} | {whole.precision:.1f} | {whole.recall:.1f} |"
    for name, figures in BASELINES.items():
        overall, his, her, ratio = figures
        yield f"| {name}, GAP test | {overall:.1f} | {his:.1f} | {her:.1f} | {ratio:.2f} | | |"
    unseen = sum(not one.found for one in replies) / max(1, len(replies))
    nobody = sum(one.found and not one.joined for one in replies) / max(1, len(replies))
    yield ""
    yield f"Pronouns for which no mention was found: {unseen:.1%}; found, and in no speaker: {nobody:.1%}."


if __name__ == "__main__":
    main()
