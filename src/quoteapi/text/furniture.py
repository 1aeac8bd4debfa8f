"""Furniture: lines that the page adds to an article: numbers and running heads of printed pages, and boilerplate.

Which lines are the numbers and heads of a document's pages the document itself tells: one of them stands in the middle of a sentence.
Boilerplate is known by its words (the list `boilerplate`).
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
"""Who took the picture, at the end of its caption."""
_LONGEST_HEAD = 80
_LONGEST_NOTICE = 200
_MOST_LINES = 6
"""Lines of furniture at one place, at most."""
_SET_IN = 4
"""Columns by which a head in the middle of the page is set in, at least."""


def furniture(text: str, lines: Sequence[Line], *, caseless: bool) -> set[int]:
    """The positions of the lines that are no part of the article."""
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
    return notices | {k for k, says_page in enumerate(named) if looks[k] in heads or says_page or (paged and numbers[k] is not None)}


def is_boilerplate(line: str) -> bool:
    """Whether a line is known to be the page's own: an invitation, a teaser, a notice of rights, a picture's credit or caption."""
    words = _EDGES.sub("", " ".join(line.casefold().split())) if len(line) <= _LONGEST_NOTICE else ""
    if words in meanings("boilerplate") or (words and _CREDIT.search(line)):
        return True
    marked = _MARKS.search(line)
    return not _MARKS.match(line) and any(
        words.startswith(entry) and not (entry + words[len(entry) : len(entry) + 1])[-2:].isalnum() and (whatever or not marked)
        for entry, whatever in _beginnings().get(words[:1], ())
    )


@cache
def _beginnings() -> dict[str, list[tuple[str, bool]]]:
    """What a line of boilerplate may begin with, by its first letter, each with whether marks may follow."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry, how in meanings("boilerplate").items():
        if how:
            found.setdefault(entry[0], []).append((entry, "teaser" in how))
    return found


def _look(line: str) -> str:
    """The letters of a line that may be a running head; empty where it is none."""
    if len(line) > _LONGEST_HEAD or _MARKS.search(line) or _SENTENCE.search(line[-4:]):
        return ""
    return _NO_LETTERS.sub(" ", line.casefold()).strip()


def _goes_on(text: str, lines: Sequence[Line], before: int, after: int, *, caseless: bool) -> bool:
    """Whether the words of a line go on directly in the next one."""
    a, b = lines[before], lines[after]
    return text.count("\n", a.end, b.start) == 1 and not caseless and runs_on(text, a, b, caseless=caseless)


def _groups(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Half-open stretches of a few flagged lines that follow each other."""
    start = None
    for k, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = k
        elif not flag and start is not None:
            if k - start <= _MOST_LINES:
                yield start, k
            start = None


def _places(text: str, lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What may be a page's end and the next one's top around a page number: it alone, or with a head before or behind it."""
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
    """Whether a line beside a page number is set apart from the article's line beside it: by an empty line, capitals, or further in."""
    words = text[line.start : line.end]
    gap = text[min(line.end, other.end) : max(line.start, other.start)]
    return (
        bool(_look(words)) and not words[0].islower() and (gap.count("\n") > 1 or words.isupper() or line.indent - other.indent >= _SET_IN)
    )
