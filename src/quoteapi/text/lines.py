"""Lines: where the words of each line stand, and the marks that mail programs put before those that somebody answers."""

import re
from collections.abc import Iterator

from msgspec import Struct

_LINE = re.compile(r"[^\n]+")
_ANSWERED = re.compile(r" *+(?:> ?+)++")
_ONCE = re.compile(r"^ *+>(?!>)", re.MULTILINE)

_MOSTLY = 0.8


class Line(Struct, frozen=True):
    """A line that holds words: half-open code points without white space at the edges, and the columns that it is set in by."""

    start: int
    end: int
    indent: int

    @property
    def width(self) -> int:
        """Its columns."""
        return self.indent + self.end - self.start


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold words, without the `>` of mail: it stands before nearly all; before some, it sets them apart."""
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
    """Where each line begins behind the signs of mail: signs before lines that follow each other, since one alone may mean *more than*."""
    behind = [found.end() if (found := _ANSWERED.match(text, start, end)) else None for start, end in spans]
    if sum(signs is not None for signs in behind) < _MOSTLY * sum(not text[start:end].isspace() for start, end in spans):
        return [start for start, _ in spans]
    beside = [
        any(behind[other] is not None for other in (k - 1, k + 1) if 0 <= other < len(spans) and _touch(spans[k], spans[other]))
        for k in range(len(spans))
    ]
    return [signs if signs is not None and near else start for signs, near, (start, _) in zip(behind, beside, spans, strict=True)]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether no empty line stands between two lines."""
    return other[0] - one[1] == 1 or one[0] - other[1] == 1
