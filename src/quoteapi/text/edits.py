"""Layers: a text after edits, and the way back to the text before them."""

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from quoteapi.findings import Chars


class Edit(Struct, frozen=True):
    """A stretch of a text and what is read instead of it, perhaps nothing; half-open code points."""

    start: int
    end: int
    text: str


class Layer(Struct, frozen=True):
    """A text after edits.

    It consists of pieces: a piece that was kept has a character for each character before the edits, a piece that was written stands as a
    whole for a whole stretch; between pieces characters were dropped.

    Args:
        text: The text.
        starts: Where in `text` each piece starts.
        sources: The stretch of the text before the edits that each piece stands for.
        written: Whether each piece was written by an edit.
    """

    text: str
    starts: list[int]
    sources: list[Chars]
    written: list[bool]

    def back(self, start: int, end: int) -> Chars:
        """The stretch before the edits whose characters made `text[start:end]`.

        Dropped characters at the edges stay outside. An empty stretch is the empty one before the character at `start`.
        """
        if not self.starts:
            return 0, 0
        first = self._source_of(start)[0] if start < len(self.text) else self.sources[-1][1]
        return (first, self._source_of(end - 1)[1]) if end > start else (first, first)

    def forth(self, start: int, end: int) -> Chars:
        """The stretch of `text` that was made of a stretch before the edits; empty where nothing was."""
        return self._place_of(start, last=False), self._place_of(end, last=True)

    def _place_of(self, position: int, *, last: bool) -> int:
        """Where what stands at a position before the edits begins, or, as the last one's end, what stands before it ends."""
        piece = bisect_right(self.sources, position - last, key=lambda source: source[0]) - 1
        if piece < 0:
            return 0
        start, end = self.sources[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if position >= end or (self.written[piece] and (last or position > start)):
            return following
        return self.starts[piece] if self.written[piece] else self.starts[piece] + position - start

    def _source_of(self, position: int) -> Chars:
        """The stretch that the character at `position` comes from."""
        piece = bisect_right(self.starts, position) - 1
        start, end = self.sources[piece]
        if self.written[piece]:
            return start, end
        place = start + position - self.starts[piece]
        return place, place + 1


def edited(text: str, edits: Iterable[Edit]) -> Layer:
    """A text after edits, which are given in reading order, none over another."""
    writer = _Writer()
    kept_to = 0
    for edit in edits:
        writer.add(text[kept_to : edit.start], (kept_to, edit.start), written=False)
        writer.add(edit.text, (edit.start, edit.end), written=True)
        kept_to = edit.end
    writer.add(text[kept_to:], (kept_to, len(text)), written=False)
    return Layer("".join(writer.words), writer.starts, writer.sources, writer.written)


class _Writer:
    """The pieces of a text while it is written."""

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
