"""Dependency trees: one head per token, one root, no cycle."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.encoder.dependency_trees import tree


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n)))
def test_every_token_hangs_on_the_one_root(rows: list[list[int]]) -> None:
    """Whatever the scores are."""
    heads = tree(np.array(rows, dtype=np.float32))
    roots = [i for i, head in enumerate(heads) if head == i]
    assert len(roots) == 1
    for i in range(len(heads)):
        steps = 0
        while i not in roots:
            i = heads[i]  # noqa: PLW2901 - climbing
            steps += 1
            assert steps <= len(heads)


def test_the_best_heads_are_taken_where_they_make_a_tree() -> None:
    """Roe said no: both hang on the verb."""
    assert tree(np.array([[-5, 4, 0], [1, 6, 1], [0, 3, -5]], dtype=np.float32)) == [1, 1, 1]


def test_a_circle_is_cut_where_that_costs_least() -> None:
    """Two tokens that want each other: the one that gives up least hangs on the rest."""
    scores = np.array([[9, 0, 0], [1, 0, 5], [4, 5, 0]], dtype=np.float32)
    assert tree(scores) == [0, 2, 0]
