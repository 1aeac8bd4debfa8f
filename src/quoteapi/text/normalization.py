"""Normalization: the caller's string as the pipeline reads it, and the mapping back.

Repairs change only what the pipeline reads: first characters (invisible ones, spaces, line ends, HTML entities, mojibake), then the page
(wrapped lines, hyphenated words, page numbers, running heads, boilerplate) and keystrokes (spaces, marks). Each span of the normalized text
maps to the span of the caller's string that it was made from.
"""

from bisect import bisect_right
from collections.abc import Callable
from heapq import merge

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.text.characters import PLAINER, SPACES
from quoteapi.text.edits import Layer, edited
from quoteapi.text.layout import layout_of
from quoteapi.text.repairs import repairs
from quoteapi.text.typography import typography_edits


class Reading(Struct, frozen=True):
    """A text as the pipeline reads it; offsets are half-open, in code points.

    Args:
        source: The caller's string.
        text: The normalized text.
        layers: The edits that lead from one to the other, in order.
        left_out: Spans of `source` that are not part of the article: page numbers, running heads, boilerplate.
    """

    source: str
    text: str
    layers: tuple[Layer, ...]
    left_out: tuple[Chars, ...]

    def to_source(self, start: int, end: int) -> Chars:
        """Returns the span of the caller's string that `text[start:end]` was made from.

        Dropped characters at the edges stay outside. An empty span maps to the empty span before the character at `start`.

        Raises:
            IndexError: The span is not inside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            message = f"{start}:{end} does not lie in a text of {len(self.text)} characters"
            raise IndexError(message)
        for layer in reversed(self.layers):
            start, end = layer.back(start, end)
        return start, end

    def to_sources(self, start: int, end: int) -> list[Chars]:
        """Returns the same span in parts, without what is left out; no part begins or ends with white space.

        Raises:
            IndexError: The span is not inside the text.
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
        """Returns the span of `text` that was made from a span of the caller's string; empty if nothing was."""
        for layer in self.layers:
            start, end = layer.forth(start, end)
        return start, end


def _unknown(_: str) -> bool:
    return False


def read(source: str, *, is_word: Callable[[str], bool] = _unknown) -> Reading:
    """Normalizes a text; linear in its length, and never raises.

    Drops soft hyphens, zero-width and directional characters; replaces every kind of space with a plain one and every line end with a line
    feed; decodes HTML entities and repairs mojibake; replaces NULs and other controls with spaces, and lone surrogates with U+FFFD. Then
    joins wrapped lines and leaves out what the page adds to the article. Quotation marks keep their shapes, except those that are typed
    with other characters (,, `` <<).

    Args:
        source: The caller's string.
        is_word: Whether a lower-case word is known, for words that are divided at the end of a line.
    """
    characters = edited(source, repairs(source))
    plain = characters.text.translate(PLAINER)
    page = layout_of(plain, is_word)
    typed = edited(plain, merge(page.edits, typography_edits(plain, page.lines), key=lambda edit: edit.start))
    return Reading(source, typed.text, (characters, typed), tuple(characters.back(*chars) for chars in page.left_out))
