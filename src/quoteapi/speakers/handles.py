"""Handles: social-media accounts (@janeroe), each joined with its owner if the article shows who that is."""

from collections import defaultdict

from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.mention_context import MentionContext


def join_handles(context: MentionContext, entities: Entities) -> None:
    """Joins the mentions of each account with the name beside it, or else with the full name that the handle spells.

    The holder of an account that cannot be matched has the handle as its name and the type `unnamed`.
    """
    accounts: defaultdict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(context.mentions):
        if context.doc[mention.start].text.startswith("@"):
            accounts[context.text(number).casefold()].append(number)
    if not accounts:
        return
    names = [number for number, mention in enumerate(context.mentions) if mention.form == "name" and entities.of(number) is not None]
    starts = {context.mentions[number].start: number for number in names}
    ends = {context.mentions[number].end: number for number in names}
    written = entities_by_letters(entities)
    for handle, numbers in accounts.items():
        owners = (entities.of(adjacent_name(context, number, starts, ends)) for number in numbers)
        owner = next((owner for owner in owners if owner is not None), None) or written.get("".join(filter(str.isalpha, handle)))
        entities.put_all(numbers, owner or Entity("unnamed", display_name=context.text(numbers[0])))


def adjacent_name(context: MentionContext, number: int, starts: dict[int, int], ends: dict[int, int]) -> int | None:
    """Returns the name directly before a handle, bracketed or not, or in brackets after it: Jane Roe (@janeroe); @janeroe (Jane Roe)."""
    start, end = context.mentions[number].start, context.mentions[number].end
    bracketed = start > 0 and context.doc[start - 1].text == "("
    before = ends.get(start - bracketed)
    return starts.get(end + 1) if before is None and end < len(context.doc) and context.doc[end].text == "(" else before


def entities_by_letters(entities: Entities) -> dict[str, Entity]:
    """Maps the full names of persons and organizations, as a handle would spell them, to their entities; ambiguous ones are left out."""
    found: defaultdict[str, set[Entity]] = defaultdict(set)
    for entity in entities:
        keys = [entity.keys, *(name.keys for name in (*entity.names, *entity.quoted_names))]
        for words in keys:
            if len(words) > 1:
                found["".join(filter(str.isalpha, "".join(words)))].add(entity)
    return {letters: matches.pop() for letters, matches in found.items() if len(matches) == 1}
