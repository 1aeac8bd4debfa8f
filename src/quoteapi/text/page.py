"""The page: what its layout did to an article, undone: lines that were wrapped, words that were cut, lines that are not the article's."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.text.furniture import furniture
from quoteapi.text.hyphens import HYPHENS, joined, words_of
from quoteapi.text.layers import Edit
from quoteapi.text.lines import Line, lines_of
from quoteapi.text.wrapping import Wrapping, wrapping_of


class Page(Struct, frozen=True):
    """What is undone: edits between lines in reading order, the lines that are kept, and the stretches that are left out."""

    edits: list[Edit]
    lines: list[Line]
    left_out: list[Chars]


def page_of(text: str, is_word: Callable[[str], bool]) -> Page:
    """The layout of a text; `is_word` tells whether a lower-case word is known."""
    lines = lines_of(text)
    wrapping = wrapping_of(text, lines)
    out = furniture(text, lines, caseless=wrapping.caseless)
    kept = [line for k, line in enumerate(lines) if k not in out]
    left_out = [(lines[k].start, lines[k].end) for k in sorted(out)]
    return Page(list(_edits(text, kept, wrapping, is_word)), kept, left_out)


def _edits(text: str, lines: Sequence[Line], wrapping: Wrapping, is_word: Callable[[str], bool]) -> Iterator[Edit]:
    """What is written between the lines, before the first and behind the last one, where it is not what stands there."""
    if not lines:
        yield from [Edit(0, len(text), "")] if text and not text.isspace() else []
        return
    if not text[: lines[0].start].isspace() and lines[0].start:
        yield Edit(0, lines[0].start, "")
    words: frozenset[str] | None = None
    for line, after in pairwise(lines):
        gap = text[line.end : after.start]
        is_crossed = not gap.isspace()
        line_ends = gap.count("\n")
        if wrapping.goes_on(line, after, line_ends=1 if is_crossed and line_ends > 1 else line_ends):
            dropped, between = 0, " "
            if text[line.end - 1] in HYPHENS:
                words = words_of(text) if words is None else words
                dropped, between = joined(text[line.start : line.end], text[after.start : after.end], words, is_word)
            yield Edit(line.end - dropped, after.start, between)
        elif is_crossed:
            yield Edit(line.end, after.start, "\n" * min(2, line_ends))
    if text[lines[-1].end :].strip():
        yield Edit(lines[-1].end, len(text), "")
