"""Certainty: how sure a report is, and from when on it is given, as fitted on articles that the tagger has not seen."""

from functools import cache
from math import exp, log
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.encoder import Linked

EDGE = 1e-4
"""What no probability comes nearer to nothing or to certainty than."""


class Certainty(Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression on the log-odds of the source and of the content's tags (Platt 1999).

    Args:
        least: The probability of the tags under which a content is not given.
        bias: What all have.
        source: The weight of the source's log-odds.
        content: That of the content's.
    """

    least: float
    bias: float
    source: float
    content: float

    def of(self, link: Linked) -> float:
        """The probability that a content's source, or its absence, is right."""
        score = self.bias + self.source * log_odds(link.source_probability) + self.content * log_odds(link.content.probability)
        return 1 / (1 + exp(-score))


def log_odds(probability: float) -> float:
    """The logarithm of how much likelier something is than not."""
    held = min(max(probability, EDGE), 1 - EDGE)
    return log(held / (1 - held))


@cache
def packaged_certainty() -> Certainty:
    """The certainty that ships inside the package."""
    return msgspec.json.decode((Path(__file__).parent.parent / "weights" / "reports.json").read_bytes(), type=Certainty)
