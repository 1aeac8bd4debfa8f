"""Insertions: the source that a reporter names in passing, right behind the quote (“…” – as Roe put it –)."""

from collections.abc import Sequence

from quoteapi.attribution.candidates import DASHES
from quoteapi.findings import Mention
from quoteapi.knowledge import entries
from quoteapi.quotes.line import Line
from quoteapi.quotes.reporting import takes_words

OPENING = DASHES | {",", "("}
"""Marks between a quote and an insertion."""


def inserted(number: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention that *as* and a verb hand the quote to, right behind it."""
    place = line.stretches[number][-1] + 1
    place += line.word(place) in OPENING
    if line.word(place) != "as":
        return []
    starts = {place + 1, place + 2} if line.word(place + 1) in entries("determiners") else {place + 1}
    found = (i for i, mention in enumerate(mentions) if line.place[mention.start] in starts and mention.quote is None)
    return [i for i in found if speaks(line, mentions[i])][:1]


def speaks(line: Line, mention: Mention) -> bool:
    """Whether the verb behind a mention says that the words before are its own."""
    after = line.place[mention.end - 1] + 1
    if after >= len(line.items) or line.items[after].quote is not None:
        return False
    return takes_words(line.doc[line.items[after].token], line.word(after + 1))
