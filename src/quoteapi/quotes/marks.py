"""Marks: the characters that open and close quotes, and the cost of doing either where they stand.

A candidate is weighed by its shape (“ opens, ” closes, a straight mark does both) and by its neighbours (a space before and a letter after
open; a letter or a full stop before and a space after close). An apostrophe, a prime and a stray mark do neither. Weights are costs: the
usual case costs nothing, and a cost of 5 occurs once in a few thousand marks. They were set by inspecting the neighbours of the 15,000
marks in PolNeAR's training articles, not fitted.
"""

import re
from enum import IntEnum

from msgspec import Struct

from quoteapi.knowledge import entries


class Family(IntEnum):
    """Marks that can close each other."""

    DOUBLE = 0
    SINGLE = 1
    ANGLE = 2
    SINGLE_ANGLE = 3


class Shape(Struct, frozen=True, cache_hash=True):
    """The form of a mark: its family, its style, and the costs of opening and closing with it.

    Args:
        family: The marks with which it may be paired.
        style: Those of them with which it is usually paired.
        opening: The cost of opening with it, whatever its neighbours.
        closing: The cost of closing with it, whatever its neighbours.
    """

    family: Family
    style: str
    opening: float
    closing: float


class Mark(Struct, frozen=True):
    """A mark in a text: half-open code points, and the costs of opening, closing and doing neither there."""

    start: int
    end: int
    shape: Shape
    opening: float
    closing: float
    neither: float


_WRONG_WAY = 4.0
"""The cost of a mark that is turned the wrong way, as typists and converters produce some (”Hello”)."""
_NEVER = 50.0

_SHAPES = {
    '"': Shape(Family.DOUBLE, "straight", 0.0, 0.0),
    "＂": Shape(Family.DOUBLE, "straight", 0.0, 0.0),
    '""': Shape(Family.DOUBLE, "straight", 0.0, 0.0),
    "''": Shape(Family.DOUBLE, "apostrophes", 0.0, 0.0),
    "``": Shape(Family.DOUBLE, "apostrophes", 0.0, _NEVER),
    "“": Shape(Family.DOUBLE, "curly", 0.0, _WRONG_WAY),
    "‟": Shape(Family.DOUBLE, "curly", 0.0, _WRONG_WAY),
    "‘‘": Shape(Family.DOUBLE, "curly", 0.0, _WRONG_WAY),
    "”": Shape(Family.DOUBLE, "curly", _WRONG_WAY, 0.0),
    "’’": Shape(Family.DOUBLE, "curly", _WRONG_WAY, 0.0),
    "„": Shape(Family.DOUBLE, "low", 0.0, _NEVER),
    "〝": Shape(Family.DOUBLE, "curly", 0.0, _NEVER),
    "〞": Shape(Family.DOUBLE, "curly", _NEVER, 0.0),
    "〟": Shape(Family.DOUBLE, "curly", _NEVER, 0.0),
    "'": Shape(Family.SINGLE, "straight", 0.0, 0.0),
    "＇": Shape(Family.SINGLE, "straight", 0.0, 0.0),
    "´": Shape(Family.SINGLE, "straight", 0.5, 0.0),
    "`": Shape(Family.SINGLE, "straight", 0.0, _WRONG_WAY),
    "‘": Shape(Family.SINGLE, "curly", 0.0, _WRONG_WAY),
    "‛": Shape(Family.SINGLE, "curly", 0.0, _WRONG_WAY),
    "’": Shape(Family.SINGLE, "curly", _WRONG_WAY, 0.0),
    "‚": Shape(Family.SINGLE, "low", 0.5, _NEVER),
    "«": Shape(Family.ANGLE, "out", 0.0, 2.0),
    "»": Shape(Family.ANGLE, "in", 2.0, 0.0),
    "‹": Shape(Family.SINGLE_ANGLE, "out", 0.0, 2.0),
    "›": Shape(Family.SINGLE_ANGLE, "in", 2.0, 0.0),
}

_CHARACTERS = re.compile("'+|``|‘‘|’’|" + '""|["＂“‟”„〝〞〟＇´`‘‛’‚«»‹›]')
_NON_QUOTING = re.compile(r"""</?[A-Za-z](?:[^<>=]++|=(?!\s?["']))*+=\s?["'][^<>]*+>|(?<=\s)['‘’][nN]['’](?=\s)""")
"""Marks that quote nothing: around the attributes of leftover markup, and in the 'n' of rock 'n' roll."""
_LONGEST_ROW = 6
"""Maximum adjacent marks: three quotes end together and three begin; a longer row is an ornament."""
_YEARS = re.compile(r"\d\ds?\b")
_WORD = re.compile(r"[^\W\d_]+")
_CLITICS = frozenset(("s", "ll", "ve", "re", "d", "m", "t"))
"""Ends of contractions, which tokenizers split off (we 'll)."""
_CLIPPED = frozenset(("o", "ol", "lil", "th", "an", "y", "d", "po", "wi", "mo"))
"""Words whose last letters an apostrophe replaces."""

_OPENERS = frozenset("([{<—–―-/=*•|")
_BEFORE_WORDS = frozenset("([{$£€#@&+*•<…")
_LIKE_SPACE = frozenset(("", " ", "\n", "\t"))

_ASTRAY = 5.0
_ASTRAY_AMONG_SPACES = 4.0
_PRIME = 0.8
_OUT_OF_PLACE = 2.5
_ODD = 1.5
_SLIGHTLY_ODD = 0.5
_LOOKS_ELSE = 0.4
"""The additional cost of closing if the mark may equally be an apostrophe."""


