"""The page: its main text, and the way from a span of the text to the element that contains it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from quoteapi.findings import Chars, PageQuote

if TYPE_CHECKING:
    from lxml import etree

_STEPS = re.compile(r"(?:/(?:[\w.-]+|\*)(?:\[\d+\])?)+")
"""Paths that are valid XPaths: excludes elements with a prefix, which XPath cannot resolve, and names with other characters (`<b<i>`)."""
_DEEPEST = 256
"""Maximum depth of an element that gets a path; a longer path would exceed most articles."""


class Run(Struct, frozen=True):
    """A line of a page.

    Args:
        text: Its words, with white space collapsed as in a browser.
        start: The number of solid characters of the page before it.
        size: The number of its own.
        elements: For each of its pieces, the number of solid characters of the page before the piece, and the element.
        breaks: Whether only a line break separates it from the run before.
    """

    text: str
    start: int
    size: int
    elements: "list[tuple[int, etree._Element]]"
    breaks: bool

    def element(self, place: int) -> "etree._Element":
        """Returns the element that directly contains the solid character at `place` in the page."""
        return self.elements[bisect_right(self.elements, place, key=lambda piece: piece[0]) - 1][1]


class Line(Struct, frozen=True):
    """A line of the text: its start and end, the offsets of its solid characters, its run, and the place in the page of the first of them.

    `run` is None if the line was not found in the page.
    """

    start: int
    end: int
    solids: list[int]
    run: Run | None
    first: int


class Page(Struct, frozen=True):
    """A page's main text; offsets are half-open, in its code points. `quotes` are those that its elements mark, in reading order."""

    text: str
    lines: list[Line]
    quotes: list[PageQuote]

    def path(self, spans: Sequence[Chars]) -> str | None:
        """Returns an XPath to the smallest element that contains all spans; None if they were not found in the page, or lie too deep."""
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
        """Returns the element of the solid character after an offset, or before it unless `after`."""
        number = (bisect_right if after else bisect_left)(self.lines, offset, key=lambda line: line.start) - 1
        line = self.lines[max(0, number)]
        place = bisect_left(line.solids, offset) - (not after)
        if line.run is None or not 0 <= place < len(line.solids):
            return None
        return line.run.element(line.first + place)
