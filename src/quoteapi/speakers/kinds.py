"""Kinds of names: which mentions are names, where a name begins, and whether it is a person's, the same throughout an article.

The finder of names errs on single mentions; the article as a whole corrects it: a bare family name is whoever bears it in full elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc, Token

from quoteapi.constructions.nouns import singulars
from quoteapi.constructions.words import bare
from quoteapi.document.name_parts import is_given_name
from quoteapi.findings import Attribution, Mention
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.descriptions import is_demonym, is_labelled, is_person_noun
from quoteapi.speakers.gender import given_name_gender
from quoteapi.speakers.names import LETTERS_AFTER, PersonName, person_name
from quoteapi.speakers.organizations import is_acronym
from quoteapi.speakers.page import Page

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ALSO_FAMILIES = frozenset({"post", "church", "house", "bench", "court", "college", "school", "bank", "front", "force", "press", "street"})
"""Nouns for organizations that are family names as well."""
AGAIN = 2
"""Times that a name of two words or more is written alike before it is believed to be one."""
WHERE = frozenset({"in", "near", "across", "outside", "throughout"})
FLAT = frozenset({"flat", "compound"})
JOINING = frozenset({"of", "and", "for", "&"})
BETWEEN_TITLES = frozenset({".", "the", "of", "-", "elect", "designate"})
"""What stands in and behind the titles before a name (the President-elect of Norland)."""


class Alone(Struct, frozen=True):
    """The lower-case words that are mentions by themselves somewhere in the article, and those of them that are places."""

    words: frozenset[str]
    places: frozenset[str]


def corrected(doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> list[Mention]:
    """The same mentions, names found among the noun phrases and titles cut from the names; their order and number stay."""
    alone = Alone(
        frozenset(doc[mention.start].lower_ for mention in mentions if mention.form != "pronoun" and mention.end - mention.start == 1),
        frozenset(entity[0].lower_ for entity in doc.ents if entity.label_ in PLACE_LABELS and len(entity) == 1),
    )
    trimmed = [without_title(doc, completed(doc, mention), alone) if mention.form == "name" else mention for mention in mentions]
    bearers = {key for mention in trimmed if mention.form == "name" and mention.type == "person" for key in full_keys(doc, mention)}
    sources = {attribution.mention for attribution in attributions}
    found = [name_in(doc, mention, alone) if mention.form == "noun" else None for mention in trimmed]
    written = Counter(doc[mention.start : mention.end].text for mention in found if mention is not None)
    for number, (old, mention) in enumerate(zip(trimmed, found, strict=True)):
        if mention is not None and mention.type == "person" and doc[mention.head].pos_ in {"PROPN", ""}:
            keys = full_keys(doc, mention)
            again = written[doc[mention.start : mention.end].text] >= AGAIN and mention.start == old.start
            told = again or is_introduced(doc, old, mention) or (keys and given_name_gender(keys[0]))
            if is_new_source(doc, mention, number, sources) or (keys and told):
                bearers.update(keys or mention_keys(doc, mention))
    return [
        old if new is None or not (is_new_source(doc, new, number, sources) or is_borne(doc, new, bearers)) else new
        for number, (old, new) in enumerate(zip(trimmed, found, strict=True))
    ]


def is_introduced(doc: Doc, phrase: Mention, name: Mention) -> bool:
    """Whether a title stands in a phrase before the name in it (The United States Secretary of State Jane Roe)."""
    return any(doc[i].lower_.rstrip(".") in entries("titles") for i in range(phrase.start, name.start))


def is_new_source(doc: Doc, mention: Mention, number: int, sources: AbstractSet[int | None]) -> bool:
    """Whether a quote is handed to what looks like a name: to somebody, then, and not by office alone (President)."""
    head = doc[mention.head]
    proper = head.pos_ in {"PROPN", ""} or head.is_upper
    return number in sources and proper and not is_person_noun(doc[mention.start].lower_) and not is_person_noun(head.lower_)


def is_borne(doc: Doc, mention: Mention, bearers: AbstractSet[str]) -> bool:
    """Whether what looks like a name is one: it ends in a family name of the article, begins with a first name, or is a body's."""
    keys = mention_keys(doc, mention)
    if mention.type != "person":
        return len(keys) > 1 and doc[mention.head].pos_ == "PROPN"
    return bool(keys) and (keys[-1] in bearers or (len(keys) > 1 and given_name_gender(keys[0]) is not None))


