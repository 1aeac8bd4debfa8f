"""Parts: the paragraphs of a page with their layout: indentation, distance, and the prefix `>` of Markdown and mail."""

import re

from msgspec import Struct

from quoteapi.text import paragraphs

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)+")
_TAB = 4
"""Columns of a tab."""


class Part(Struct, frozen=True):
    """A paragraph, or a line of a quotation in Markdown or in mail.

    Args:
        start: Where its words start, in code points, after the prefix.
        end: Where they end.
        indent: Its indentation, in columns.
        close: Whether it stands right below the part before, without an empty line between.
        quoted: Whether its line begins with `>`.
    """

    start: int
    end: int
    indent: int
    close: bool
    quoted: bool


def parts_of(text: str) -> list[Part]:
    """Returns the parts of a text in reading order; none is empty."""
    found: list[Part] = []
    before = 0
    for start, end in paragraphs(text):
        line = text.rfind("\n", 0, start) + 1
        prefix = _PREFIX.match(text, line, end)
        first = start if prefix is None else prefix.end()
        if first < end:
            close = bool(found) and text.count("\n", before, start) == 1
            indent = len(text[line:start].expandtabs(_TAB))
            found.append(Part(first, end, indent, close, prefix is not None))
        before = end
    return found
