"""Confidence: the probability that a quote's speaker is right, from what the stages say of mention, antecedent and kind of speaker.

A logistic regression over the log-odds that the stages give (Platt 1999), fitted on marked articles that no other fit saw.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.findings import Attribution, FoundSpeaker, Mention
from quoteapi.odds import log_odds

EDGE = 0.002
"""The least distance of a probability from 0 and from 1 whose log-odds are taken."""
BESIDE = frozenset({"cue", "according_to", "colon", "dash", "label", "cite"})
"""Methods by which the quote's own sentence, or the page, names the source."""


class Calibration(Struct, frozen=True):
    """The regression's weights, by the names that `evidence_of` gives."""

    weights: Mapping[str, float]

    def confidence(self, evidence: Mapping[str, float]) -> float:
        """The probability that the speaker is right."""
        return 1 / (1 + exp(-sum(self.weights.get(name, 0.0) * value for name, value in evidence.items())))


def evidence_of(probability: float, attribution: Attribution, mention: Mention | None, speaker: FoundSpeaker) -> dict[str, float]:
    """What the regression looks at.

    Args:
        probability: What the stages give the speaker together.
        attribution: The quote's.
        mention: Its source; None where it has none.
        speaker: Whose mention that is.
    """
    return {"bias": 1.0, "log-odds": log_odds(probability, edge=EDGE)} | dict.fromkeys(kinds_of(attribution, mention, speaker), 1.0)


def kinds_of(attribution: Attribution, mention: Mention | None, speaker: FoundSpeaker) -> Iterator[str]:
    """What kind of speaker it is, how the mention names it, and whether it stands beside the quote."""
    yield f"type {speaker.type}"
    if mention is not None:
        yield f"form {mention.form}"
    if attribution.method in BESIDE:
        yield "beside"
    if speaker.type == "person" and " " not in speaker.name:
        yield "one word"


@cache
def packaged_calibration() -> Calibration:
    """The weights that ship inside the package."""
    path = Path(__file__).parent.parent / "weights" / "confidence.json"
    return msgspec.json.decode(path.read_bytes(), type=Calibration)
