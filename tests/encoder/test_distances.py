"""Distances: what lies between a piece and what points at it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.encoder.distances import LAYOUT_NUMBER, LIMIT, NEAR_NUMBER, STEPS, distances, ground, openings
from quoteapi.encoder.pieces import PARAGRAPH, Ints


def flags(places: str) -> Ints:
    """1 for each x."""
    return np.array([place == "x" for place in places], dtype=np.int64)


NOTHING = flags("." * 9)


def test_steps_grow_with_distance_on_either_side() -> None:
    """The nearest piece before is step 0, the nearest one after the first step of the other side."""
    near, _ = distances(4, 5, ground(NOTHING, NOTHING))
    assert near.tolist() == [3, 2, 1, 0, NEAR_NUMBER - 1, NEAR_NUMBER - 1, len(STEPS), len(STEPS) + 1, len(STEPS) + 2]


@pytest.mark.parametrize(
    ("opens", "quoted", "before", "after"),
    [
        (".........", "....xx...", (0, 0), (0, 0)),
        ("..x......", "....xx...", (1, 0), (0, 0)),
        (".......x.", "....xx...", (0, 0), (1, 0)),
        (".........", ".x..xx.x.", (0, 1), (0, 1)),
        (".x.x.....", ".x..xx...", (2, 1), (0, 0)),
    ],
)
def test_paragraphs_and_quotes_between_are_counted(opens: str, quoted: str, before: tuple[int, int], after: tuple[int, int]) -> None:
    """From the first piece of the window and from its last, the own quote left out."""
    _, layout = distances(4, 5, ground(flags(opens), flags(quoted)))
    first, last = (paragraphs * (LIMIT + 1) + quotes for paragraphs, quotes in (before, after))
    assert (layout[0], layout[-1]) == (first, last + (LIMIT + 1) ** 2)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=400), st.data())
def test_every_piece_has_a_class(pieces: list[tuple[bool, bool]], data: st.DataObject) -> None:
    """However the window looks and wherever in it something points."""
    end = data.draw(st.integers(0, len(pieces) - 1))
    start = data.draw(st.integers(0, end))
    opens, quoted = (np.array(column, dtype=np.int64) for column in zip(*pieces, strict=True))
    near, layout = distances(start, end, ground(opens, quoted))
    assert len(near) == len(layout) == len(pieces)
    assert 0 <= near.min() <= near.max() < NEAR_NUMBER
    assert 0 <= layout.min() <= layout.max() < LAYOUT_NUMBER


def test_a_paragraph_opens_once() -> None:
    """At the first piece of its first word."""
    assert openings(np.array([PARAGRAPH, PARAGRAPH, 1, 1, PARAGRAPH + 2, 0])).tolist() == [1, 0, 0, 0, 1, 0]
