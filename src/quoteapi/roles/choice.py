"""The choice among a speaker's roles: a description that says who they are, or none.

A multinomial logit over the descriptions and none of them (McFadden 1974), by what the constructions and the encoder tell of each; fitted
on marked articles.
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
"""The least distance of a probability from 0 and from 1 whose log-odds are taken."""
WORDS_THAT_COUNT = 8
LEAST_SCORE = -0.4
"""The score from which the best description is given rather than none; chosen on marked-dev and on the gold files."""
LEAST_LISTED = -1.0
"""The score from which a description is listed among a speaker's roles."""


class Tagged(Struct, frozen=True):
    """What the encoder tells of a description: how probably it is the speaker's, how probably it says most."""

    borne: float
    best: float


class Candidate(Struct, frozen=True):
    """A description with what the choice looks at.

    Args:
        role: The role.
        tokens: Its stretch; None for a party's tag.
        built: A construction finds it beside a mention.
        words: How many words carry it, articles left out.
        full_name: The mention is the speaker's full name.
        first: The mention is the speaker's first.
        standing: Its noun tells a standing or a party (a registered Republican), no job.
        quoted: The words stand inside a quote.
        others: The words stand inside a mention of somebody else.
        tagged: What the encoder tells, where it tags the same stretch.
        near: How it lies to the tagged role that it meets (`same`, `inside`, `around`, `across`), or `alone`; empty if nothing was read.
        belief: The mean probability of its words to stand in a role.
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
    tagged: Tagged | None = None
    near: str = ""
    belief: float | None = None


class Choice(Struct, frozen=True):
    """The logit's weights, by the names that `traits_of` gives."""

    weights: Mapping[str, float]

    def score(self, candidate: Candidate, kind: SpeakerType) -> float:
        """The log-odds of a description against none, for a speaker of a type."""
        return sum(self.weights.get(name, 0.0) * value for name, value in traits_of(candidate, kind))


def traits_of(candidate: Candidate, kind: SpeakerType) -> Iterator[tuple[str, float]]:
    """What the choice looks at."""
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
        yield "borne", log_odds(candidate.tagged.borne, edge=EDGE)
        yield "best", log_odds(candidate.tagged.best, edge=EDGE)


def ranked(candidates: Sequence[Candidate], kind: SpeakerType) -> list[tuple[float, Candidate]]:
    """The descriptions with their scores, the best first; the earlier one where two have the same."""
    choice = packaged_choice()
    scored = [(choice.score(candidate, kind), candidate) for candidate in candidates]
    return sorted(scored, key=lambda one: (-one[0], one[1].role.chars))


@cache
def packaged_choice() -> Choice:
    """The weights that ship inside the package."""
    path = Path(__file__).parent.parent / "weights" / "roles.json"
    return msgspec.json.decode(path.read_bytes(), type=Choice)
