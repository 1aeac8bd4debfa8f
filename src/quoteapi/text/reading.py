"""The reading: the caller's string as the stages read it, and the way back.

What is repaired here is repaired for reading alone: characters first (invisible ones, spaces, line ends, HTML entities, mojibake), then the
page (lines that were wrapped, words that were cut, numbers and heads of pages, boilerplate) and the keystrokes (spaces, marks). Every
stretch of the reading text knows the stretch of the caller's string that made it.
"""

from bisect import bisect_right
from collections.abc import Callable
from heapq import merge

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.text.characters import PLAINER, SPACES
from quoteapi.text.edits import Layer, edited
from quoteapi.text.keystrokes import retyped
from quoteapi.text.page import page_of
from quoteapi.text.repairs import repairs


class Reading(Struct, frozen=True):
    """A text as the stages read it; offsets count code points, half-open.

    Args:
        source: The caller's string.
        text: What the stages read.
        layers: The edits that made one of the other, the first ones first.
        left_out: Stretches of `source` that are no part of the article: numbers and heads of pages, boilerplate.
    """

    source: str
    text: str
    layers: tuple[Layer, ...]
    left_out: tuple[Chars, ...]

    def to_source(self, start: int, end: int) -> Chars:
        """The stretch of the caller's string whose characters made `text[start:end]`.

        Dropped characters at the edges stay outside. An empty stretch is the empty one before the character at `start`.

        Raises:
            IndexError: The stretch does not lie in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            message = f"{start}:{end} does not lie in a text of {len(self.text)} characters"
            raise IndexError(message)
        for layer in reversed(self.layers):
            start, end = layer.back(start, end)
        return start, end

    def to_sources(self, start: int, end: int) -> list[Chars]:
        """The same stretch in parts: what is left out parts it, and no part begins or ends with white space.

        Raises:
            IndexError: The stretch does not lie in the text.
        """
        first, last = self.to_source(start, end)
        cuts = [first]
        for out in self.left_out[bisect_right(self.left_out, (first, 0)) :]:
            if out[0] >= last:
                break
            cuts += out
        cuts.append(last)
        parts = [self._trimmed(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
        return [(a, b) for a, b in parts if a < b]

    def _trimmed(self, start: int, end: int) -> Chars:
        words = self.source[start:end].lstrip(SPACES)
        return end - len(words), end - len(words) + len(words.rstrip(SPACES))

    def from_source(self, start: int, end: int) -> Chars:
        """The stretch of `text` that was made of a stretch of the caller's string; empty where nothing was."""
        for layer in self.layers:
            start, end = layer.forth(start, end)
        return start, end


def _unknown(_: str) -> bool:
    return False


def read(source: str, *, is_word: Callable[[str], bool] = _unknown) -> Reading:
    """Makes a text simple to read; linear in its length, and never raises.

    Soft hyphens, zero-width and direction characters are dropped; every kind of space becomes a plain one and every line end a line
    feed; HTML entities are decoded and mojibake repaired; NULs and other controls become spaces, lone surrogates U+FFFD. Then lines that
    were wrapped are joined, and what the page adds to the article is left out. Quotation marks keep their shapes, but for those that
    are typed with other characters (,, `` <<).

    Args:
        source: The caller's string.
        is_word: Whether a lower-case word is known, for words that are cut at the end of a line.
    """
    characters = edited(source, repairs(source))
    plain = characters.text.translate(PLAINER)
    page = page_of(plain, is_word)
    typed = edited(plain, merge(page.edits, retyped(plain, page.lines), key=lambda edit: edit.start))
    return Reading(source, typed.text, (characters, typed), tuple(characters.back(*chars) for chars in page.left_out))
