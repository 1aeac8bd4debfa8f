"""The decoding: the sources of all quotes of an article chosen together.

Who spoke before tells who goes on, so that a wrong source drags others along: several ways to read the article are followed at the same
time, each as probable as its choices together, and the most probable one is taken at the end (a beam search; Lowerre 1976).
"""

from collections.abc import Callable, Iterator, Sequence
from math import log

from msgspec import Struct

from quoteapi.findings import Candidate

BEAM = 4
"""Readings that are followed at the same time."""
OPTIONS = 3
"""Candidates of a quote that a reading branches into."""
LEAST = 0.02
"""The probability below which a candidate opens no reading of its own."""


class Choice(Struct, frozen=True):
    """What a reading takes for a quote's source: candidates by falling probability, and the position of the one taken."""

    ranked: Sequence[Candidate]
    taken: int = 0

    @property
    def mention(self) -> int | None:
        """The source's mention; None for nobody."""
        return self.ranked[self.taken].mention


class Reading(Struct, frozen=True):
    """One way to read the quotes so far: its last choice, the reading that it goes on from (a position among those a quote before)."""

    choice: Choice | None
    before: int
    previous: int | None
    score: float


Rank = Callable[[int, int | None], Sequence[Candidate] | None]
"""The candidates of a quote, given the mention that spoke last; None where the quote is nobody's or decided elsewhere."""


def decode(quotes: int, rank: Rank, *, beam: int = BEAM) -> list[Choice | None]:
    """The choice for each quote in the most probable reading; None where `rank` gives none."""
    steps = [[Reading(None, 0, None, 0.0)]]
    for number in range(quotes):
        branches: dict[int | None, Reading] = {}
        for before, reading in enumerate(steps[-1]):
            for branch in branched(reading, before, rank(number, reading.previous)):
                known = branches.get(branch.previous)
                if known is None or branch.score > known.score:
                    branches[branch.previous] = branch
        steps.append(sorted(branches.values(), key=lambda reading: -reading.score)[:beam])
    found: list[Choice | None] = []
    position = 0
    for step in reversed(steps[1:]):
        found.append(step[position].choice)
        position = step[position].before
    return found[::-1]


def branched(reading: Reading, before: int, ranked: Sequence[Candidate] | None) -> Iterator[Reading]:
    """A reading with each of the next quote's likely sources."""
    if ranked is None:
        yield Reading(None, before, reading.previous, reading.score)
        return
    for taken, candidate in enumerate(ranked[:OPTIONS]):
        if taken and candidate.probability < LEAST:
            return
        previous = reading.previous if candidate.mention is None else candidate.mention
        yield Reading(Choice(ranked, taken), before, previous, reading.score + log(max(candidate.probability, 1e-9)))
