"""The parts of a role: title, organization, status (former, acting), party and constituency."""

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.constructions.nouns import is_organization_word, is_role_word
from quoteapi.constructions.words import DETERMINERS, POSSESSIVES, bare, is_joint, is_possessive_mark, joined, word_class
from quoteapi.knowledge import meanings
from quoteapi.roles.parties import party_of_role
from quoteapi.structs import Status

STATUS_WORDS: dict[str, Status] = {
    "former": "former",
    "ex": "former",
    "formerly": "former",
    "onetime": "former",
    "erstwhile": "former",
    "once": "former",
    "previously": "former",
    "retired": "former",
    "then": "former",
    "until": "former",
    "acting": "acting",
    "interim": "interim",
    "caretaker": "acting",
    "elect": "elect",
    "designate": "elect",
    "incoming": "elect",
    "deputy": "deputy",
    "late": "late",
}


class RoleParts(Struct, frozen=True):
    """The parts of a role; None where a part is missing or cannot be isolated."""

    title: str | None = None
    organization: str | None = None
    status: Status = "current"
    party: str | None = None
    constituency: str | None = None


PAST_FORMS = frozenset({"served", "worked", "acted", "resigned", "retired", "quit", "began", "started", "down"})
"""Words before “as” that indicate a former office."""
LINKS = frozenset({"of", "at", "for", "with", "from", "in", "on", "to", "under"})
COUNTRIES = frozenset({"US", "U.S", "UK", "U.K", "United States", "United Kingdom"})
"""Countries that pipelines tag as organizations."""
TITLE_MODIFIERS = frozenset({"majority", "minority", "deputy", "assistant", "prime", "chief", "vice", "district", "senior", "associate"})
PLACES = frozenset({"GPE", "LOC"})
TITLE_TAILS = frozenset(
    {"state", "staff", "war", "defense", "defence", "finance", "justice", "education", "health", "surgery", "law", "debate", "information"}
)


def status_of(doc: Doc, start: int, end: int, *, head: int) -> Status:
    """Returns the status of the role in tokens `start`:`end`, by its words up to its head."""
    if start > 0 and doc[start - 1].lower_ == "as" and any(token.lower_ in PAST_FORMS for token in doc[max(0, start - 5) : start - 1]):
        return "former"
    last = min(end, joined(doc, head)[1] + 1)
    for token in doc[start:last]:
        word = bare(token)
        status = STATUS_WORDS.get(word)
        if status is None and word.startswith("ex-"):
            return "former"
        if status == "late" and token.i + 1 < len(doc) and doc[token.i + 1].text == "-":
            continue
        if status is not None:
            return status
    return "current"


def head_of(doc: Doc, start: int, end: int) -> int:
    """Returns the first role noun that ends its run of modifiers: secretary in “US Secretary of State”."""
    for i in range(start, end):
        if not is_role_word(doc, i) or i + 1 < joined(doc, i)[1]:
            continue
        following = i + 1
        if following >= end or doc[following].lower_ in LINKS or doc[following].lower_ in {"and", "&", "who"} or doc[following].is_punct:
            return i
    for i in range(end - 1, start - 1, -1):
        if is_role_word(doc, i):
            return i
    return end - 1


def parts_of(doc: Doc, start: int, end: int) -> RoleParts:
    """Returns the parts of the role in tokens `start`:`end`."""
    if doc[start].lower_ in LINKS or word_class(doc[start]) == "VERB":
        body = body_after(doc, start - 1, end) if doc[start].lower_ in LINKS else object_body(doc, start + 1, end)
        return RoleParts(organization=doc[body[0] : body[1]].text if body is not None else None)
    first = without_determiners(doc, start, end)
    if start < first < end - 2 and doc[first - 1].lower_ == "one" and doc[first].lower_ == "of":
        first = without_determiners(doc, first + 1, end)
    if first >= end or not any(is_role_word(doc, i) for i in range(first, end)):
        named = first < end and all(token.ent_type_ == "ORG" for token in doc[first:end])
        return RoleParts(organization=doc[first:end].text if named else None)
    head = head_of(doc, first, end)
    owner_end, owner = owner_before(doc, first, head)
    title = doc[owner_end : title_limit(doc, head, end)].text.strip(" ,")
    body = body_after(doc, head, end) if owner is None else None
    organization = doc[body[0] : body[1]].text if body is not None else owner
    party, constituency = party_of_role(doc, first, end, head)
    return RoleParts(without_abbreviations(title) or None, organization, status_of(doc, start, end, head=head), party, constituency)