def find_marks(text: str) -> list[Mark]:
    """Returns the characters of a text that may be marks, in reading order, without apostrophes inside words."""
    places = _places(text)
    before, after = _neighbours(text, places)
    return [_weighed(text, *place, before[k], after[k]) for k, place in enumerate(places)]


def _places(text: str) -> list[tuple[int, int]]:
    """Returns the half-open spans of possible marks, one for each mark."""
    skipped = [found.span() for found in _NON_QUOTING.finditer(text)]
    skip = 0
    places = []
    for found in _CHARACTERS.finditer(text):
        start, end = found.span()
        while skip < len(skipped) and skipped[skip][1] <= start:
            skip += 1
        if skip < len(skipped) and skipped[skip][0] <= start:
            continue
        places += _separated(text, start, end)
    return _without_ornaments(places)


def _without_ornaments(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drops rows of adjacent marks that are too long for the ends of nested quotes."""
    kept: list[tuple[int, int]] = []
    row: list[tuple[int, int]] = []
    for place in places:
        if row and row[-1][1] != place[0]:
            kept += row if len(row) <= _LONGEST_ROW else []
            row = []
        row.append(place)
    return kept + (row if len(row) <= _LONGEST_ROW else [])


def _separated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Splits a run into single marks: ''' closes with the single mark first and opens with it last."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1:
        in_word = before.isalnum() and after.isalnum() and text[start] in "'’‘´`＇‛"
        return [] if in_word else [(start, end)]
    if text[start] == '"' and before in _LIKE_SPACE and after in _LIKE_SPACE:
        return [(start, start + 1), (start + 1, end)]
    pairs = [(k, k + 2) for k in range(start, end - 1, 2)]
    if (end - start) % 2 == 0:
        return pairs
    if before in _LIKE_SPACE or before in _OPENERS:
        return [*pairs, (end - 1, end)]
    return [(start, start + 1), *((a + 1, b + 1) for a, b in pairs)]


def _neighbours(text: str, places: list[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """Returns the characters before and after each mark, skipping adjacent marks; empty at the ends of the text."""
    before: list[str] = []
    after: list[str] = []
    for k, (start, _) in enumerate(places):
        touches = k > 0 and places[k - 1][1] == start
        before.append(before[-1] if touches else text[start - 1 : start])
    for k, (_, end) in reversed(list(enumerate(places))):
        touches = k + 1 < len(places) and places[k + 1][0] == end
        after.append(after[-1] if touches else text[end : end + 1])
    return before, after[::-1]


def _weighed(text: str, start: int, end: int, before: str, after: str) -> Mark:
    """Returns a mark with its costs."""
    shape = _SHAPES[text[start:end]]
    opening = shape.opening + _opening_after(before) + _opening_before(after)
    closing = shape.closing + _closing_after(before) + _closing_before(after)
    if shape.family is not Family.SINGLE:
        return Mark(start, end, shape, opening, closing, _astray(shape, before, after))
    if before.isalnum() and not after.isalnum():
        neither = _word_end(text, start)
        return Mark(start, end, shape, opening, closing + (neither < _ODD) * _LOOKS_ELSE, neither)
    neither = _word_start(text, end, shape) if after.isalnum() else _isolated(before)
    return Mark(start, end, shape, opening + (neither < _SLIGHTLY_ODD), closing, neither)


def _opening_after(before: str) -> float:
    if before in _LIKE_SPACE:
        return 0.0
    if before in _OPENERS:
        return 0.3
    return 3.0 if before.isalnum() else 2.0


def _opening_before(after: str) -> float:
    if after.isalnum() or after in _BEFORE_WORDS:
        return 0.0
    if after in ".-—–":
        return _ODD if after else _OUT_OF_PLACE
    return _OUT_OF_PLACE


def _closing_after(before: str) -> float:
    if before in _LIKE_SPACE:
        return _OUT_OF_PLACE
    if before in "([{<":
        return 3.0
    return 0.7 if before in _OPENERS else 0.0


def _closing_before(after: str) -> float:
    if after.isalnum():
        return _OUT_OF_PLACE
    return 2.0 if after in _BEFORE_WORDS and after else 0.0


def _astray(shape: Shape, before: str, after: str) -> float:
    """Returns the cost of a double or angle mark that neither opens nor closes: 6" is a measure, the rest are mistakes."""
    if before.isdigit() and shape.style in {"straight", "apostrophes"} and not after.isalnum():
        return _PRIME
    return _ASTRAY_AMONG_SPACES if before in _LIKE_SPACE and after in _LIKE_SPACE else _ASTRAY


def _word_end(text: str, start: int) -> float:
    """Returns the cost of an apostrophe after a word: the workers' strike, singin' along, o' the, 5' tall."""
    if text[start] in "‘`‛‚":
        return 3.0
    if text[start - 1] in "sSzZxX":
        return 0.3
    clipped = text[max(0, start - 5) : start].lower().split()[-1:]
    if text[start - 1].isdigit() or text[max(0, start - 2) : start].lower() == "in" or _CLIPPED.issuperset(clipped):
        return _SLIGHTLY_ODD
    return _ODD


def _word_start(text: str, end: int, shape: Shape) -> float:
    """Returns the cost of an apostrophe before a word: in the '90s, get 'em, 'tis."""
    word = _WORD.match(text, end, end + 12)
    rest = word[0].lower() if word else ""
    if _YEARS.match(text, end) or rest in _CLITICS or rest in entries("elisions"):
        return 0.3
    if shape.style == "low":
        return 1.0
    return {"‘": 3.0, "’": 1.0}.get(text[end - 1], 2.0)


def _isolated(before: str) -> float:
    """Returns the cost of a single mark that does neither, with no word beside it: among spaces a slip, else probably a closing mark."""
    return _ODD if before in _LIKE_SPACE else 4.0
