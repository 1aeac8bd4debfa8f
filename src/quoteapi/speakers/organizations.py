"""Organizations in an article: mentions joined by full names, acronyms and short forms."""

from collections import defaultdict
from collections.abc import Mapping

from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.name_types import PLACE_LABELS
from quoteapi.speakers.organization_names import acronym_fits, is_acronym, is_short_form, organization_keys
from quoteapi.speakers.person_names import clean, without_article

Keys = tuple[str, ...]


def join_organizations(context: MentionContext, numbers: list[int], entities: Entities) -> None:
    """Joins the mentions that name organizations, in reading order."""
    keys = {number: organization_keys(context.text(number)) for number in numbers}
    first = {key: number for number, key in reversed(keys.items()) if key}
    acronyms = acronyms_in_brackets(context, keys)
    full = fuller_forms(context, first, acronyms)
    bodies: dict[Keys, Entity] = {}
    for number, key in keys.items():
        if not key:
            continue
        chain = [key]
        while (longer := full.get(chain[-1])) and longer not in chain:
            chain.append(longer)
        body = bodies.setdefault(chain[-1], Entity("organization"))
        if len(key) > len(body.keys) or (len(key) == len(body.keys) and not body.display_name):
            body.keys, body.display_name = key, without_article(clean(context.text(number)))
        entities.put(number, body)


def acronyms_in_brackets(context: MentionContext, keys: Mapping[int, Keys]) -> dict[Keys, Keys]:
    """Maps acronyms that the text itself explains to their full names: Securities and Exchange Commission (SEC)."""
    ends = {context.mentions[number].end: number for number in keys}
    found: dict[Keys, Keys] = {}
    for number, key in keys.items():
        start = context.mentions[number].start
        full = ends.get(start - 1)
        if start > 1 and context.doc[start - 1].text == "(" and full is not None and is_acronym(context.text(number)):
            words = keys[full]
            if len(words) > 1 and words[0][0] == key[0][0]:
                found[key] = words
    return found


def fuller_forms(context: MentionContext, first: Mapping[Keys, int], acronyms: Mapping[Keys, Keys]) -> dict[Keys, Keys]:
    """Maps each acronym or short form to the fuller name in the text that it stands for."""
    by_word: defaultdict[str, list[Keys]] = defaultdict(list)
    by_initial: defaultdict[str, list[Keys]] = defaultdict(list)
    for keys in first:
        if len(keys) > 1:
            by_initial[keys[0][0]].append(keys)
            for word in set(keys):
                by_word[word].append(keys)
    found = dict(acronyms)
    for keys, number in first.items():
        if keys in found:
            continue
        text = context.text(number)
        if len(keys) == 1 and is_acronym(text):
            options = [longer for longer in by_initial[keys[0][0]] if acronym_fits(text, longer)]
        elif context.doc[context.mentions[number].head].ent_type_ in PLACE_LABELS:
            continue
        else:
            rarest = min(keys, key=lambda word: len(by_word[word]))
            options = [longer for longer in by_word[rarest] if is_short_form(keys, longer)]
        if options:
            found[keys] = min(options, key=lambda longer: (tuple(longer[-len(keys) :]) != keys, abs(first[longer] - number)))
    return found
