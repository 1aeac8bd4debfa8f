"""Paragraphs: spans that line ends separate; the normalized text has one on each line."""

import re

from quoteapi.findings import Chars

_LINE = re.compile(r"[^\n]+")


def paragraphs(text: str) -> list[Chars]:
    """Returns the paragraphs of a normalized text in order: half-open spans of code points, none empty, no white space at the edges."""
    return [trimmed(text, *line.span()) for line in _LINE.finditer(text) if not line[0].isspace()]


def trimmed(text: str, start: int, end: int) -> Chars:
    """Returns a span without the white space at its edges; it must contain words."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
