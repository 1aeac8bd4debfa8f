"""The scene: all that the choice of a quote's source looks at in an article, put together once."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.line import Line, read_line
from quoteapi.quotes.reporting import is_reporting

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
NO_MARKS = str.maketrans(dict.fromkeys('.,;:!?()[]“”"', " "))
COUNTED = ("QUOTE", ",", "RV", "VERB")
"""The kinds of items that are counted between a candidate and a quote."""


class Scene(Struct, frozen=True):
    """All that the features of one article look at.

    Args:
        line: The reporter's line.
        quotes: The article's quotes.
        mentions: Its mentions.
        coarse: The kind of each item on the line.
        tallies: For each of `COUNTED`, how many such items stand before a position.
        rivals: Positions of the reporting verbs that have a subject, in reading order, each with its subjects' positions.
        speaking: How often each lower-case word is the subject of a reporting verb.
        quoted: For each quote its words.
    """

    line: Line
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
    coarse: list[str]
    tallies: dict[str, list[int]]
    rivals: list[tuple[int, list[int]]]
    speaking: Counter[str]
    quoted: list[frozenset[str]]

    def kind(self, position: int) -> str:
        """The coarse kind of the item at a position; EDGE outside the line."""
        return self.coarse[position] if 0 <= position < len(self.coarse) else "EDGE"

    def count(self, kind: str, between: range) -> int:
        """How many items of a kind stand in a stretch."""
        tally = self.tallies[kind]
        return tally[between.stop] - tally[between.start] if between else 0


def set_scene(doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention]) -> Scene:
    """The scene of an article."""
    line = read_line(doc, quotes)
    coarse = [coarse_kind(line, position) for position in range(len(line.items))]
    tallies = {kind: [0, *accumulate(one == kind for one in coarse)] for kind in COUNTED}
    rivals = []
    for position in (i for i, kind in enumerate(coarse) if kind == "RV"):
        subjects = [line.place[child.i] for child in doc[line.items[position].token].children if child.dep_ in SUBJECTS]
        if subjects:
            rivals.append((position, subjects))
    speaking = Counter(line.word(subject) for _, subjects in rivals for subject in subjects)
    quoted = [frozenset(line.text[quote.start : quote.end].translate(NO_MARKS).split()) for quote in quotes]
    return Scene(line, quotes, mentions, coarse, tallies, rivals, speaking, quoted)


def coarse_kind(line: Line, position: int) -> str:
    """An item in the coarse terms that transfer between articles: RV for a reporting verb, else mark, function word or part of speech."""
    item = line.items[position]
    if item.quote is not None:
        return "QUOTE"
    token = line.doc[item.token]
    if is_reporting(token):
        return "RV"
    if token.is_punct or token.pos_ in {"ADP", "SCONJ", "PRON"}:
        return token.lower_
    return token.pos_ or token.shape_
