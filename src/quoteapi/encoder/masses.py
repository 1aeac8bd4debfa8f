"""Masses: scores as probabilities, and those of pieces as their tokens'."""

import numpy as np

from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Floats


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities."""
    raised: Floats = np.exp(scores - scores.max())
    probabilities: Floats = raised / raised.sum()
    return probabilities


def by_token(tokens: Ints, probabilities: Floats, *, least: float = 1e-4) -> dict[int, float]:
    """The probabilities of pieces, added up by token; those of pieces that have no more than `least` are left out."""
    found: dict[int, float] = {}
    heavy = np.flatnonzero(probabilities > least)
    for token, probability in zip(tokens[heavy].tolist(), probabilities[heavy].tolist(), strict=True):
        found[token] = found.get(token, 0.0) + probability
    return found
