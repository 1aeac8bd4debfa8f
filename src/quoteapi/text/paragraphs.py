"""Paragraphs: the stretches that a writer sets apart by line ends.

News text ends a paragraph at each line end, with or without a blank line after it. Text that was wrapped to a width of columns (mail,
wire copy) ends a line anywhere, and only a blank line ends its paragraph.
"""

import re
from itertools import pairwise

from quoteapi.findings import Chars

_LINE = re.compile(r"[^\n]+")

_NARROWEST, _WIDEST = 40, 100
"""Columns that text is wrapped to: a line of a wrapped text is never longer, and its longest line not shorter."""
_FEWEST_LINES = 3
_FULL_LINE = 0.7
"""A wrapped line leaves less than this share of the width empty only where a long word follows."""
_FULL_LINES = 0.75
_SENTENCE_ENDS = 0.4
"""Above this share of lines that end as sentences do, the lines are paragraphs or verses."""


def paragraphs(text: str) -> list[Chars]:
    """The paragraphs of a text in reading order: half-open stretches of code points, no white space at their edges, none empty."""
    lines = [_trimmed(text, *line.span()) for line in _LINE.finditer(text) if not line[0].isspace()]
    return _joined(text, lines) if _is_wrapped(text, lines) else lines


def _trimmed(text: str, start: int, end: int) -> Chars:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_wrapped(text: str, lines: list[Chars]) -> bool:
    """Whether lines end where the columns did: judged by the lines that another line follows directly."""
    inner = [(a, b) for (a, b), (c, _) in pairwise(lines) if text.count("\n", b, c) == 1]
    if len(inner) < _FEWEST_LINES:
        return False
    width = max(b - a for a, b in inner)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(b - a >= _FULL_LINE * width for a, b in inner)
    ended = sum(text[b - 1] in '.!?”"' for _, b in inner)
    return full >= _FULL_LINES * len(inner) and ended <= _SENTENCE_ENDS * len(inner)


def _joined(text: str, lines: list[Chars]) -> list[Chars]:
    """Lines up to the next blank one make a paragraph."""
    blocks: list[Chars] = []
    for start, end in lines:
        if blocks and text.count("\n", blocks[-1][1], start) == 1:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks
