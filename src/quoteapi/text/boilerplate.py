"""Boilerplate: lines that are not part of the article: page numbers, running heads, notices.

If such a line interrupts a sentence of the document, all lines like it count as page numbers or running heads. Boilerplate is recognized by
its wording (the list `boilerplate`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from quoteapi.knowledge import meanings
from quoteapi.text.lines import Line
from quoteapi.text.wrapping import runs_on

_NUMBER = re.compile(r"[\W_]{0,4}(?:(?P<named>page|pg\.?|p\.) ?)?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?[\W_]{0,4}", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W\d_]+")
_EDGES = re.compile(r"^[^\w©]+|(?<=[\w©])[^\w©]++$")
_MARKS = re.compile(r"[\"“”„«»]|''")
_SENTENCE = re.compile(r"[.?!][^\w.?!]*$")
_CREDIT = re.compile(
    r"[.?!)”\"’] ?[(\[]?(?:photo(?:graph)?|picture|image|credit)s?(?: (?:by|credit|courtesy of))?[:/] ?[^:]{2,60}$", re.IGNORECASE
)
"""A photo credit at the end of a caption."""
_LONGEST_HEAD = 80
_LONGEST_NOTICE = 200
_MAX_LINES = 6
"""Maximum lines of boilerplate in one place."""
_SET_IN = 4
"""Minimum extra indentation of a head in the middle of the page, in columns."""


def boilerplate_lines(text: str, lines: Sequence[Line], *, caseless: bool) -> set[int]:
    """Returns the indices of the lines that are not part of the article."""
    words = [text[line.start : line.end] for line in lines]
    numbers = [_NUMBER.fullmatch(line) for line in words]
    looks = [_look(line) for line in words]
    often = Counter(filter(None, looks))
    notices = {k for k, line in enumerate(words) if is_boilerplate(line) and not (k and _goes_on(text, lines, k - 1, k, caseless=caseless))}
    heads: set[str] = set()
    paged = False
    for start, end in _groups([bool(numbers[k]) or often[looks[k]] > 1 or k in notices for k in range(len(lines))]):
        numbered = any(numbers[start:end])
        for first, last in _places(text, lines, start, end) if numbered else [(start, end)]:
            if first > 0 and last < len(lines) and runs_on(text, lines[first - 1], lines[last], caseless=caseless):
                heads.update(filter(None, looks[first:last]))
                paged = paged or numbered
                break
    named = (number is not None and bool(number["named"]) for number in numbers)
    # A number without *page* counts only if one of them interrupts a sentence.
    return notices | {k for k, says_page in enumerate(named) if looks[k] in heads or says_page or (paged and numbers[k] is not None)}


def is_boilerplate(line: str) -> bool:
    """Whether a line is known boilerplate: an invitation, a teaser, a rights notice, a photo credit or a caption."""
    words = _EDGES.sub("", " ".join(line.casefold().split())) if len(line) <= _LONGEST_NOTICE else ""
    if words in meanings("boilerplate") or (words and _CREDIT.search(line)):
        return True
    marked = _MARKS.search(line)
    # An entry must end where a word does; only teasers may contain quotation marks, which may be the article's in other lines.
    return not _MARKS.match(line) and any(
        words.startswith(entry) and not (entry + words[len(entry) : len(entry) + 1])[-2:].isalnum() and (whatever or not marked)
        for entry, whatever in _beginnings().get(words[:1], ())
    )


@cache
def _beginnings() -> dict[str, list[tuple[str, bool]]]:
    """Maps first letters to the beginnings of boilerplate lines, each with whether quotation marks may follow."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry, how in meanings("boilerplate").items():
        if how:
            found.setdefault(entry[0], []).append((entry, "teaser" in how))
    return found


def _look(line: str) -> str:
    """Returns the letters of a line that may be a running head; empty if it cannot be one."""
    if len(line) > _LONGEST_HEAD or _MARKS.search(line) or _SENTENCE.search(line[-4:]):
        return ""
    return _NO_LETTERS.sub(" ", line.casefold()).strip()


def _goes_on(text: str, lines: Sequence[Line], before: int, after: int, *, caseless: bool) -> bool:
    """Whether a sentence of one line continues directly in the other."""
    a, b = lines[before], lines[after]
    return text.count("\n", a.end, b.start) == 1 and not caseless and runs_on(text, a, b, caseless=caseless)


def _groups(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yields half-open ranges of consecutive flagged lines, except long ones."""
    start = None
    for k, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = k
        elif not flag and start is not None:
            if k - start <= _MAX_LINES:
                yield start, k
            start = None


def _places(text: str, lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the line ranges that may be a page break around a page number: with the heads on both sides, with one of them, and alone."""
    before = start > 1 and _may_be_head(text, lines[start - 1], lines[start - 2])
    after = end + 1 < len(lines) and _may_be_head(text, lines[end], lines[end + 1])
    if before and after:
        yield start - 1, end + 1
    if before:
        yield start - 1, end
    if after:
        yield start, end + 1
    yield start, end


def _may_be_head(text: str, line: Line, other: Line) -> bool:
    """Whether a line beside a page number is set off from the article's line next to it: by an empty line, capitals or indentation."""
    words = text[line.start : line.end]
    gap = text[min(line.end, other.end) : max(line.start, other.start)]
    return (
        bool(_look(words)) and not words[0].islower() and (gap.count("\n") > 1 or words.isupper() or line.indent - other.indent >= _SET_IN)
    )
