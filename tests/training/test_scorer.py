"""The fit of a scorer on decisions."""

import numpy as np
import pytest

from quoteapi.scoring import Scorer
from quoteapi.training.scorer import Decision, Settings, accuracy, fit_scorer, softmax_gradient, tempered

RULE = [Decision([[f"noise={i % 5}", "side=after"], [f"noise={i % 3}", "side=before"]], [i % 10 == 0, i % 10 != 0]) for i in range(200)]
"""Before is right nine times in ten."""
QUICK = Settings(width=8, hidden=4, epochs=6, rate=0.02, rare=2, drop=0.1)


@pytest.fixture(scope="module")
def fitted() -> Scorer:
    """A scorer fitted on the rule."""
    return fit_scorer(RULE[:150], RULE[150:], settings=QUICK)


def test_what_is_mostly_right_is_learned(fitted: Scorer) -> None:
    """Though some examples say otherwise."""
    assert accuracy(fitted, RULE) == pytest.approx(0.9)


def test_probabilities_are_as_high_as_they_are_right(fitted: Scorer) -> None:
    """Nine in ten, not certainty: the temperature is fitted on what was held out."""
    assert 0.7 < float(fitted.choice([["side=before"], ["side=after"]])[0]) < 0.97


def test_rare_features_are_left_out() -> None:
    """One that is seen once teaches nothing."""
    decisions = [*RULE[:20], Decision([["once"], ["side=after"]], [True, False])]
    assert "once" not in fit_scorer(decisions, [], settings=QUICK).vocabulary


def test_the_fit_can_be_repeated(fitted: Scorer) -> None:
    """The same decisions give the same scorer."""
    again = fit_scorer(RULE[:150], RULE[150:], settings=QUICK)
    assert again.scores(RULE[0].bags).tolist() == fitted.scores(RULE[0].bags).tolist()


def test_any_of_several_right_candidates_may_win() -> None:
    """The loss is that of their summed probability; the gradient of a decision sums to nothing."""
    decision = Decision([["a"], ["b"], ["c"]], [True, True, False])
    gradient, loss = softmax_gradient(np.array([5.0, -5.0, -5.0], dtype=np.float32), [decision])
    assert loss == pytest.approx(0.0, abs=1e-3)
    assert float(gradient.sum()) == pytest.approx(0.0, abs=1e-6)


def test_without_held_out_decisions_the_temperature_stays(fitted: Scorer) -> None:
    """Nothing to fit it on; no decision is no share of right ones."""
    assert tempered(fitted, []).temperature == fitted.temperature
    assert accuracy(fitted, []) == 0.0
