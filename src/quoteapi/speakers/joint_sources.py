"""Joint sources: quotes attributed to several entities at once (Jane Roe and John Doe said), and so to the group that they form.

A quote's source is a single mention; if *and* joins it with others as the subject of one verb, all of them speak.
"""

from collections import defaultdict

from spacy.tokens import Token

from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.mention_context import SUBJECTS, MentionContext
from quoteapi.speakers.nouns import noun_of
from quoteapi.speakers.person_names import clean

SINGULAR = frozenset({"VBZ"})
"""Tags of verbs with a singular subject (says)."""
Groups = dict[tuple[Entity, ...], Entity]
"""The groups of an article by their members."""


def group_of(context: MentionContext, number: int, entities: Entities, groups: Groups) -> Entity | None:
    """Returns the group of a mention and those coordinated before it; None unless the mention is the last and the first one is named."""
    joined = conjuncts(context, number)
    members = tuple(dict.fromkeys(entity for other in joined if (entity := entities.of(other)) is not None))
    if joined[-1] != number or not 1 < len(members) == len(joined) or not members[0].is_named:
        return None
    if all(member.is_named for member in members):
        group = groups.setdefault(members, Entity("group", members=members))
        add_group_noun(context, joined[0], entities, group)
        return group
    text = context.doc[context.mentions[joined[0]].start : context.mentions[number].end].text
    return groups.setdefault(members, Entity("group", display_name=clean(text), members=members))


def add_group_noun(context: MentionContext, first: int, entities: Entities, group: Entity) -> None:
    """Records the plural noun directly before the first of several names as a noun for the group (Sisters Jane and Ann Roe)."""
    mention = context.mentions[first - 1] if first else None
    called = entities.of(first - 1) if first else None
    if (
        mention is None
        or mention.end != context.mentions[first].start
        or mention.type != "group"
        or (called is not None and called.is_named)
    ):
        return
    head = context.doc[mention.head]
    group.nouns.add(noun_of(head))
    entities.put(first - 1, group)
    if called is not None:
        called.display_name = ""  # the group goes by its members' names
        entities.merge(group, called)


def conjuncts(context: MentionContext, number: int) -> list[int]:
    """Returns a mention and those that *and* joins with it, in reading order; a name in apposition is represented by the noun before it."""
    token = context.doc[context.mentions[number].head]
    joined = (*token.conjuncts, *other_subjects(token))
    return sorted({number, *(context.by_token[other.i] for other in joined if other.i in context.by_token)})


def other_subjects(token: Token) -> list[Token]:
    """Returns the other subjects of the same verb if one of them follows *and*, for coordinations that the parser misses."""
    if token.dep_ not in SUBJECTS:
        return []
    subjects = [child for child in token.head.lefts if child.dep_ in SUBJECTS]
    coordinated = any(child.dep_ == "cc" for subject in subjects for child in subject.lefts)
    return [subject for subject in subjects if coordinated and subject.i != token.i]


def joint_sources(context: MentionContext, entities: Entities, groups: Groups) -> dict[Entity, dict[int, tuple[int, ...]]]:
    """Returns the groups to which quotes are attributed through one member, with their quotes and for each the mentions of all members."""
    found: defaultdict[Entity, dict[int, tuple[int, ...]]] = defaultdict(dict)
    for number, quotes in context.sourced.items():
        joined = conjuncts(context, number)
        if len(joined) == 1 or context.mentions[number].quote is not None or not share_verb(context, joined):
            continue
        group = group_of(context, joined[-1], entities, groups)
        if group is not None:
            found[group] |= dict.fromkeys(quotes, tuple(joined))
    return dict(found)


def share_verb(context: MentionContext, joined: list[int]) -> bool:
    """Whether mentions are the subjects of one verb that may be plural, with no finite verb between them."""
    head: Token = context.head(joined[0])
    inside = context.doc[context.mentions[joined[0]].start : context.mentions[joined[-1]].end]
    return head.dep_ in SUBJECTS and head.head.tag_ not in SINGULAR and not any(token.tag_ in {"VBD", "VBZ", "VBP"} for token in inside)
