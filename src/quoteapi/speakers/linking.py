"""Linking: the entity that a noun phrase or a pronoun refers to, according to the antecedents that the encoder points to."""

from collections.abc import Iterator, Mapping

from quoteapi.encoder.masses import added_up
from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.page import Page
from quoteapi.speakers.pronouns import FIRST_PERSON, FIRST_PLURAL

LEAST_PRONOUN, LEAST_NOUN = 0.2, 0.5
"""Minimum probability at which a pronoun, or a noun phrase, is linked to an entity."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "both"})
DETERMINERS = 2
"""Maximum number of tokens in a noun phrase before the role in it (the then [mayor])."""


def linked(page: Page, number: int, entities: Entities, bearers: Mapping[int, int]) -> tuple[Entity | None, float]:
    """Returns the entity that a mention refers to, or None, with the probability that this is right.

    Args:
        page: The article.
        number: The mention.
        entities: The entities joined so far.
        bearers: For mentions that are roles, the mention of the role's holder.
    """
    if number in bearers and (bearer := entities.of(bearers[number])) is not None:
        return bearer, 1.0
    word = page.doc[page.mentions[number].head].lower_
    if word in FIRST_PERSON | FIRST_PLURAL or (page.mentions[number].form == "noun" and not is_definite(page, number)):
        return None, 1.0
    masses = added_up(pointed(page, number, entities))
    best = max(masses, key=masses.__getitem__, default=None)
    least = LEAST_PRONOUN if page.mentions[number].form == "pronoun" else LEAST_NOUN
    if best is None or masses[best] < least:
        return None, 1.0 - (0.0 if best is None else masses[best])
    return best, masses[best]


def is_definite(page: Page, number: int) -> bool:
    """Whether a noun phrase refers to a known entity, by its determiner."""
    return page.doc[page.mentions[number].start].lower_ in DEFINITE


def pointed(page: Page, number: int, entities: Entities) -> Iterator[tuple[Entity, float]]:
    """Yields the entities that the encoder points to, with the probability of each of their mentions."""
    for other, mass in page.told(number).items():
        entity = entities.of(other)
        if entity is not None:
            yield entity, mass


def described_by_roles(page: Page) -> dict[int, int]:
    """Maps noun phrases that the encoder tags as roles to a mention of the role's holder."""
    described = None if page.pointing is None else page.pointing.descriptions
    if described is None:
        return {}
    nouns = {m.head: number for number, m in enumerate(page.mentions) if m.form == "noun" and m.quote is None}
    found = {}
    for role in described.roles:
        inside = (nouns[i] for i in range(role.start, role.end) if i in nouns)
        number = next((one for one in inside if page.mentions[one].start >= role.start - DETERMINERS), None)
        masses = page.by_mention(role.bearers, but=number)
        best = max(masses, key=masses.__getitem__, default=None)
        if number is not None and best is not None and masses[best] >= LEAST_NOUN:
            found[number] = best
    return found
