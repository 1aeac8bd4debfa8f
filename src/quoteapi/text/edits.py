"""Layers: a text after edits, with a mapping to and from the text before them."""

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from quoteapi.findings import Chars


class Edit(Struct, frozen=True):
    """The replacement of a span by a text, which may be empty; half-open code points."""

    start: int
    end: int
    text: str


class Layer(Struct, frozen=True):
    """A text after edits.

    The text is a sequence of pieces. A kept piece maps character by character to the text before the edits; a written piece maps as a whole
    to the span that it replaced. Between pieces, characters may have been dropped.

    Args:
        text: The text after the edits.
        starts: The start of each piece in `text`.
        sources: For each piece, its span in the text before the edits.
        written: Whether an edit wrote the piece.
    """

    text: str
    starts: list[int]
    sources: list[Chars]
    written: list[bool]

    def back(self, start: int, end: int) -> Chars:
        """Returns the span before the edits that `text[start:end]` was made from.

        Dropped characters at the edges stay outside. An empty span maps to the empty span before the character at `start`.
        """
        if not self.starts:
            return 0, 0
        first = self._source_of(start)[0] if start < len(self.text) else self.sources[-1][1]
        return (first, self._source_of(end - 1)[1]) if end > start else (first, first)

    def forth(self, start: int, end: int) -> Chars:
        """Returns the span of `text` that was made from a span before the edits; empty if nothing was."""
        return self._place_of(start, last=False), self._place_of(end, last=True)

    def _place_of(self, position: int, *, last: bool) -> int:
        """Maps a position before the edits to the start of what stands there or, if `last`, to the end of what stands before it."""
        piece = bisect_right(self.sources, position - last, key=lambda source: source[0]) - 1
        if piece < 0:
            return 0
        start, end = self.sources[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if position >= end or (self.written[piece] and (last or position > start)):
            return following
        return self.starts[piece] if self.written[piece] else self.starts[piece] + position - start

    def _source_of(self, position: int) -> Chars:
        """Returns the source span of the character at `position`."""
        piece = bisect_right(self.starts, position) - 1
        start, end = self.sources[piece]
        if self.written[piece]:
            return start, end
        place = start + position - self.starts[piece]
        return place, place + 1


def edited(text: str, edits: Iterable[Edit]) -> Layer:
    """Applies edits, which must be in reading order and must not overlap."""
    writer = _Writer()
    kept_to = 0
    for edit in edits:
        writer.add(text[kept_to : edit.start], (kept_to, edit.start), written=False)
        writer.add(edit.text, (edit.start, edit.end), written=True)
        kept_to = edit.end
    writer.add(text[kept_to:], (kept_to, len(text)), written=False)
    return Layer("".join(writer.words), writer.starts, writer.sources, writer.written)


class _Writer:
    """Collects the pieces of a text."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.sources: list[Chars] = []
        self.written: list[bool] = []
        self.length = 0

    def add(self, words: str, source: Chars, *, written: bool) -> None:
        """Adds a piece, unless it is empty."""
        if words:
            self.words.append(words)
            self.starts.append(self.length)
            self.sources.append(source)
            self.written.append(written)
            self.length += len(words)
