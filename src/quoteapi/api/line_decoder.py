"""Cutting: a body that comes in chunks, cut into lines of at most so many bytes as it comes."""

from collections.abc import Iterator

from msgspec import Struct

_BOM = b"\xef\xbb\xbf"


class DecodedLine(Struct, frozen=True):
    """A line that holds more than white space.

    `number` counts from 1 as editors do, blank lines too; `body` is None where the line is longer than what is read.
    """

    number: int
    body: bytes | None


class LineDecoder:
    """Cuts chunks into lines; a byte order mark before the first is dropped.

    Args:
        longest: Bytes of a line that are held at most; the rest of a longer one is passed over.
    """

    def __init__(self, *, longest: int) -> None:
        self._longest = longest
        self._held = bytearray()
        self._too_long = False
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[DecodedLine]:
        """The lines that end in the next chunk, which must be taken before another is fed."""
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            if self._held or self._too_long or end.strip():
                self._hold(end)
                yield from self.end()
            else:  # blank, and there may be millions of them
                self._number += 1
        self._hold(rest)

    def end(self) -> Iterator[DecodedLine]:
        """The line that ends here, with a line break or with the body."""
        self._number += 1
        body = None if self._too_long else bytes(self._held)
        self._held.clear()
        self._too_long = False
        if body is not None and self._number == 1:
            body = body.removeprefix(_BOM)
        if body is None or (body and not body.isspace()):
            yield DecodedLine(self._number, body)

    def _hold(self, part: bytes) -> None:
        if self._too_long or len(self._held) + len(part) > self._longest:
            self._too_long = True
            self._held.clear()
        else:
            self._held += part
