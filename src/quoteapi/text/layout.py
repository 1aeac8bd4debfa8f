"""The page: undoes what its layout did to an article: wrapped lines, hyphenated words, and lines that are not the article's."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.text.boilerplate import boilerplate_lines
from quoteapi.text.edits import Edit
from quoteapi.text.hyphens import HYPHENS, joined, words_of
from quoteapi.text.lines import Line, lines_of
from quoteapi.text.wrapping import Wrapping, wrapping_of


class Layout(Struct, frozen=True):
    """The changes: edits between lines in reading order, the lines that are kept, and the spans that are left out."""

    edits: list[Edit]
    lines: list[Line]
    left_out: list[Chars]


def layout_of(text: str, is_word: Callable[[str], bool]) -> Layout:
    """Analyses the layout of a text; `is_word` says whether a lower-case word is known."""
    lines = lines_of(text)
    wrapping = wrapping_of(text, lines)
    out = boilerplate_lines(text, lines, caseless=wrapping.caseless)
    if len(out) == len(lines) == 1:
        out = set()  # a single line is the article
    kept = [k for k in range(len(lines)) if k not in out]
    left_out = [(lines[k].start, lines[k].end) for k in sorted(out)]
    return Layout(list(_edits(text, lines, kept, wrapping, is_word)), [lines[k] for k in kept], left_out)


def _edits(text: str, lines: Sequence[Line], kept: Sequence[int], wrapping: Wrapping, is_word: Callable[[str], bool]) -> Iterator[Edit]:
    """Yields the edits between kept lines, before the first and after the last, where the text must change."""
    begin, end = (lines[kept[0]].start, lines[kept[-1]].end) if kept else (len(text), len(text))
    if text[:begin].strip():
        yield Edit(0, begin, "")
    words: frozenset[str] | None = None
    for k, following in pairwise(kept):
        line, after = lines[k], lines[following]
        gap = text[line.end : after.start]
        if _goes_on(wrapping, line, after, line_ends=gap.count("\n"), parted=following > k + 1):
            dropped, between = 0, " "
            if text[line.end - 1] in HYPHENS:
                words = words_of(text) if words is None else words
                dropped, between = joined(text[line.start : line.end], text[after.start : after.end], words, is_word)
            yield Edit(line.end - dropped, after.start, between)
        elif not gap.isspace():
            yield Edit(line.end, after.start, "\n" * min(2, gap.count("\n")))
    if text[end:].strip():
        yield Edit(end, len(text), "")


def _goes_on(wrapping: Wrapping, line: Line, after: Line, *, line_ends: int, parted: bool) -> bool:
    """Whether a paragraph continues in the next kept line; across omitted lines, only inside a sentence."""
    if not parted:
        return wrapping.goes_on(line, after, line_ends=line_ends)
    return not wrapping.has_ended(line) and wrapping.goes_on(line, after, line_ends=1)
