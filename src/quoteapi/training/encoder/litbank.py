"""LitBank: its quotes with the mentions of their speakers (Sims and Bamman 2020), the only sources with an open licence.

LitBank gives the speaker of each quote and all mentions, but not which of the speaker's mentions introduces the quote, so any near it
counts as right.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.findings import FoundQuote
from quoteapi.training.encoder.antecedents import Referring, Story, litbank_stories
from quoteapi.training.encoder.cases import UpperCase
from quoteapi.training.encoder.sources import SPOKEN, QuoteLabels, labelled_case

NEAR = 60
"""Tokens on either side of a quote within which a mention of its speaker counts."""


class Spoken(Struct, frozen=True):
    """A quote: its half-open tokens and its speaker's name."""

    start: int
    end: int
    speaker: str


def litbank_cases(folder: Path, cutter: PieceCutter) -> Iterator[UpperCase]:
    """The extracts of LitBank (a folder with `conll/` and `quotations/`) that have quotes."""
    paths = sorted((folder / "conll").glob("*.conll"))
    for path, story in zip(paths, litbank_stories(folder / "conll"), strict=True):
        spoken = sorted(quotations(folder / "quotations" / path.stem), key=lambda quote: quote.start)
        case = labelled_case(story.doc, cutter, SpeakerLookup(story, spoken).labels_of)
        if case.windows:
            yield case


def quotations(stem: Path) -> Iterator[Spoken]:
    """The quotes of an extract, whose positions are given by line and token of its text."""
    lines = stem.with_suffix(".txt").read_text(encoding="utf8").splitlines()
    first = [0, *accumulate(len(line.split()) for line in lines)]
    rows = [row.split("\t") for row in stem.with_suffix(".ann").read_text(encoding="utf8").splitlines()]
    speakers = {row[1]: row[2].rsplit("-", 1)[0].replace("__", ". ").replace("_", " ").lower() for row in rows if row[0] == "ATTRIB"}
    for row in rows:
        if row[0] == "QUOTE" and row[1] in speakers:
            yield Spoken(first[int(row[2])] + int(row[3]), first[int(row[4])] + int(row[5]) + 1, speakers[row[1]])


class SpeakerLookup:
    """Looks up the speakers of an extract's quotes.

    Args:
        story: The extract with its mentions.
        spoken: Its quotes, in reading order.
    """

    def __init__(self, story: Story, spoken: Sequence[Spoken]) -> None:
        self.doc = story.doc
        self.spoken = spoken
        self.entities: dict[str, list[Referring]] = {}
        named: dict[str, set[str]] = {}
        for mention in story.mentions:
            self.entities.setdefault(mention.entity, []).append(mention)
            named.setdefault(story.doc[mention.start : mention.end].text.lower(), set()).add(mention.entity)
        self.named = {name: next(iter(entities)) for name, entities in named.items() if len(entities) == 1}

    def labels_of(self, quote: FoundQuote) -> QuoteLabels:
        """The tokens of the speaker's mentions near the quote; unknown if no quote is annotated there, or if its speaker has none."""
        start, end = tokens_of(self.doc, quote)
        held = self.spoken[max(0, bisect_right(self.spoken, start, key=lambda other: other.start) - 1) :][:2]
        own = next((other for other in held if other.start < end and start < other.end), None)
        mentions = self.entities.get(self.named.get(own.speaker, ""), []) if own is not None else []
        near = frozenset(
            token
            for mention in mentions
            for token in mention.core
            if start - NEAR <= token < end + NEAR and not any(other.start <= token < other.end for other in self.spoken)
        )
        return QuoteLabels(near or None, () if own is None else SPOKEN)


def tokens_of(doc: Doc, quote: FoundQuote) -> tuple[int, int]:
    """The half-open token range of a quote."""
    begins = [token.idx for token in doc]
    return max(0, bisect_right(begins, quote.start) - 1), bisect_left(begins, quote.end)
