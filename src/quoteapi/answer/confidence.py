"""Confidence: the probability that a quote's speaker is right, from the stages' results for mention, antecedent and type of speaker.

A logistic regression on the log-odds that the stages give (Platt 1999), fitted on annotated articles that no other part was fitted on.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.findings import Attribution, FoundSpeaker, Mention
from quoteapi.odds import log_odds
from quoteapi.settings import Model

EDGE = 0.002
"""Minimum distance from 0 and 1 to which a probability is clamped before its log-odds are taken."""
ADJACENT_METHODS = frozenset({"cue", "according_to", "colon", "dash", "label", "cite"})
"""Methods by which the quote's own sentence, or the page, names the source."""


class Calibration(Struct, frozen=True):
    """The weights of the regression, by the feature names that `evidence_of` returns."""

    weights: Mapping[str, float]

    def confidence(self, evidence: Mapping[str, float]) -> float:
        """Returns the probability that the speaker is right."""
        return 1 / (1 + exp(-sum(self.weights.get(name, 0.0) * value for name, value in evidence.items())))


def evidence_of(probability: float, attribution: Attribution, mention: Mention | None, speaker: FoundSpeaker) -> dict[str, float]:
    """Returns the features of the regression.

    Args:
        probability: The summed probability of the speaker's mentions.
        attribution: The quote's attribution.
        mention: Its source; None if it has none.
        speaker: The speaker to whom that mention belongs.
    """
    return {"bias": 1.0, "log-odds": log_odds(probability, edge=EDGE)} | dict.fromkeys(kinds_of(attribution, mention, speaker), 1.0)


def kinds_of(attribution: Attribution, mention: Mention | None, speaker: FoundSpeaker) -> Iterator[str]:
    """Yields the categorical features: type of speaker, form of the mention, and whether it stands beside the quote."""
    yield f"type {speaker.type}"
    if mention is not None:
        yield f"form {mention.form}"
    if attribution.method in ADJACENT_METHODS:
        yield "beside"
    if speaker.type == "person" and " " not in speaker.name:
        yield "one word"


@cache
def packaged_calibration(model: Model = "small") -> Calibration:
    """Returns the weights that ship with the package for a model."""
    path = Path(__file__).parent.parent / "weights" / ("confidence.json" if model == "small" else f"confidence-{model}.json")
    return msgspec.json.decode(path.read_bytes(), type=Calibration)
