"""Wrapping: lines that end where the columns did, not where the writer ended a paragraph.

News text ends a paragraph at each line end. Mail, wire copy and scanned columns end a line anywhere; that a text is wrapped shows in lines
that begin with a small letter behind lines that end inside a sentence. Such lines also tell how wide it was set: a line is full where the
first word of the next one would have had no room on it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from quoteapi.text.lines import Line

_INSIDE = frozenset(",-‐—–”’\"')&")
"""What a line ends with, beside letters and digits, where its sentence goes on in the next one."""
_ENDS = re.compile(r"[.?!…:][”’\"')\]»]*$")
_ITEM = re.compile(r"[-–—•*·▪] |[“\"]?[A-Z][\w.'’ -]{0,40}: ")
"""What sets a line apart, behind the end of a sentence, as an item of a list or as somebody's turn."""
_TURN = re.compile(r"[“\"]?[A-Z][A-Z.'’ -]{1,40}: ")
"""What does so behind everything."""
_FIRST_WORD = re.compile(r"\S+")

_FEWEST = 2
"""Lines that run on, at least, in a wrapped text."""
_SHARE = 0.25
"""The share of line ends that run on, at least: in a paragraph of two lines every second one is no end of a paragraph, and a quarter of
English words begin with a capital or a sign where a line does."""
_NARROWEST = 15
"""Columns of the narrowest text."""
_LONG = 30
"""Columns from which a line that runs on does so in any text: a shorter one may be an item of a list."""
_SLACK = 1.15
"""A line that is so much wider than those that run on was not wrapped."""
_SET_IN = 2
"""Columns by which a paragraph's first line is set in, at least."""
_MOSTLY = 0.8
_COMMON = 0.05, 0.95
"""Shares of the lines below and above which they are taken for accidents."""


class Wrapping(Struct, frozen=True):
    """How a text is wrapped, if it is.

    Args:
        text: The text.
        caseless: Whether it is written in capitals.
        apart: Line ends between lines of a paragraph: two in a text of double lines; 0 where nothing is wrapped.
        widest: Columns of the widest line that is wrapped.
        indent: Columns that the lines of a paragraph are set in by, but for its first one.
        full: The columns that a full line and the first word of the next one take up, at least.
    """

    text: str
    caseless: bool
    apart: int = 0
    widest: float = 0.0
    indent: int = 0
    full: float = 0.0

    def goes_on(self, line: Line, after: Line, *, line_ends: int) -> bool:
        """Whether a line's paragraph goes on in the line after it, where so many line ends stand between them."""
        if runs_on(self.text, line, after, caseless=self.caseless):
            return line_ends <= max(1, self.apart) and (self.apart > 0 or line.width >= _LONG)
        if line_ends > self.apart or line.width > self.widest * _SLACK or self._opens(line, after):
            return False
        if (_ITEM if self.has_ended(line) else _TURN).match(self.text, after.start, after.end):
            return False
        return reach(self.text, line, after) >= self.full

    def _opens(self, line: Line, after: Line) -> bool:
        """Whether a line is set in as the first one of a paragraph; behind the end of a sentence even where the one before is so, too."""
        return after.indent - (min(self.indent, line.indent) if self.has_ended(line) else line.indent) >= _SET_IN

    def has_ended(self, line: Line) -> bool:
        """Whether a line ends as a sentence does."""
        return _ENDS.search(self.text, max(line.start, line.end - 4), line.end) is not None


def wrapping_of(text: str, lines: Sequence[Line]) -> Wrapping:
    """How a text is wrapped, judged by the lines that run on."""
    caseless = is_caseless(text)
    near = [(a, b, ends) for a, b in pairwise(lines) if (ends := text.count("\n", a.end, b.start)) <= 2]  # noqa: PLR2004 - one empty line
    on = [(a, b, ends) for a, b, ends in near if runs_on(text, a, b, caseless=caseless)]
    if len(on) < _FEWEST:
        return Wrapping(text, caseless)
    apart = 1 if sum(ends == 1 for *_, ends in on) * 2 >= len(on) else 2
    on = [pair for pair in on if pair[2] == apart]
    widest = common(a.width for a, *_ in on)[1]
    among = sum(ends == apart and a.width <= widest * _SLACK for a, _, ends in near)
    if len(on) < max(_FEWEST, _SHARE * among) or widest < _NARROWEST:
        return Wrapping(text, caseless)
    full = min(widest + 1, common(reach(text, a, b) for a, b, _ in on)[0])
    return Wrapping(text, caseless, apart, widest, min(b.indent for _, b, _ in on), full)


def runs_on(text: str, line: Line, after: Line, *, caseless: bool) -> bool:
    """Whether a line ends inside a sentence that the line after it goes on with."""
    last, first = text[line.end - 1], text[after.start]
    return (first.isalpha() if caseless else first.islower()) and (last.isalnum() or (last in _INSIDE and not (caseless and last != ",")))


def is_caseless(text: str) -> bool:
    """Whether a text is written in capitals, but for a few words."""
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper > _MOSTLY * (upper + lower)


def reach(text: str, line: Line, after: Line) -> int:
    """Columns of a line with the next one's first word behind it."""
    word = _FIRST_WORD.match(text, after.start, after.end)
    return line.width + 1 + (len(word[0]) if word else 0)


def common(numbers: Iterable[int]) -> tuple[int, int]:
    """The least and the greatest of some numbers, those aside that are accidents."""
    ranked = sorted(numbers)
    low, high = (ranked[round(share * (len(ranked) - 1))] for share in _COMMON)
    return low, high
