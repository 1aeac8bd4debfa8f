"""Masses: scores as probabilities, and those of pieces as their tokens'."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

import numpy as np

from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Floats

Key = TypeVar("Key", bound=Hashable)


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities."""
    raised: Floats = np.exp(scores - scores.max())
    probabilities: Floats = raised / raised.sum()
    return probabilities


def by_token(tokens: Ints, probabilities: Floats, *, least: float = 1e-4) -> dict[int, float]:
    """The probabilities of pieces, added up by token; those of pieces that have no more than `least` are left out."""
    heavy = np.flatnonzero(probabilities > least)
    return added_up(zip(tokens[heavy].tolist(), probabilities[heavy].tolist(), strict=True))


def added_up(masses: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """The sum of each key's masses, in the order in which the keys come."""
    found: dict[Key, float] = {}
    for key, mass in masses:
        found[key] = found.get(key, 0.0) + mass
    return found
