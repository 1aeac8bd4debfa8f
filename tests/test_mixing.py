"""Mixing: two judges of one question pooled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.mixing import Floats, Mix, mixed, packaged_mix


def shares(*values: float) -> Floats:
    """Probabilities."""
    return np.array(values, dtype=np.float32)


def test_one_judge_alone_is_taken_at_its_word() -> None:
    """With the exponent 1 for the scorer and 0 for the encoder, but for the floor."""
    assert mixed(shares(0.7, 0.3), shares(0.1, 0.9), Mix(1.0, 0.0)).tolist() == pytest.approx([0.7, 0.3], abs=0.01)


def test_judges_that_agree_are_surer_together() -> None:
    """Where both count in full."""
    assert mixed(shares(0.8, 0.2), shares(0.8, 0.2), Mix(1.0, 1.0))[0] > 0.9


def test_no_judge_rules_an_answer_out_alone() -> None:
    """What the encoder never saw can still be the scorer's choice."""
    assert mixed(shares(0.99, 0.01), shares(0.0, 1.0), Mix(1.0, 0.5)).argmax() == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9), st.floats(0, 2), st.floats(0, 2))
def test_a_mix_is_a_distribution(pairs: list[tuple[float, float]], scorer: float, encoder: float) -> None:
    """Whatever the judges say."""
    first, second = (shares(*column) for column in zip(*pairs, strict=True))
    pooled = mixed(first, second, Mix(scorer, encoder))
    assert float(pooled.sum()) == pytest.approx(1.0, abs=1e-3)
    assert (pooled >= 0).all()


def test_the_packaged_mix_hears_both_judges() -> None:
    """The scorer and the encoder."""
    mix = packaged_mix()
    assert min(mix.scorer, mix.encoder) > 0
