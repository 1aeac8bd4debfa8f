"""Name types: whether a name is a person's or an organization's, decided once for the whole article."""

from collections import Counter

from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.person_names import PersonName, person_name

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def classify_names(context: MentionContext) -> tuple[dict[int, PersonName], list[int]]:
    """Returns the mentions that name persons, with the parts of each name, and those that name organizations; both in reading order.

    A name has the type that most of its mentions have. A bare family name is a person's if the article has a full name with it, unless the
    mention is tagged as a place.
    """
    parts: dict[int, PersonName] = {}
    votes: Counter[tuple[str, ...]] = Counter()
    for number, mention in enumerate(context.mentions):
        name = person_name(context.text(number), tagged=context.is_tagged(number)) if mention.form == "name" else None
        if name is not None:
            parts[number] = name
            votes[name.keys] += 1 if mention.type == "person" else -1
    families = {keys[-1] for keys, vote in votes.items() if len(keys) > 1 and vote > 0}

    def is_person(number: int, name: PersonName) -> bool:
        label = context.labels.get(number)
        if label is not None:
            return label.sort != "body"
        vote = votes[name.keys]
        place = context.doc[context.mentions[number].head].ent_type_ in PLACE_LABELS
        is_family_name = len(name.keys) == 1 and name.family in families and not place
        return vote > 0 or is_family_name or (vote == 0 and context.mentions[number].type == "person")

    persons = {number: name for number, name in parts.items() if is_person(number, name)}
    return persons, [number for number in parts if number not in persons]
