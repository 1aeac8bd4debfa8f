"""Coreference: joins mentions that refer to one entity, names by their forms, noun phrases and pronouns by the encoder's antecedents."""

from collections.abc import Mapping, Sequence
from itertools import chain

from spacy.tokens import Doc

from quoteapi.encoder import Pointing
from quoteapi.findings import Attribution, FoundQuote, FoundSpeaker, Mention
from quoteapi.speakers import bylines, pronouns
from quoteapi.speakers.antecedents import described_by_roles, resolve_antecedent
from quoteapi.speakers.authority import Authority, name_key
from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.handles import join_handles
from quoteapi.speakers.interviews import join_labels
from quoteapi.speakers.joint_sources import Groups, joint_sources
from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.name_types import classify_names
from quoteapi.speakers.nouns import is_person_noun, noun_of
from quoteapi.speakers.organizations import join_organizations
from quoteapi.speakers.person_names import clean, fullest
from quoteapi.speakers.persons import join_persons
from quoteapi.structs import Person


def join_speakers(  # noqa: PLR0913 - the results of all earlier stages
    doc: Doc,
    quotes: Sequence[FoundQuote],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    pointing: Pointing | None = None,
    *,
    authority: Authority | None = None,
) -> list[FoundSpeaker]:
    """Joins the mentions of an article into entities.

    Every mention belongs to exactly one speaker, except those whose referent the article does not identify, which belong to none.

    Args:
        doc: The article, parsed by the packaged pipeline or another one, or not parsed at all.
        quotes: Its quotes in reading order.
        mentions: Its mentions in reading order.
        attributions: One for each quote, in the same order.
        pointing: What the encoder predicts for the article.
        authority: The newsroom's own list of people.

    Returns:
        The speakers, whether quoted or not, in the order of their first mention.
    """
    context = MentionContext(doc, quotes, mentions, attributions, pointing)
    entities = Entities()
    persons, bodies = classify_names(context)
    join_persons(context, persons, entities)
    join_organizations(context, bodies, entities)
    join_handles(context, entities)
    join_author(context, entities)
    groups: Groups = {}
    certainty = join_reported(context, entities, described_by_roles(context))
    join_labels(context, entities)
    join_quoted(context, entities)
    known = join_listed(entities, authority or Authority())
    jointly = joint_sources(context, entities, groups)
    found = [
        FoundSpeaker(
            name=known[entity][0].name if len(known.get(entity, ())) == 1 else display_name(entity),
            type=entity.type,
            mentions=tuple(sorted(entity.mentions)),
            certainties=tuple(certainty.get(mention, 1.0) for mention in sorted(entity.mentions)),
            known=tuple(known.get(entity, ())),
            members=tuple(min(member.mentions) for member in entity.members if member.mentions),
            jointly=jointly.get(entity, {}),
        )
        for entity in dict.fromkeys([*entities, *jointly])
    ]
    return sorted(found, key=lambda speaker: first_token(context, speaker))


def first_token(context: MentionContext, speaker: FoundSpeaker) -> tuple[int, bool]:
    """Sort key of a speaker: its first token; a group comes after the member with which its words begin."""
    return min(context.mentions[number].start for number in (*speaker.mentions, *chain(*speaker.jointly.values()))), not speaker.mentions


def join_author(context: MentionContext, entities: Entities) -> None:
    """Joins first-person pronouns outside quotes with the author of the article."""
    writer = entities.of(bylines.author(context))
    if writer is not None:
        own = (number for number, mention in enumerate(context.mentions) if mention.form == "pronoun" and mention.quote is None)
        writer.is_author = True
        entities.put_all((number for number in own if context.doc[context.mentions[number].head].lower_ in pronouns.FIRST_PERSON), writer)


def join_reported(context: MentionContext, entities: Entities, holders: Mapping[int, int]) -> dict[int, float]:
    """Joins the noun phrases and pronouns in the reporter's own words; returns the probability of each antecedent."""
    certainty: dict[int, float] = {}
    for number, mention in enumerate(context.mentions):
        if mention.quote is not None or entities.of(number) is not None or number in context.labels:
            continue
        entity, sure = resolve_antecedent(context, number, entities, holders)
        if entity is None and mention.form == "noun" and is_entity(context, number):
            entity, sure = new_entity(context, number), 1.0
        if entity is not None:
            entities.put(number, entity)
            certainty[number] = sure
            if mention.form == "noun":
                entity.nouns.add(noun_of(context.doc[mention.head]))
    return certainty


def is_entity(context: MentionContext, number: int) -> bool:
    """Whether a noun phrase denotes people or an organization, or may be a source, and so is not a mere thing."""
    mention = context.mentions[number]
    return number in context.eligible or mention.type == "organization" or is_person_noun(noun_of(context.doc[mention.head]))


def join_quoted(context: MentionContext, entities: Entities) -> None:
    """Joins mentions inside quotes: first-person pronouns with the speaker, and the sources of quotes within the quote."""
    for number, mention in enumerate(context.mentions):
        if mention.quote is None or entities.of(number) is not None:
            continue
        entity = pronouns.first_person(context, number, entities)
        if entity is None and number in context.eligible:
            speaker = entities.of(context.attributions[mention.quote].mention)
            entity, _ = resolve_antecedent(context, number, entities, {})
            if entity is speaker:
                entity = None
            if entity is None and mention.form == "noun":
                entity = new_entity(context, number)
        if entity is not None:
            entities.put(number, entity)


def new_entity(context: MentionContext, number: int) -> Entity:
    """Creates the entity that a noun phrase introduces."""
    mention = context.mentions[number]
    return Entity(context.described_type(number), display_name=clean(context.doc[mention.start : mention.end].text))


def join_listed(entities: Entities, authority: Authority) -> dict[Entity, list[Person]]:
    """Returns the authority-list entries that each entity may be; merges entities that are the same entry."""
    first: dict[int, Entity] = {}
    found: dict[Entity, list[Person]] = {}
    names = {entity: known_names(entity) for entity in entities if entity.is_named}
    near = authority.about({word for texts in names.values() for text in texts for word in name_key(text)})
    for entity, texts in names.items():
        matches = near.matches(texts)
        if len(matches) == 1 and id(matches[0]) in first:
            entities.merge(first[id(matches[0])], entity)
        elif matches:
            found[entity] = matches
            if len(matches) == 1:
                first[id(matches[0])] = entity
    return found


def known_names(entity: Entity) -> set[str]:
    """Returns the names of an entity that are looked up in the authority list: the full ones and the displayed one."""
    return {name.text for name in (*entity.names, *entity.quoted_names) if len(name.keys) > 1} | {display_name(entity)}


def display_name(entity: Entity) -> str:
    """Returns the name to display for an entity."""
    if entity.members and not entity.display_name:
        *rest, last = map(display_name, entity.members)
        names = [fullest(member.names) for member in entity.members if member.names]
        if len({name.family for name in names}) == 1 and all(len(name.keys) == 2 for name in names):  # noqa: PLR2004 - a given and a family name
            rest = [name.partition(" ")[0] for name in rest]
        return f"{', '.join(rest)} and {last}"
    if not entity.names and not entity.quoted_names:
        return entity.display_name
    name = fullest(entity.names or entity.quoted_names)
    if len(name.keys) == 1 and entity.quoted_names:
        name = fullest([name, *entity.quoted_names])
    return name.text
