"""The choice among a speaker's roles: the most informative one.

Reporters introduce a source once, at the first full name; what is said there, long and with an organization, is what a reader needs.
"""

from msgspec import Struct

from quoteapi.constructions.beside import Pattern
from quoteapi.findings import FoundRole

PATTERN_WORTH: dict[Pattern, float] = {
    "apposition": 2.0,
    "preposed": 2.0,
    "kind": 2.0,
    "title": 1.8,
    "relative": 1.2,
    "predicate": 1.2,
    "as": 0.4,
    "affiliation": 0.4,
    "tag": 0.0,
    "phrase": 0.2,
}
WORD_WORTH = 0.3
WORDS_THAT_COUNT = 8
ORGANIZATION_WORTH = 0.5
FULL_NAME_WORTH = 0.6
FIRST_WORTH = 0.4
FORMER_COST = 1.5
STANDING_COST = 1.0
QUOTED_COST = 3.0


class Described(Struct, frozen=True):
    """A role with what the choice looks at.

    Args:
        role: The role.
        words: How many words carry it, articles left out.
        pattern: Where it was found beside the mention.
        full_name: The mention is the speaker's full name.
        first: The mention is the speaker's first.
        standing: Its noun tells a standing or a party (a registered Republican), no job.
        quoted: The words stand inside a quote.
    """

    role: FoundRole
    words: int
    pattern: Pattern
    full_name: bool
    first: bool
    standing: bool
    quoted: bool


def worth(described: Described) -> float:
    """How informative a description is; only the order has a meaning."""
    return (
        PATTERN_WORTH[described.pattern]
        + WORD_WORTH * min(described.words, WORDS_THAT_COUNT)
        + ORGANIZATION_WORTH * (described.role.organization is not None)
        + FULL_NAME_WORTH * described.full_name
        + FIRST_WORTH * described.first
        - FORMER_COST * (described.role.status == "former")
        - STANDING_COST * described.standing
        - QUOTED_COST * described.quoted
    )


def best_role(found: list[Described]) -> FoundRole | None:
    """The most informative description; the earlier one where two are worth the same."""
    ranked = sorted(found, key=lambda described: (-worth(described), described.role.chars))
    return ranked[0].role if ranked else None
