"""Odds: the log-odds of a probability, with its distance from 0 and 1 bounded."""

from math import log


def log_odds(probability: float, *, edge: float) -> float:
    """Returns the log-odds of a probability, clamped to the range from `edge` to 1 - `edge`."""
    inside = min(1 - edge, max(edge, probability))
    return log(inside / (1 - inside))
