"""Masses: probabilities from scores, and their sums from pieces to tokens."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

import numpy as np

from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Floats

Key = TypeVar("Key", bound=Hashable)


def softmax(scores: Floats) -> Floats:
    """Returns scores as probabilities."""
    raised: Floats = np.exp(scores - scores.max())
    probabilities: Floats = raised / raised.sum()
    return probabilities


def by_token(tokens: Ints, probabilities: Floats, *, least: float = 1e-4) -> dict[int, float]:
    """Sums the probabilities of pieces by token; pieces with no more than `least` are left out."""
    heavy = np.flatnonzero(probabilities > least)
    return added_up(zip(tokens[heavy].tolist(), probabilities[heavy].tolist(), strict=True))


def added_up(masses: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Sums the masses of each key, in order of first occurrence."""
    found: dict[Key, float] = {}
    for key, mass in masses:
        found[key] = found.get(key, 0.0) + mass
    return found
