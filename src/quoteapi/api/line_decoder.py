"""Line decoding: splits a chunked body into lines of limited length, as the chunks arrive."""

from collections.abc import Iterator

from msgspec import Struct

_BOM = b"\xef\xbb\xbf"


class DecodedLine(Struct, frozen=True):
    """A line that contains more than white space.

    `number` counts from 1 and includes blank lines, as in an editor; `body` is None if the line is too long.
    """

    number: int
    body: bytes | None


class LineDecoder:
    """Splits chunks into lines; a byte order mark before the first is dropped.

    Args:
        longest: Maximum bytes of a line; a longer one is discarded.
    """

    def __init__(self, *, longest: int) -> None:
        self._longest = longest
        self._held = bytearray()
        self._too_long = False
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[DecodedLine]:
        """Yield the lines that end in the next chunk; they must be consumed before the next call."""
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            if self._held or self._too_long or end.strip():
                self._hold(end)
                yield from self.end()
            else:  # a fast path for blank lines: there may be millions of them
                self._number += 1
        self._hold(rest)

    def end(self) -> Iterator[DecodedLine]:
        """Yield the line that ends here, with a line break or with the body, unless it is blank."""
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
