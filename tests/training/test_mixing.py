"""The fit of a mix: how much each judge counts."""

import numpy as np
import pytest

from quoteapi.mixing import Mix
from quoteapi.training.mixing import Judged, accuracy, fit_mix


def question(scored: float, told: float, *, first: bool) -> Judged:
    """A question with two answers; the figures are the first one's probabilities."""
    pairs = (np.array([p, 1 - p], dtype=np.float32) for p in (scored, told))
    return Judged(*pairs, [first, not first])


MISLED = [*[question(0.9, 0.1, first=False)] * 8, *[question(0.9, 0.9, first=True)] * 8]
"""The scorer always says the first, the encoder is right."""


def test_the_judge_that_is_right_counts_more() -> None:
    """The encoder, where the scorer says the same of everything."""
    mix = fit_mix(MISLED, name="sources")
    assert mix.encoder > mix.scorer
    assert accuracy(MISLED, mix) == 1.0


def test_a_judge_that_is_too_sure_counts_less_than_once() -> None:
    """Right in seven of ten, it says 0.97 each time."""
    mix = fit_mix([*[question(0.97, 0.5, first=True)] * 7, *[question(0.97, 0.5, first=False)] * 3], name="sources")
    assert 0.1 < mix.scorer < 0.5


def test_both_count_alike_where_nothing_was_held_out() -> None:
    """As in a trial on a few articles."""
    assert fit_mix([], name="speech") == Mix(0.5, 0.5)


@pytest.mark.parametrize(("mix", "right"), [(Mix(1.0, 0.0), 0.5), (Mix(0.0, 1.0), 1.0)])
def test_accuracy_is_the_share_of_first_answers_that_are_right(mix: Mix, right: float) -> None:
    """Of the scorer alone and of the encoder alone."""
    assert accuracy(MISLED, mix) == right
