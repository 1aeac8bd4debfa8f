"""Lines: where the words of each line stand, without the `>` that mail programs put before quoted lines."""

import re
from collections.abc import Iterator

from msgspec import Struct

_LINE = re.compile(r"[^\n]+")
_ANSWERED = re.compile(r" *+(?:> ?+)++")
_ONCE = re.compile(r"^ *+>(?!>)", re.MULTILINE)

_MOSTLY = 0.8


class Line(Struct, frozen=True):
    """A line that contains words: half-open code points without white space at the edges, and its indentation in columns."""

    start: int
    end: int
    indent: int

    @property
    def width(self) -> int:
        """Its columns, with the indentation."""
        return self.indent + self.end - self.start


def lines_of(text: str) -> list[Line]:
    """Returns the lines of a text with words, without the `>` of mail if nearly all have it; before only some, it marks quotations."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    spans = [found.span() for found in _LINE.finditer(text)]
    begins = _behind_signs(text, spans) if _ONCE.search(text) else [start for start, _ in spans]
    for begin, (_, end) in zip(begins, spans, strict=True):
        words = text[begin:end]
        if words and not words.isspace():
            indent = len(words) - len(words.lstrip())
            yield Line(begin + indent, begin + len(words.rstrip()), indent)


def _behind_signs(text: str, spans: list[tuple[int, int]]) -> list[int]:
    """Returns the start of each line after its `>`. Only signs on adjacent lines count, since a single one may mean *more than*."""
    behind = [found.end() if (found := _ANSWERED.match(text, start, end)) else None for start, end in spans]
    if sum(signs is not None for signs in behind) < _MOSTLY * sum(not text[start:end].isspace() for start, end in spans):
        return [start for start, _ in spans]
    beside = [
        any(behind[other] is not None for other in (k - 1, k + 1) if 0 <= other < len(spans) and _touch(spans[k], spans[other]))
        for k in range(len(spans))
    ]
    return [signs if signs is not None and near else start for signs, near, (start, _) in zip(behind, beside, spans, strict=True)]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether no empty line separates two lines."""
    return other[0] - one[1] == 1 or one[0] - other[1] == 1
