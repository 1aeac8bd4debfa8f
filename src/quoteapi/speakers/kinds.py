"""Kinds of names: which mentions are names, where a name begins, and whether it is a person's, the same throughout an article.

The finder of names errs on single mentions; the article as a whole corrects it: a bare family name is whoever bears it in full elsewhere.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.findings import Attribution, Mention
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.gender import given_name_gender
from quoteapi.speakers.names import PersonName, person_name
from quoteapi.speakers.page import Page

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
JOINING = frozenset({"of", "and", "for", "&"})


def corrected(doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> list[Mention]:
    """The same mentions, names found among the noun phrases and titles cut from the names; their order and number stay."""
    trimmed = [without_title(doc, mention) if mention.form == "name" else mention for mention in mentions]
    bearers: set[str] = set()
    for mention in trimmed:
        name = person_name(doc[mention.start : mention.end].text) if mention.form == "name" and mention.type == "person" else None
        bearers.update(name.keys if name and len(name.keys) > 1 else ())
    sources = {attribution.mention for attribution in attributions}
    found = [name_in(doc, mention) if mention.form == "noun" else None for mention in trimmed]
    for mention in found:
        bearers.update(mention_keys(doc, mention) if mention is not None and mention.type == "person" else ())
    return [
        old if new is None or not (is_known(doc, new, bearers) or number in sources) else new
        for number, (old, new) in enumerate(zip(trimmed, found, strict=True))
    ]


def without_title(doc: Doc, mention: Mention) -> Mention:
    """A name without what stands in front of the person (The United States Secretary of State Jane Roe)."""
    first = doc[mention.start].lower_
    if mention.end - mention.start < 3 or first in entries("female_names") or first in entries("male_names"):  # noqa: PLR2004 - no room for a title and a name
        return mention
    titles = [i for i in range(mention.start, mention.end - 1) if doc[i].lower_.rstrip(".") in entries("titles")]
    if not titles:
        return mention
    start = titles[-1] + 1
    if doc[start].lower_ == "of":
        start += 2
    rest = [token.lower_ for token in doc[start : mention.end] if token.is_alpha]
    if not rest or (mention.type != "person" and (len(rest) < 2 or any(w in meanings("organization_nouns") or w in JOINING for w in rest))):  # noqa: PLR2004 - a given and a family name
        return mention
    return replace(mention, start=start, type="person")


def name_in(doc: Doc, mention: Mention) -> Mention | None:
    """The name that a noun phrase turns out to be: capitalised to its end and headed by a proper noun; None where it is no name."""
    if (doc[mention.head].pos_ not in {"PROPN", ""} and not doc[mention.head].is_upper) or not doc[mention.head].text[:1].isupper():
        return None
    start = mention.end
    while start > mention.start and (doc[start - 1].text[:1].isupper() or doc[start - 1].text in {"-", ".", "&"}):
        start -= 1
    while start < mention.end - 1 and (doc[start].lower_.rstrip(".") in entries("titles") or doc[start].text == "." or doc[start].lower_ == "the"):
        start += 1
    if start > mention.head or doc[start].lower_ in entries("titles") or "Number=Plur" in doc[mention.head].morph:
        return None
    keys = mention_keys(doc, replace(mention, start=start))
    if not keys or doc[mention.head].lower_ in entries("person_nouns"):
        return None
    body = keys[-1] in meanings("organization_nouns") or keys[-1] in entries("bodies")
    return replace(mention, start=start, form="name", type="organization" if body else "person")


def mention_keys(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """The folded words of a mention taken for a name."""
    name = person_name(doc[mention.start : mention.end].text)
    return name.keys if name and (len(name.keys) == 1 or given_name_gender(name.keys[0])) else ()


def is_known(doc: Doc, mention: Mention, bearers: set[str]) -> bool:
    """Whether a name that the finder missed is borne by a person of the article, or begins with a first name."""
    keys = mention_keys(doc, mention)
    return mention.type == "person" and bool(keys) and (len(keys) > 1 or keys[0] in bearers)


def tell_names(page: Page) -> tuple[dict[int, PersonName], list[int]]:
    """The mentions that name persons, with the parts of each name, and those that name organizations; both in reading order."""
    known: dict[str, PersonName | None] = {}
    parts: dict[int, PersonName] = {}
    votes: Counter[tuple[str, ...]] = Counter()
    for number, mention in enumerate(page.mentions):
        if mention.form != "name":
            continue
        text = page.text(number)
        name = known[text] if text in known else known.setdefault(text, person_name(text))
        if name is not None:
            parts[number] = name
            votes[name.keys] += 1 if mention.type == "person" else -1
    families = {name.family for name in parts.values() if len(name.keys) > 1 and votes[name.keys] > 0 and not is_body(name)}
    for number, name in parts.items():
        if len(name.keys) > 1 and name.keys[0] in entries("reporting_forms") and name.family in families and votes[name.keys[1:]]:
            parts[number] = person_name(name.text.split(maxsplit=1)[1]) or name
    persons = {number: name for number, name in parts.items() if names_person(page, number, name, votes, families)}
    return persons, [number for number in parts if number not in persons]


def names_person(page: Page, number: int, name: PersonName, votes: Counter[tuple[str, ...]], families: set[str]) -> bool:
    """Whether a name is a person's in this article."""
    if is_body(name):
        return False
    if len(name.keys) == 1 and name.family in families:
        return votes[name.keys] > 0 or page.doc[page.mentions[number].head].ent_type_ not in PLACE_LABELS
    return votes[name.keys] > 0 or (votes[name.keys] == 0 and page.mentions[number].type == "person")


def is_body(name: PersonName) -> bool:
    """Whether a name ends in a noun for an organization (Kent Police), unless a first name begins it (Emily Post)."""
    return len(name.keys) > 1 and name.family in meanings("organization_nouns") and given_name_gender(name.keys[0]) is None
