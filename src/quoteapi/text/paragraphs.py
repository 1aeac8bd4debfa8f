"""Paragraphs: the stretches that a writer sets apart by line ends; the reading text has one a line."""

import re

from quoteapi.findings import Chars

_LINE = re.compile(r"[^\n]+")


def paragraphs(text: str) -> list[Chars]:
    """The paragraphs of a reading text in order: half-open stretches of code points, no white space at their edges, none empty."""
    return [trimmed(text, *line.span()) for line in _LINE.finditer(text) if not line[0].isspace()]


def trimmed(text: str, start: int, end: int) -> Chars:
    """A stretch that holds words without the white space at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
