"""Probabilities from scores, their sums from pieces to tokens, and their means over models."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
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
    kept = np.flatnonzero(probabilities > least)
    return sum_by_key(zip(tokens[kept].tolist(), probabilities[kept].tolist(), strict=True))


def sum_by_key(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Sums the probabilities of each key, in order of first occurrence."""
    found: dict[Key, float] = {}
    for key, probability in pairs:
        found[key] = found.get(key, 0.0) + probability
    return found


def mean_by_key(distributions: Sequence[Mapping[Key, float]]) -> dict[Key, float]:
    """Returns the mean probability of each key over distributions that may lack keys."""
    return sum_by_key((key, probability / len(distributions)) for one in distributions for key, probability in one.items())
