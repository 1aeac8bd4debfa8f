"""Odds: how much likelier something is than not."""

from math import log


def log_odds(probability: float, *, edge: float) -> float:
    """The log-odds of a probability, which is taken for at least `edge` and at most 1 less that."""
    inside = min(1 - edge, max(edge, probability))
    return log(inside / (1 - inside))