def full_keys(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """The folded words of a name of more than one word; none of a bare one."""
    keys = mention_keys(doc, mention)
    return keys if len(keys) > 1 else ()


def mention_keys(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """The folded words of a mention taken for a name."""
    name = person_name(doc[mention.start : mention.end].text)
    return name.keys if name else ()


def completed(doc: Doc, mention: Mention) -> Mention:
    """A person's name with the proper nouns beside it that the parser takes for parts of it (Jane [Roe])."""
    if mention.type != "person":
        return mention
    start, end = mention.start, mention.end
    while end < len(doc) and is_part(doc[end], start, end):
        end += 1
    while start > 0 and is_part(doc[start - 1], start, end) and is_given(doc[start - 1].lower_):
        start -= 1
    return replace(mention, start=start, end=end)


def is_part(token: Token, start: int, end: int) -> bool:
    """Whether a token beside a name hangs on one of its words, or one of its words on it, as parts of one name do."""
    if token.pos_ != "PROPN" or not token.is_title or token.ent_type_ in PLACE_LABELS | {"ORG"}:
        return False
    return (token.dep_ in FLAT and start <= token.head.i < end) or any(
        child.dep_ in FLAT and start <= child.i < end for child in token.children
    )


def without_title(doc: Doc, mention: Mention, alone: Alone) -> Mention:
    """A name without what stands in front of the person (The United States Secretary of State Jane Roe).

    Args:
        doc: The article.
        mention: A name.
        alone: The words that are mentions by themselves: a family name that is one vouches for the given name before it.
    """
    words = [token.lower_ for token in doc[mention.start : mention.end]]
    begin = name_start(words, alone) or office_end(doc, mention, words) or country_end(doc, mention)
    rest = [word for word in words[begin:] if word[:1].isalpha()]
    titled = any(word.rstrip(".") in entries("titles") for word in words[:begin])
    vouched = titled or is_given(words[begin]) or words[-1] in alone.words or holds_office(doc, mention)
    if not begin or (mention.type != "person" and (len(rest) < 2 or not vouched or is_of_body(rest))):  # noqa: PLR2004 - a given and a family name
        return mention
    return replace(mention, start=mention.start + begin, type="person")


def holds_office(doc: Doc, mention: Mention) -> bool:
    """Whether the words before a name are an office that goes on into it (Speaker of the [House of Representatives Jane Roe])."""
    before = doc[max(0, mention.start - 3) : mention.start]
    return any(token.lower_ in entries("titles") for token in before) and any(token.lower_ == "of" for token in before)


def office_end(doc: Doc, mention: Mention, words: Sequence[str]) -> int:
    """How many words of a name end the office before it; 0 where none does."""
    if mention.type == "person" or not holds_office(doc, mention):
        return 0
    return max((i + 1 for i, word in enumerate(words[:-2]) if word in meanings("organization_nouns")), default=0)


def country_end(doc: Doc, mention: Mention) -> int:
    """How many words of a name are the country of the office before it (President of [Chad] Idris Roe): one or none."""
    start, end = mention.start, mention.end
    titled = start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in entries("titles")
    named = mention.type == "person" or is_given(doc[start + 1].lower_) if end - start > 2 else False  # noqa: PLR2004 - two names stay
    return int(titled and named)


def name_start(words: Sequence[str], alone: Alone) -> int:
    """How many of the lower-case words stand before a person's name: up to the last title, or up to the first name."""
    words = words[:-1] if words and words[-1].replace(".", "") in LETTERS_AFTER else words
    if len(words) > 1 and words[0] in entries("calendar") and not is_given(words[0]):
        return 1
    if len(words) < 3:  # noqa: PLR2004 - no room for a title and a name
        return 0
    if is_given(words[0]) and words[1] not in entries("titles"):
        return int(is_office(words[0]) and words[1] in alone.words)  # the skip Baek Ha-eun, who is called Baek
    begin = max((i + 1 for i, word in enumerate(words[:-1]) if is_office(word.rstrip("."))), default=0)
    begin = max((i + 1 for i, word in enumerate(words[:-1]) if word in entries("prepositions") - {"de", "of"}), default=begin)
    if begin and words[begin] == "of":
        begin = min(begin + 2, len(words) - 1)
    while 0 < begin < len(words) - 1 and words[begin] in BETWEEN_TITLES:
        begin += 1
    given = [i for i, word in enumerate(words[:-1]) if i >= begin and is_given(word) and word not in entries("name_particles")]
    return given[-1] if given and ((begin and words[-1] in alone.words) or words[0] in alone.places) else begin


def is_office(word: str) -> bool:
    """Whether a lower-case word inside a name is an office; Azman is none, for all its ending."""
    return is_person_noun(word) and (not word.endswith("man") or word in entries("role_nouns") | entries("person_nouns"))


def is_of_body(words: Iterable[str]) -> bool:
    """Whether a word tells that a name is an organization's."""
    return any(word in meanings("organization_nouns") or word in JOINING for word in words)


def is_given(word: str) -> bool:
    """Whether a lower-case word is a first name; of United and its like nobody thinks as one."""
    return word not in meanings("organization_nouns") and is_given_name(word)


def name_in(doc: Doc, mention: Mention, alone: Alone) -> Mention | None:
    """The name that a noun phrase turns out to be: its head, a proper noun, and the capitalised words around it; None for no name."""
    head = doc[mention.head]
    hyphenated = head.i > mention.start + 1 and doc[head.i - 1].text == "-" and doc[head.i - 2].text[:1].isupper()
    if not (head.text[:1].isupper() or hyphenated) or is_demonym(doc, mention):
        return None
    start, end = capitalised(doc, mention)
    while start < end - 1 and (any(map(is_person_noun, singulars(bare(doc[start])))) or doc[start].lower_ in BETWEEN_TITLES):
        start += 1
    start += name_start([token.lower_ for token in doc[start:end]], alone)
    start += country_end(doc, replace(mention, start=start, end=end, type="person"))
    words = [token.lower_ for token in doc[start:end]]
    article = start > 0 and doc[start - 1].lower_ == "the"
    body = article or is_of_body(words) or words[-1] in entries("documents")
    found = replace(mention, start=start, end=end, form="name", type="organization" if body else "person")
    office = all(is_office(word.rstrip(".")) or word in entries("titles") for word in words)
    return found if mention_keys(doc, found) and not (office and found.type == "person") else None


def capitalised(doc: Doc, mention: Mention) -> tuple[int, int]:
    """The capitalised words around a mention's head, small words between two of them included (Office for Budget Responsibility)."""
    head, start, end = doc[mention.head], mention.head, mention.head + 1
    small = JOINING | {"-", "."}
    while end < len(doc) and (end < mention.end or doc[end].pos_ == "PROPN" or doc[end].text == "-"):
        if end >= mention.end and begins_person(doc[end]) and not is_titled_word(head):
            break
        step = 2 if doc[end].lower_ in small and end + 1 < len(doc) else 1
        if not doc[end + step - 1].text[:1].isupper() and doc[end].text != "-":
            break
        end = min(end + step, len(doc))
    while start > mention.start:
        step = 2 if doc[start - 1].lower_ in small and start - 1 > mention.start else 1
        if not doc[start - step].text[:1].isupper():
            break
        start -= step
    return start, end


def begins_person(token: Token) -> bool:
    """Whether a person's name begins with a token that is a first name."""
    return token.ent_iob_ == "B" and token.ent_type_ == "PERSON" and is_given(token.lower_)


def is_titled_word(token: Token) -> bool:
    """Whether a word is a title before a name."""
    return token.lower_.rstrip(".") in entries("titles")


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
    full = {name.keys: name.family for name in parts.values() if len(name.keys) > 1 and votes[name.keys] > 0 and not is_body(name)}
    inverted = {number for number, name in parts.items() if len(name.keys) > 1 and name.keys[0] in entries("reporting_forms")}
    families = {family for keys, family in full.items() if keys[0] not in entries("reporting_forms")}
    for number in inverted:
        if parts[number].family in families:
            parts[number] = person_name(parts[number].text.split(maxsplit=1)[1]) or parts[number]
    families = set(full.values())
    known_tails = {name.keys for name in parts.values() if len(name.keys) > 1 and votes[name.keys] > 0}
    for keys in {name.keys for name in parts.values()}:
        if any(keys[i:] in known_tails for i in range(1, len(keys) - 1)) and not is_of_body(keys):
            votes[keys] = abs(votes[keys]) or 1
    places = {name.family for number, name in parts.items() if len(name.keys) == 1 and is_where(page, number)} - families
    persons = {n: name for n, name in parts.items() if names_person(page, n, name, votes, families)}
    persons = {n: name for n, name in persons.items() if len(name.keys) > 1 or name.family not in places or is_titled(page, n)}
    return persons, [number for number in parts if number not in persons]


def is_where(page: Page, number: int) -> bool:
    """Whether a name stands behind a preposition that only places have (in Kelby), in the reporter's words."""
    mention = page.mentions[number]
    return mention.quote is None and mention.start > 0 and page.doc[mention.start - 1].lower_ in WHERE


def names_person(page: Page, number: int, name: PersonName, votes: Counter[tuple[str, ...]], families: set[str]) -> bool:
    """Whether a name is a person's in this article."""
    label = page.labels.get(number)
    if is_body(name) or (label is not None and label.sort == "body"):
        return False
    if label is not None or is_titled(page, number):
        return True
    if name.family not in families and is_initials(page, number):
        return False
    if len(name.keys) == 1 and name.family in families:
        place = page.doc[page.mentions[number].head].ent_type_ in PLACE_LABELS
        return votes[name.keys] > 0 or not place or number in page.sourced
    return votes[name.keys] > 0 or (votes[name.keys] == 0 and page.mentions[number].type == "person")


def is_initials(page: Page, number: int) -> bool:
    """Whether a name is a body's initials (RSPCA), not a turn's label (ROE: I will)."""
    text = page.text(number)
    return text.isupper() and is_acronym(text) and not is_labelled(page, number)


def is_body(name: PersonName) -> bool:
    """Whether a name ends in a noun for an organization (Kent Police), unless it is a family name, too, after a first name (Emily Post)."""
    if len(name.keys) == 1 or name.family not in meanings("organization_nouns"):
        return False
    return name.family not in ALSO_FAMILIES or given_name_gender(name.keys[0]) is None


def is_titled(page: Page, number: int) -> bool:
    """Whether a title stands right before a name (PM Roe)."""
    start = page.mentions[number].start
    return start > 0 and page.doc[start - 1].lower_.rstrip(".") in entries("titles")
