"""Antecedents: the entity that a noun phrase or a pronoun refers to, according to the antecedents that the encoder points to."""

from collections.abc import Iterator, Mapping

from quoteapi.encoder.probabilities import sum_by_key
from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.pronouns import FIRST_PERSON, FIRST_PLURAL

MIN_PRONOUN_PROBABILITY, MIN_NOUN_PROBABILITY = 0.2, 0.5
"""Minimum probability at which a pronoun, or a noun phrase, is linked to an entity."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "both"})
DETERMINERS = 2
"""Maximum number of tokens in a noun phrase before the role in it (the then [mayor])."""


def resolve_antecedent(context: MentionContext, number: int, entities: Entities, holders: Mapping[int, int]) -> tuple[Entity | None, float]:
    """Returns the entity that a mention refers to, or None, with the probability that this is right.

    Args:
        context: The article.
        number: The mention.
        entities: The entities joined so far.
        holders: For mentions that are roles, the mention of the role's holder.
    """
    if number in holders and (holder := entities.of(holders[number])) is not None:
        return holder, 1.0
    word = context.doc[context.mentions[number].head].lower_
    if word in FIRST_PERSON | FIRST_PLURAL or (context.mentions[number].form == "noun" and not is_definite(context, number)):
        return None, 1.0
    probabilities = sum_by_key(antecedent_entities(context, number, entities))
    best = max(probabilities, key=probabilities.__getitem__, default=None)
    minimum = MIN_PRONOUN_PROBABILITY if context.mentions[number].form == "pronoun" else MIN_NOUN_PROBABILITY
    if best is None or probabilities[best] < minimum:
        return None, 1.0 - (0.0 if best is None else probabilities[best])
    return best, probabilities[best]


def is_definite(context: MentionContext, number: int) -> bool:
    """Whether a noun phrase refers to a known entity, by its determiner."""
    return context.doc[context.mentions[number].start].lower_ in DEFINITE


def antecedent_entities(context: MentionContext, number: int, entities: Entities) -> Iterator[tuple[Entity, float]]:
    """Yields the entities that the encoder points to, with the probability of each of their mentions."""
    for other, probability in context.antecedents_of(number).items():
        entity = entities.of(other)
        if entity is not None:
            yield entity, probability


def described_by_roles(context: MentionContext) -> dict[int, int]:
    """Maps noun phrases that the encoder tags as roles to a mention of the role's holder."""
    if context.descriptions is None:
        return {}
    nouns = {m.head: number for number, m in enumerate(context.mentions) if m.form == "noun" and m.quote is None}
    found = {}
    for role in context.descriptions.roles:
        inside = (nouns[i] for i in range(role.start, role.end) if i in nouns)
        number = next((one for one in inside if context.mentions[one].start >= role.start - DETERMINERS), None)
        probabilities = context.sum_by_mention(role.holders, but=number)
        best = max(probabilities, key=probabilities.__getitem__, default=None)
        if number is not None and best is not None and probabilities[best] >= MIN_NOUN_PROBABILITY:
            found[number] = best
    return found
