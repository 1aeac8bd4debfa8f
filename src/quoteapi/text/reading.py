"""The reading: the caller's string as the stages read it, and the way back.

What is repaired here (invisible characters, spaces, line ends, HTML entities, mojibake) is repaired for reading alone; every stretch of
the reading text knows the stretch of the caller's string that made it.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.text.characters import INVISIBLE, PLAINER
from quoteapi.text.mojibake import LEADS, REPAIRS

_SUSPECTS = frozenset(f"&\r{LEADS}{INVISIBLE}")
"""Characters that may begin a damaged stretch."""
_DROPPED = re.compile(f"[{re.escape(INVISIBLE)}]+")
_MISREAD = re.compile("|".join(re.escape(form) for form in sorted(REPAIRS, key=len, reverse=True)))
_ENTITY = re.compile(r"&((?:amp;)*+)(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


class Reading(Struct, frozen=True):
    """A text as the stages read it.

    Offsets count code points, half-open. The text consists of pieces: a piece that was kept has a character for each character of the
    source, a piece that was repaired stands as a whole for a whole stretch of the source; between pieces characters were dropped.

    Args:
        source: The caller's string.
        text: What the stages read.
        starts: Where in `text` each piece starts.
        sources: The stretch of `source` that each piece stands for.
        repaired: Whether each piece was repaired.
    """

    source: str
    text: str
    starts: list[int]
    sources: list[Chars]
    repaired: list[bool]

    def to_source(self, start: int, end: int) -> Chars:
        """The stretch of the caller's string whose characters made `text[start:end]`.

        Dropped characters at the edges stay outside. An empty stretch is the empty one before the character at `start`.

        Raises:
            IndexError: The stretch does not lie in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            message = f"{start}:{end} does not lie in a text of {len(self.text)} characters"
            raise IndexError(message)
        if not self.starts:
            return 0, 0
        first = self._source_of(start)[0] if start < len(self.text) else self.sources[-1][1]
        return (first, self._source_of(end - 1)[1]) if end > start else (first, first)

    def from_source(self, start: int, end: int) -> Chars:
        """The stretch of `text` that was made of a stretch of the caller's string; empty where nothing was."""
        return self._place_of(start, last=False), self._place_of(end, last=True)

    def _place_of(self, position: int, *, last: bool) -> int:
        """Where what stands at a position of the source begins, or, as the last one's end, what stands before it ends."""
        piece = bisect_right(self.sources, position - last, key=lambda source: source[0]) - 1
        if piece < 0:
            return 0
        start, end = self.sources[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if position >= end or (self.repaired[piece] and (last or position > start)):
            return following
        return self.starts[piece] if self.repaired[piece] else self.starts[piece] + position - start

    def _source_of(self, position: int) -> Chars:
        """The stretch of the source that the character at `position` comes from."""
        piece = bisect_right(self.starts, position) - 1
        start, end = self.sources[piece]
        if self.repaired[piece]:
            return start, end
        place = start + position - self.starts[piece]
        return place, place + 1


def read(source: str) -> Reading:
    """Makes a text simple to read; linear in its length, and never raises.

    Soft hyphens, zero-width and direction characters are dropped; every kind of space becomes a plain one and every line end a line
    feed; HTML entities are decoded and mojibake repaired; NULs and other controls become spaces, lone surrogates U+FFFD. Quotation
    marks stay as they are.
    """
    reading = _Writer()
    kept_to = 0
    for start in _suspected(source):
        if start < kept_to:
            continue
        text, end = _repaired(source, start)
        if end > start:
            reading.keep(source, kept_to, start)
            reading.repair(text, start, end)
            kept_to = end
    reading.keep(source, kept_to, len(source))
    return Reading(source, "".join(reading.words).translate(PLAINER), reading.starts, reading.sources, reading.repaired)


def _suspected(source: str) -> Iterator[int]:
    """Where a damaged stretch may begin; `re` scans for the few characters that occur ten times faster than for all of them."""
    present = _SUSPECTS.intersection(source)
    if present:
        for suspect in re.finditer(f"[{re.escape(''.join(sorted(present)))}]", source):
            yield suspect.start()


def _repaired(source: str, start: int) -> tuple[str, int]:
    """What the damaged stretch that begins at `start` is read as, perhaps nothing, and where it ends; `start` where nothing is damaged."""
    first = source[start]
    if first == "&":
        return _decoded(source, start)
    if first == "\r":
        return ("\n", start + 2) if source.startswith("\n", start + 1) else ("", start)
    if first in LEADS:
        misread = _MISREAD.match(source, start)
        return (REPAIRS[misread[0]].translate(_INVISIBLE), misread.end()) if misread else ("", start)
    dropped = _DROPPED.match(source, start)
    return "", dropped.end() if dropped else start


def _decoded(source: str, start: int) -> tuple[str, int]:
    """The character that an HTML entity stands for, escaped once or more often (&amp;quot;)."""
    entity = _ENTITY.match(source, start)
    if entity is None:
        return "", start
    escapes, name = entity.groups()
    if name and (decoded := html.unescape(f"&{name}")) != f"&{name}":
        return decoded.translate(_INVISIBLE), entity.end()
    return ("&", entity.end(1)) if escapes else ("", start)


class _Writer:
    """The pieces of a reading while it is written."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.sources: list[Chars] = []
        self.repaired: list[bool] = []
        self.length = 0

    def keep(self, source: str, start: int, end: int) -> None:
        """Takes over a stretch of the source as it is."""
        if end > start:
            self._add(source[start:end], (start, end), repaired=False)

    def repair(self, text: str, start: int, end: int) -> None:
        """Writes `text` for a stretch of the source."""
        if text:
            self._add(text, (start, end), repaired=True)

    def _add(self, text: str, source: Chars, *, repaired: bool) -> None:
        self.words.append(text)
        self.starts.append(self.length)
        self.sources.append(source)
        self.repaired.append(repaired)
        self.length += len(text)
