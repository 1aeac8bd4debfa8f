"""Wrapping: lines that end at the width of a column, not at the end of a paragraph.

In news text, each line end ends a paragraph. Mail, wire copy and scanned columns break lines anywhere. A text is wrapped if many of its
lines end inside a sentence and the next begins in lower case. These lines also show the width: a line is full if the first word of the next
one would not have fitted on it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from quoteapi.text.lines import Line

_INSIDE = frozenset(",-‐—–”’\"')&")
"""Characters at the end of a line, besides letters and digits, after which its sentence continues in the next one."""
_ENDS = re.compile(r"[.?!…:][”’\"')\]»]*$")
_ITEM = re.compile(r"[-–—•*·▪] |[“\"]?[A-Z][\w.'’ -]{0,40}: ")
"""What sets off a line, after the end of a sentence, as a list item or a dialogue turn."""
_TURN = re.compile(r"[“\"]?[A-Z][A-Z.'’ -]{1,40}: ")
"""What sets off a line as a turn even inside a sentence."""
_FIRST_WORD = re.compile(r"\S+")

_MIN_WRAPPED = 2
"""Minimum lines that run on in a wrapped text."""
_SHARE = 0.25
"""Minimum share of line ends that run on: in a paragraph of two lines, every second line end ends the paragraph, and a quarter of English
words at the start of a line begin with a capital or a sign.
"""
_NARROWEST = 15
"""Columns of the narrowest text."""
_LONG = 30
"""Columns from which a line that runs on does so in any text; a shorter one may be a list item."""
_SLACK = 1.15
"""A line that is wider than those that run on by this factor was not wrapped."""
_SET_IN = 2
"""Minimum indentation of a paragraph's first line, in columns."""
_MOSTLY = 0.8
_COMMON = 0.05, 0.95
"""Quantiles below and above which lines count as outliers."""


class Wrapping(Struct, frozen=True):
    """How a text is wrapped, if it is.

    Args:
        text: The text.
        caseless: Whether it is written in capitals.
        line_gap: Line ends between the lines of a paragraph: two in double-spaced text; 0 if nothing is wrapped.
        widest: Columns of the widest wrapped line.
        indent: Indentation of the lines of a paragraph after the first, in columns.
        full: Minimum columns of a full line and the first word of the next one.
    """

    text: str
    caseless: bool
    line_gap: int = 0
    widest: float = 0.0
    indent: int = 0
    full: float = 0.0

    def goes_on(self, line: Line, after: Line, *, line_ends: int) -> bool:
        """Whether a line's paragraph continues in the line after it, with `line_ends` line ends between them."""
        if runs_on(self.text, line, after, caseless=self.caseless):
            return line_ends <= max(1, self.line_gap) and (self.line_gap > 0 or line.width >= _LONG)
        if line_ends > self.line_gap or line.width > self.widest * _SLACK or self._opens(line, after):
            return False
        if (_ITEM if self.has_ended(line) else _TURN).match(self.text, after.start, after.end):
            return False
        return reach(self.text, line, after) >= self.full

    def _opens(self, line: Line, after: Line) -> bool:
        """Whether a line is indented as the first of a paragraph; after the end of a sentence, even if the line before is indented, too."""
        return after.indent - (min(self.indent, line.indent) if self.has_ended(line) else line.indent) >= _SET_IN

    def has_ended(self, line: Line) -> bool:
        """Whether a line ends like a sentence."""
        return _ENDS.search(self.text, max(line.start, line.end - 4), line.end) is not None


def wrapping_of(text: str, lines: Sequence[Line]) -> Wrapping:
    """Returns how a text is wrapped, judged by the lines that run on."""
    caseless = is_caseless(text)
    near = [(a, b, ends) for a, b in pairwise(lines) if (ends := text.count("\n", a.end, b.start)) <= 2]  # noqa: PLR2004 - one empty line
    on = [(a, b, ends) for a, b, ends in near if runs_on(text, a, b, caseless=caseless)]
    if len(on) < _MIN_WRAPPED:
        return Wrapping(text, caseless)
    line_gap = 1 if sum(ends == 1 for *_, ends in on) * 2 >= len(on) else 2
    on = [pair for pair in on if pair[2] == line_gap]
    widest = common(a.width for a, *_ in on)[1]
    among = sum(ends == line_gap and a.width <= widest * _SLACK for a, _, ends in near)
    if len(on) < max(_MIN_WRAPPED, _SHARE * among) or widest < _NARROWEST:
        return Wrapping(text, caseless)
    full = min(widest + 1, common(reach(text, a, b) for a, b, _ in on)[0])
    return Wrapping(text, caseless, line_gap, widest, min(b.indent for _, b, _ in on), full)


def runs_on(text: str, line: Line, after: Line, *, caseless: bool) -> bool:
    """Whether a line ends inside a sentence that continues in the line after it."""
    last, first = text[line.end - 1], text[after.start]
    return (first.isalpha() if caseless else first.islower()) and (last.isalnum() or (last in _INSIDE and not (caseless and last != ",")))


def is_caseless(text: str) -> bool:
    """Whether a text is written in capitals, except for a few words."""
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper > _MOSTLY * (upper + lower)


def reach(text: str, line: Line, after: Line) -> int:
    """Returns the columns of a line followed by the first word of the next one."""
    word = _FIRST_WORD.match(text, after.start, after.end)
    return line.width + 1 + (len(word[0]) if word else 0)


def common(numbers: Iterable[int]) -> tuple[int, int]:
    """Returns the smallest and the largest of some numbers, without outliers."""
    ranked = sorted(numbers)
    low, high = (ranked[round(share * (len(ranked) - 1))] for share in _COMMON)
    return low, high
