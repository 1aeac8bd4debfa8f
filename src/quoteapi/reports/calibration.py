"""Calibration: the probabilities of reports, and the thresholds for giving them, fitted on articles that the tagger has not seen."""

from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi import odds
from quoteapi.encoder import Linked

EDGE = 1e-4
"""Minimum distance of a probability from 0 and 1."""


class PlattScaling(Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression on the log-odds of a probability (Platt 1999)."""

    bias: float
    weight: float

    def of(self, probability: float) -> float:
        """Returns the calibrated probability."""
        return 1 / (1 + exp(-self.bias - self.weight * log_odds(probability)))


class Certainty(Struct, frozen=True, forbid_unknown_fields=True):
    """The thresholds and calibrations of reports.

    Args:
        least: Minimum tag probability of a clause attributed by a reporting verb or by words without a verb.
        loose: The same for any other content.
        named: Calibration for contents with a source.
        nobody: Calibration for contents without one.
    """

    least: float
    loose: float
    named: PlattScaling
    nobody: PlattScaling

    def of(self, link: Linked) -> float:
        """Returns the probability that the source of a content, or its absence, is right."""
        return (self.nobody if link.source is None else self.named).of(link.source_probability)


def log_odds(probability: float) -> float:
    """Returns the log-odds of a probability, clamped by `EDGE`."""
    return odds.log_odds(probability, edge=EDGE)


@cache
def packaged_certainty() -> Certainty:
    """Returns the thresholds and calibrations that ship with the package."""
    return msgspec.json.decode((Path(__file__).parent.parent / "weights" / "reports.json").read_bytes(), type=Certainty)
