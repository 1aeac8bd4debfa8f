"""The fit of a multinomial logit: a choice among some candidates or none of them, by their named features (McFadden 1974).

A decision with one candidate is a logistic regression. Newton steps with the expected Hessian (Fisher scoring) are halved until the cost
does not rise.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

STEPS = 60
ENOUGH = 1e-6
"""The minimum gain of a step, as a share of the cost, for another to follow."""

Floats = NDArray[np.float64]


class Decision(Struct, frozen=True):
    """The features of each candidate, and which candidates are right: any of them may win; if there are none, no candidate may."""

    features: Sequence[Mapping[str, float]]
    right: Sequence[bool]


def fit_logit(decisions: Sequence[Decision], *, decay: float = 1.0, prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """The weights of the features that make the right choices most probable.

    Args:
        decisions: The decisions; those without a candidate are ignored.
        decay: How strongly weights are regularized towards the prior ones.
        prior: Expected weights; 0 for features that are not in it.
    """
    kept = [decision for decision in decisions if decision.features]
    names = sorted({name for decision in kept for features in decision.features for name in features})
    rows = np.array([[features.get(name, 0.0) for name in names] for decision in kept for features in decision.features])
    right = np.array([one for decision in kept for one in decision.right])
    starts = np.cumsum([0, *(len(decision.features) for decision in kept[:-1])])
    group = np.repeat(np.arange(len(kept)), [len(decision.features) for decision in kept])
    expected = np.array([(prior or {}).get(name, 0.0) for name in names])
    nobody = ~np.logical_or.reduceat(right, starts)
    weights = expected.copy()

    def probabilities(tried: Floats) -> tuple[Floats, Floats, float]:
        """The probabilities of the candidates, the same given that a right one wins, and the cost."""
        scores = rows @ tried
        top = np.maximum(np.maximum.reduceat(scores, starts), 0.0)
        raised = np.exp(scores - top[group])
        total = np.add.reduceat(raised, starts) + np.exp(-top)
        good = np.add.reduceat(raised * right, starts) + np.exp(-top) * nobody
        cost = float((np.log(total) - np.log(good)).sum() + decay * ((tried - expected) ** 2).sum() / 2)
        return raised / total[group], raised * right / good[group], cost

    for _ in range(STEPS):
        all_of, right_of, cost = probabilities(weights)
        gradient = rows.T @ (all_of - right_of) + decay * (weights - expected)
        means = np.add.reduceat(rows * all_of[:, None], starts)
        curvature = (rows * all_of[:, None]).T @ rows - means.T @ means + decay * np.eye(len(names))
        step = np.linalg.solve(curvature, gradient)
        size = next((size for size in 0.5 ** np.arange(20) if probabilities(weights - size * step)[2] <= cost), 0.0)
        weights = weights - size * step
        if cost - probabilities(weights)[2] < ENOUGH * cost:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
