"""Certainty: how sure a report is, and from when on it is given, as fitted on articles that the tagger has not seen."""

from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi import odds
from quoteapi.encoder import Linked

EDGE = 1e-4
"""What no probability comes nearer to nothing or to certainty than."""


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression on the log-odds of a probability (Platt 1999)."""

    bias: float
    weight: float

    def of(self, probability: float) -> float:
        """The probability that can be believed."""
        return 1 / (1 + exp(-self.bias - self.weight * log_odds(probability)))


class Certainty(Struct, frozen=True, forbid_unknown_fields=True):
    """How sure reports are.

    Args:
        least: The probability of the tags under which a clause that a verb or a noun of speech hands over is not given.
        loose: The same for any other content.
        named: For those that have a source.
        nobody: For those that have none.
    """

    least: float
    loose: float
    named: Scale
    nobody: Scale

    def of(self, link: Linked) -> float:
        """The probability that a content's source, or its absence, is right."""
        return (self.nobody if link.source is None else self.named).of(link.source_probability)


def log_odds(probability: float) -> float:
    """The logarithm of how much likelier something is than not."""
    return odds.log_odds(probability, edge=EDGE)


@cache
def packaged_certainty() -> Certainty:
    """The certainty that ships inside the package."""
    return msgspec.json.decode((Path(__file__).parent.parent / "weights" / "reports.json").read_bytes(), type=Certainty)
