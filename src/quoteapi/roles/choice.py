"""The choice among a speaker's candidate roles: the description that says who they are, or none.

A multinomial logit over the descriptions and none of them (McFadden 1974), with features from constructions and encoder, fitted on
annotated articles.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.findings import FoundRole
from quoteapi.odds import log_odds
from quoteapi.structs import SpeakerType

EDGE = 1e-3
"""Minimum distance from 0 and 1 to which a probability is clamped before its log-odds are taken."""
WORDS_THAT_COUNT = 8
MIN_SCORE = -0.4
"""Score above which the best description is chosen rather than none; chosen on marked-dev and on the gold files."""
MIN_LISTED_SCORE = -1.0
"""Score above which a description is listed among a speaker's roles."""


class TagEvidence(Struct, frozen=True):
    """The encoder's probabilities for a description: that it is the speaker's, and that it is the most informative one."""

    held: float
    best: float


class Candidate(Struct, frozen=True):
    """A description with its features for the choice.

    Args:
        role: The role.
        tokens: Its token span; None for a party tag.
        built: Whether a construction finds it beside a mention.
        words: Number of its words, without determiners.
        full_name: Whether the mention beside it is the speaker's full name.
        first: Whether that mention is the speaker's first.
        standing: Whether its noun denotes a standing or a party (a registered Republican), not a job.
        quoted: Whether the mention stands inside a quote.
        others: Whether it lies inside a mention of somebody else.
        tagged: The encoder's probabilities, if it tags the same span.
        near: How it relates to the tagged role that it overlaps (`same`, `inside`, `around`, `across`), or `alone`; empty without encoder.
        belief: The mean probability of its tokens to belong to a role.
    """

    role: FoundRole
    tokens: tuple[int, int] | None
    built: bool = True
    words: int = 1
    full_name: bool = False
    first: bool = False
    standing: bool = False
    quoted: bool = False
    others: bool = False
    tagged: TagEvidence | None = None
    near: str = ""
    belief: float | None = None


class Choice(Struct, frozen=True):
    """The weights of the logit, by the feature names that `features_of` yields."""

    weights: Mapping[str, float]

    def score(self, candidate: Candidate, kind: SpeakerType) -> float:
        """Returns the log-odds of a description against none, for a speaker of a type."""
        return sum(self.weights.get(name, 0.0) * value for name, value in features_of(candidate, kind))


def features_of(candidate: Candidate, kind: SpeakerType) -> Iterator[tuple[str, float]]:
    """Yields the features of a candidate, with their values."""
    role = candidate.role
    yield f"type {kind}", 1.0
    yield f"{'built' if candidate.built else 'tagged'} {role.pattern}", 1.0
    yield "words", min(candidate.words, WORDS_THAT_COUNT)
    for name in ("full_name", "first", "standing", "quoted", "others"):
        if getattr(candidate, name):
            yield name, 1.0
    if role.organization is not None:
        yield "organization", 1.0
    if role.status == "former":
        yield "former", 1.0
    if candidate.near:
        yield f"near {candidate.near}", 1.0
    if candidate.belief is not None:
        yield "belief", log_odds(candidate.belief, edge=EDGE)
    if candidate.tagged is not None:
        yield "tagged", 1.0
        yield "borne", log_odds(candidate.tagged.held, edge=EDGE)
        yield "best", log_odds(candidate.tagged.best, edge=EDGE)


def ranked(candidates: Sequence[Candidate], kind: SpeakerType) -> list[tuple[float, Candidate]]:
    """Returns the descriptions with their scores, best first; ties go to the earlier one."""
    choice = packaged_choice()
    scored = [(choice.score(candidate, kind), candidate) for candidate in candidates]
    return sorted(scored, key=lambda one: (-one[0], one[1].role.chars))


@cache
def packaged_choice() -> Choice:
    """Returns the weights that ship with the package."""
    path = Path(__file__).parent.parent / "weights" / "roles.json"
    return msgspec.json.decode(path.read_bytes(), type=Choice)