def without_abbreviations(title: str) -> str:
    """Expands the abbreviations in a title: Lieutenant Governor for Lt. Gov."""
    full = meanings("title_abbreviations")
    return " ".join(" ".join(full[word.rstrip(".").lower()]) if is_abbreviation(word) else word for word in title.split())


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviated title, with a full stop or a capital (Sen, Lt)."""
    return word.rstrip(".").lower() in meanings("title_abbreviations") and word[:1].isupper()


def without_determiners(doc: Doc, start: int, end: int) -> int:
    """Returns the first token from `start` on that is neither a determiner nor a possessive pronoun."""
    while start < end and (doc[start].lower_ in DETERMINERS or doc[start].lower_ in POSSESSIVES):
        start += 1
    return start


def object_body(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Returns the organization that is the object of a verb such as *head*: heads the dockers' union."""
    first = without_determiners(doc, start, end)
    close = first
    while close < end and doc[close].lower_ not in LINKS - {"of", "for"} and doc[close].text != ",":
        close += 1
    body = any(token.ent_type_ == "ORG" or is_organization_word(doc, token.i) for token in doc[first:close])
    return (first, close) if close > first and body else None


def owner_before(doc: Doc, first: int, head: int) -> tuple[int, str | None]:
    """Returns where the title begins after its possessor or the organization before it, and that organization."""
    for i in range(first, head):
        if is_possessive_mark(doc[i]):
            name = doc[first:i]
            body = any(token.ent_type_ == "ORG" or is_organization_word(doc, token.i) for token in name)
            return i + 1, name.text if body else None
    i = first
    while i < head and doc[i].ent_type_ == "ORG" and doc[i].lower_ not in TITLE_MODIFIERS and not is_role_word(doc, i):
        i += 1
    # part of a compound (NATO-led), an adjective or a country modifies the title and is not the organization
    if i == first or is_joint(doc, i) or is_joint(doc, i - 1) or doc[i - 1].tag_ == "JJ" or doc[first:i].text.rstrip(".") in COUNTRIES:
        return first, None
    return i, doc[first:i].text


def title_limit(doc: Doc, head: int, end: int) -> int:
    """Returns where the title ends: at a comma, participle, relative clause or further role, or a preposition before a body or place."""
    i = joined(doc, head)[1]
    while i < end:
        token = doc[i]
        coordinated = token.lower_ in {"and", "&"} and i + 1 < end and (doc[i + 1].lower_ in DETERMINERS or doc[i + 1].lower_ == "former")
        if coordinated or token.lower_ in {"who", "which", "that"} or token.tag_ in {"VBN", "VBG"} or token.text == ",":
            return i
        if token.lower_ in LINKS and names_entity(doc, i, end):
            return i
        i += 1
    return end


def names_entity(doc: Doc, preposition: int, end: int) -> bool:
    """Whether a prepositional phrase inside a role names an organization, a person or a place."""
    for token in doc[preposition + 1 : min(end, preposition + 10)]:
        if token.lower_ in LINKS:
            return False
        if token.ent_type_ in {"ORG", "PERSON", *PLACES}:
            return token.lower_ not in TITLE_TAILS
        if token.text[0].isupper() and token.lower_ not in TITLE_TAILS:
            return True
        if is_organization_word(doc, token.i):
            return True
    return False


def body_after(doc: Doc, head: int, end: int) -> tuple[int, int] | None:
    """Returns the organization in the complements of a role's head."""
    for i in range(head + 1, end - 1):
        if doc[i].lower_ not in LINKS:
            continue
        first = without_determiners(doc, i + 1, end)
        close = first
        while close < end and not ends_body(doc, close, end):
            close += 1
        tokens = doc[first:close]
        named = any(token.ent_type_ == "ORG" and token.lower_ not in TITLE_TAILS for token in tokens)
        kind = any(is_organization_word(doc, token.i) and token.lower_ not in TITLE_TAILS for token in tokens)
        if (
            close > first
            and (named or kind or is_proper(doc, i + 1, first, close))
            and not any(token.ent_type_ == "PERSON" for token in tokens)
        ):
            return first, close
    return None


def ends_body(doc: Doc, i: int, end: int) -> bool:
    """Whether token `i` cannot continue an organization's name."""
    if doc[i].lower_ in {"and", "&"}:
        return i + 1 < end and (doc[i + 1].lower_ in DETERMINERS or doc[i + 1].lower_ in LINKS or is_role_word(doc, i + 1))
    if doc[i].text == ",":
        following = doc[i + 1] if i + 1 < end else None
        return following is None or following.ent_type_ in PLACES or following.lower_ in DETERMINERS or is_role_word(doc, i + 1)
    return doc[i].lower_ in {"at", "on", "under", "in", "with", "from"} or doc[i].tag_ == "VBG"


def is_proper(doc: Doc, start: int, first: int, end: int) -> bool:
    """Whether an article and several capitalized words, not a place, name an organization: the Norwegian Red Cross."""
    article = start < first and doc[first - 1].lower_ == "the"
    capitalized = sum(token.text[:1].isupper() for token in doc[first:end])
    return article and capitalized > 1 and doc[end - 1].text[:1].isupper() and doc[end - 1].ent_type_ not in {"NORP", *PLACES}
