"""Pairs: which mark of a paragraph closes which.

Each mark opens, closes or does neither. The cheapest reading of the whole paragraph wins, so that one missing or reversed mark does not
invert all that follow. A Viterbi search with a beam runs over the stacks of open marks.
"""

from functools import lru_cache
from heapq import nsmallest
from math import inf
from typing import TypeAlias

from msgspec import Struct

from quoteapi.quotes.marks import Family, Mark, Shape


class Pair(Struct, frozen=True):
    """A span between marks.

    Args:
        outer: The half-open span with its marks.
        inner: The span between the marks.
        family: The family of the opening mark.
        closed: Whether it has a closing mark of its own; otherwise it ends with the pair that encloses it.
        holder: The index of the enclosing pair in the same list; None at the top level.
    """

    outer: tuple[int, int]
    inner: tuple[int, int]
    family: Family
    closed: bool
    holder: int | None


_Stack: TypeAlias = tuple[Shape, ...]
_Path: TypeAlias = tuple["_Path | None", int]
"""The parts of the marks so far, as a linked list from the last one."""

_Reading: TypeAlias = tuple[float, _Path | None]
"""The cost of a reading of the marks so far, and its path."""

_NEITHER, _OPENS, _CLOSES, _REPLACES = range(4)
"""The parts that a mark can play. `_REPLACES` opens a quote and gives up the innermost open mark, which is of the same family."""

_DEPTH = 4
"""Maximum depth of nested quotes."""
_BEAM = 8
_MARGIN = 12.0
"""Readings that cost this much more than the best one never win in the end."""

_OTHER_STYLE = 0.5
_NESTED_IN_ITS_OWN = 2.0
_GIVEN_UP = {Family.DOUBLE: 4.5, Family.SINGLE: 2.0, Family.ANGLE: 4.5, Family.SINGLE_ANGLE: 4.5}
_LEFT_OPEN = {Family.DOUBLE: 3.0, Family.SINGLE: 3.5, Family.ANGLE: 3.0, Family.SINGLE_ANGLE: 3.0}
_GOES_ON = 0.3
"""The cost of a mark left open if the next paragraph opens with one of its family."""


def pair_marks(marks: list[Mark], *, end: int, next_opens: Family | None) -> list[Pair]:
    """Pairs the marks of one paragraph.

    Args:
        marks: The marks in reading order.
        end: The end of the paragraph, where marks that are left open end.
        next_opens: The family of the mark that opens the next paragraph.

    Returns:
        The pairs in the order of their opening marks; they do not overlap unless one encloses the other.
    """
    return _replayed(marks, _best_parts(marks, next_opens), end)


def _best_parts(marks: list[Mark], next_opens: Family | None) -> list[int]:
    """Returns the part of each mark in the cheapest reading."""
    readings: dict[_Stack, _Reading] = {(): (0.0, None)}
    for mark in marks:
        prices = (mark.neither, mark.opening, mark.closing, mark.opening)
        continued: dict[_Stack, _Reading] = {}
        best = inf
        for stack, (cost, path) in readings.items():
            for part, then, surcharge in _moves(mark.shape, stack):
                total = cost + prices[part] + surcharge
                known = continued.get(then)
                if known is None or total < known[0]:
                    continued[then] = (total, (path, part))
                    best = min(best, total)
        if len(continued) > _BEAM:
            continued = dict(nsmallest(_BEAM, continued.items(), key=lambda reading: reading[1][0]))
        readings = {stack: reading for stack, reading in continued.items() if reading[0] <= best + _MARGIN}
    path = min((cost + _left_open(stack, next_opens), order, path) for order, (stack, (cost, path)) in enumerate(readings.items()))[2]
    parts = []
    while path is not None:
        path, part = path
        parts.append(part)
    return parts[::-1]


@lru_cache(maxsize=65536)
def _moves(shape: Shape, stack: _Stack) -> tuple[tuple[int, _Stack, float], ...]:
    """Returns the parts that a mark may play on `stack`, each with the resulting stack and its surcharge."""
    moves = [(_NEITHER, stack, 0.0)]
    in_its_own = bool(stack) and stack[-1].family is shape.family
    if len(stack) < _DEPTH:
        moves.append((_OPENS, (*stack, shape), in_its_own * _NESTED_IN_ITS_OWN))
    if in_its_own:
        moves.append((_REPLACES, (*stack[:-1], shape), _GIVEN_UP[shape.family]))
    given_up = 0.0
    for depth in range(len(stack) - 1, -1, -1):
        opener = stack[depth]
        if opener.family is shape.family:
            moves.append((_CLOSES, stack[:depth], _closing(shape, opener) + given_up))
            break
        given_up += _GIVEN_UP[opener.family]
    return tuple(moves)


def _closing(shape: Shape, opener: Shape) -> float:
    """Returns the surcharge for closing what `opener` opened: “ closes „, and « closes »."""
    if opener.style == "low" and shape.style == "curly":
        return -shape.closing
    if opener.style == "in":
        return (shape.style == "in") - shape.closing
    return _OTHER_STYLE * (shape.style != opener.style and shape.family in {Family.DOUBLE, Family.SINGLE})


def _left_open(stack: _Stack, next_opens: Family | None) -> float:
    """Returns the cost of the marks that are open at the end of a paragraph."""
    return sum(_GOES_ON if k == 0 and shape.family is next_opens else _LEFT_OPEN[shape.family] for k, shape in enumerate(stack))


class _Open(Struct, frozen=True):
    """An open mark, and the index of its pair in the list under construction."""

    mark: Mark
    pair: int


def _replayed(marks: list[Mark], parts: list[int], end: int) -> list[Pair]:
    """Builds the pairs from the parts; marks that were given up end with the enclosing pair, or before the mark that replaces them."""
    stack: list[_Open] = []
    pairs: list[Pair | None] = []

    def close(inner_end: int, outer_end: int, *, closed: bool) -> None:
        opened = stack.pop()
        holder = stack[-1].pair if stack else None
        mark = opened.mark
        pairs[opened.pair] = Pair((mark.start, outer_end), (mark.end, inner_end), mark.shape.family, closed, holder)

    for mark, part in zip(marks, parts, strict=True):
        if part == _CLOSES:
            while stack[-1].mark.shape.family is not mark.shape.family:
                close(mark.start, mark.start, closed=False)
            close(mark.start, mark.end, closed=True)
        elif part != _NEITHER:
            if part == _REPLACES:
                close(mark.start, mark.start, closed=False)
            stack.append(_Open(mark, len(pairs)))
            pairs.append(None)
    while stack:
        close(end, end, closed=False)
    return [pair for pair in pairs if pair is not None]
