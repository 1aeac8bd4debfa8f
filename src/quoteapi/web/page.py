"""The page: its main text, and the way from a stretch of the text to the element that holds it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from quoteapi.findings import Chars, PageQuote

if TYPE_CHECKING:
    from lxml import etree

_STEPS = re.compile(r"(?:/(?:[\w.-]+|\*)(?:\[\d+\])?)+")
"""Paths that are XPaths: not those of elements with a prefix, which they do not know, or with signs in their names (`<b<i>`)."""
_DEEPEST = 256
"""Elements in each other from which no path is told: it would be longer than most articles."""


class Run(Struct, frozen=True):
    """A line of a page.

    Args:
        text: Its words, white space folded as a browser folds it.
        start: The solid characters of the page before it.
        size: Its own.
        elements: The element of each of its pieces, and the solid characters of the page before the piece.
        breaks: Whether only a line break parts it from the run before.
    """

    text: str
    start: int
    size: int
    elements: "list[tuple[int, etree._Element]]"
    breaks: bool

    def element(self, place: int) -> "etree._Element":
        """The element whose own text a solid character of the page is."""
        return self.elements[bisect_right(self.elements, place, key=lambda piece: piece[0]) - 1][1]


class Line(Struct, frozen=True):
    """A line of the text: where it starts and ends, its solid characters' places, and the run that they are of, from which character on.

    `run` is None where the line was not found in the page.
    """

    start: int
    end: int
    solids: list[int]
    run: Run | None
    first: int


class Page(Struct, frozen=True):
    """A page's main text; offsets count its code points, half-open. `quotes` are what its elements set apart as such, in reading order."""

    text: str
    lines: list[Line]
    quotes: list[PageQuote]

    def path(self, spans: Sequence[Chars]) -> str | None:
        """An XPath to the smallest element that holds all spans; None where they were not found in the page, or too deep in it."""
        first, last = self._element(spans[0][0], after=True), self._element(spans[-1][1], after=False)
        if first is None or last is None:
            return None
        holders = {first, *first.iterancestors()}
        if len(holders) > _DEEPEST:
            return None
        element: etree._Element | None = last
        while element is not None and element not in holders:
            element = element.getparent()
        while element is not None:
            path: str = element.getroottree().getpath(element)
            if _STEPS.fullmatch(path):
                return path
            element = element.getparent()
        return None

    def _element(self, offset: int, *, after: bool) -> "etree._Element | None":
        """The element of the solid character after an offset, or of the one before it."""
        number = (bisect_right if after else bisect_left)(self.lines, offset, key=lambda line: line.start) - 1
        line = self.lines[max(0, number)]
        place = bisect_left(line.solids, offset) - (not after)
        if line.run is None or not 0 <= place < len(line.solids):
            return None
        return line.run.element(line.first + place)
