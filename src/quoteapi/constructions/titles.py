"""Titles before the name: Secretary of State Antony Blinken, Kazakhstan's President, the head of the port authority Jane Roe.

Read leftwards from the name. Only the nearest title belongs to the name: in “a spokesman for President Doe” the spokesman is someone else.
"""

from spacy.tokens import Doc, Token

from quoteapi.constructions.nouns import (
    AFTER_ROLE,
    PLURAL_ABBREVIATIONS,
    is_belonging_word,
    is_organization_word,
    is_owned,
    is_plural,
    is_role_word,
)
from quoteapi.constructions.runs import MODIFIERS, is_seam, is_time
from quoteapi.constructions.words import (
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    bare,
    is_break,
    is_joint,
    is_person,
    is_possessive_mark,
    word_class,
)
from quoteapi.knowledge import entries

REACH = 24
ADVERBS_OF_TITLES = frozenset({"then", "now", "longtime", "formerly", "long"})
PREPOSITIONS_IN_TITLE = 4
"""Maximum prepositions between a role noun and the name."""
COMPARED = frozenset({"elder", "younger"})
PENDING = frozenset({"acting", "outgoing", "incoming", "retiring", "managing", "founding", "presiding"})
"""Participles that belong to the title after them, with or without an article."""
AGENTS = ("er", "or", "ist", "eer", "ian", "wright", "smith")
SHORTEST_AGENT = 6
"""Minimum letters of a noun that counts as an agent noun by its ending."""
LINKS = frozenset({"of", "for", "at", "on", "to", "in"})
"""Prepositions inside a title that extends to the name."""


def title_before(doc: Doc, start: int) -> tuple[int, int] | None:
    """Returns the title right before the name at token `start`, as a half-open span of tokens without article; None if there is none."""
    end = without_courtesies(doc, start)
    if end is None:
        return shared_title(doc, start)
    begin = run_start(doc, end)
    body = across_preposition(doc, begin) if begin < end and doc[end - 1].ent_type_ == "ORG" else None
    if body is not None:
        return with_determiner(doc, body), end
    if begin < end and ends_in_title(doc, begin, end) and not is_courtesy(doc, end - 1) and may_be_plural(doc, end - 1, start):
        return with_determiner(doc, with_coordination(doc, begin, end)), end
    # The run may be the object of a preposition, with the title before that (head of the port authority Jane Roe).
    if begin < end and word_class(doc[end - 1]) in {"PROPN", "NOUN"} and (not is_person(doc[end - 1]) or is_swallowed(doc, end - 1, end)):
        outer = across_preposition(doc, begin)
        if outer is not None:
            return with_determiner(doc, outer), end
    return None


def ends_in_title(doc: Doc, begin: int, end: int) -> bool:
    """Whether a run before a name ends in a title: harbour master, board member; not “the elder” or “the younger” of two."""
    if is_belonging_word(doc, end - 1) and not is_role_word(doc, end - 1):
        return is_owned(doc, max(0, begin - 1), begin, end - 1) or is_bare_member(doc, begin, end)
    compared = doc[end - 1].lower_ in COMPARED and end - begin == 1 and begin > 0 and doc[begin - 1].lower_ == "the"
    return (is_role_word(doc, end - 1) or is_agent(doc, end - 1)) and not compared


def is_agent(doc: Doc, i: int) -> bool:
    """Whether a common noun right before a name is an agent noun that is in no list (weather forecaster Jane Roe)."""
    token = doc[i]
    plain = token.tag_ == "NN" and token.is_lower and token.is_alpha and len(token) >= SHORTEST_AGENT and i + 1 < len(doc)
    if not (plain and token.text.endswith(AGENTS) and is_person(doc[i + 1])):
        return False
    return not any(token.text in entries(name) for name in ("nonrole_nouns", "occasions", "works", "documents"))


def is_bare_member(doc: Doc, begin: int, end: int) -> bool:
    """Whether *member* alone, without an article, stands before a name as a title (said member Jane Roe)."""
    return doc[begin:end].text.lower() == "member" and (begin == 0 or doc[begin - 1].lower_ not in DETERMINERS | POSSESSIVES)


def may_be_plural(doc: Doc, i: int, start: int) -> bool:
    """Whether the title `i` is singular, or a list of names follows (Senators Roe and Doe; not the House of Representatives Jane Roe)."""
    if not is_plural(doc[i]):
        return True
    name_end = start
    while name_end < min(len(doc), start + REACH) and (is_person(doc[name_end]) or doc[name_end].text[:1].isupper()):
        name_end += 1
        if name_end + 1 < len(doc) and doc[name_end].lower_ == "of" and doc[name_end + 1].text[:1].isupper():
            name_end += 1
    listed = name_end < len(doc) and (doc[name_end].lower_ in CONJUNCTIONS or doc[name_end].text == ",")
    return listed and doc[i - 1].lower_ not in LINKS if i > 0 else listed


def kind_before(doc: Doc, start: int) -> tuple[int, int] | None:
    """Returns the noun phrase that says what kind of organization the name at `start` is: the [relief agency] Dove."""
    begin = run_start(doc, start)
    first = begin
    while first < start and doc[first].lower_ in DETERMINERS:
        first += 1
    if first < start and doc[start - 1].is_lower and is_organization_word(doc, start - 1):
        article = begin > 0 and doc[begin - 1].lower_ in {"the", "a", "an"}
        return (first, start) if article or start - first > 1 else None
    return None


def without_courtesies(doc: Doc, start: int) -> int | None:
    """Returns where the title ends, without Mr., Dr. and the like; None if no title can precede the name in its line."""
    i = start
    while i > 0:
        before = doc[i - 1]
        if is_break(before):
            break
        if before.is_space or is_courtesy(doc, i - 1) or (before.text == "." and i > 1 and is_courtesy(doc, i - 2)):
            i -= 1
        else:
            break
    return (
        i if i > 0 and (doc[i - 1].is_alpha or doc[i - 1].text.endswith(".") or is_joint(doc, i - 2)) and not is_link_only(doc, i) else None
    )


def is_link_only(doc: Doc, i: int) -> bool:
    """Whether a conjunction stands right before the name, whose title may be shared."""
    return doc[i - 1].lower_ in CONJUNCTIONS


def is_courtesy(doc: Doc, i: int) -> bool:
    """Whether a token is a form of address that states no job; after a noun of its own it may state one (Harbour Master)."""
    if bare(doc[i]) not in entries("courtesies"):
        return False
    return i == 0 or doc[i - 1].dep_ != "compound" or doc[i - 1].head.i != i or not is_role_word(doc, i)


def run_start(doc: Doc, end: int) -> int:
    """Returns the start of the run of modifiers and nouns that ends before token `end`, in its line."""
    i = end
    while i > max(0, end - REACH) and continues_left(doc, i - 1, end) and not (i < end and is_seam(doc, i - 1)):
        i -= 1
    if 0 < i < end and is_person(doc[i - 1]) and doc[i].lower_.endswith("ed"):
        i += 1  # a verb taken for an adjective: John Doe married | economist Jane Roe
    while i < end and (doc[i].is_space or doc[i].is_punct or is_possessive_mark(doc[i]) or is_time(doc, i) or is_count(doc, i)):
        i += 1
    return i


def is_count(doc: Doc, i: int) -> bool:
    """Whether a number stands alone, not in a hyphenated word: three | senators, but nine-term senator."""
    return word_class(doc[i]) == "NUM" and not is_joint(doc, i + 1)


def continues_left(doc: Doc, i: int, end: int) -> bool:
    """Whether token `i` belongs to the same run as token `i + 1`."""
    token = doc[i]
    kind = word_class(token)
    if token.is_space or is_break(token):
        return not is_break(token)
    follows = token.lower_ in AFTER_ROLE and i > 0 and is_role_word(doc, i - 1)
    if follows or is_joint(doc, i - 1) or is_joint(doc, i) or is_joint(doc, i + 1) or token.text in {"/", "&"}:
        return True
    acronym = token.is_upper and len(token) > 1 and i + 1 < end and doc[i + 1].is_lower
    # Another person's name is part of the run only before more of it, a possessive or a noun.
    if is_person(token) and not is_role_word(doc, i) and not is_swallowed(doc, i, end) and not acronym:
        return i + 1 < end and (is_person(doc[i + 1]) or is_possessive_mark(doc[i + 1]) or word_class(doc[i + 1]) in {"NOUN", "PROPN"})
    if kind in MODIFIERS and token.lower_ not in LINKS:
        return not (token.lower_ in entries("reporting_forms") and token.is_lower and not is_role_word(doc, i))
    if kind == "VERB":
        return i + 1 < end and is_participle(doc, i)
    abbreviated = token.text == "." and i > 0 and bare(doc[i - 1]) in entries("title_abbreviations") | PLURAL_ABBREVIATIONS
    return abbreviated or (is_possessive_mark(token) and i + 1 < end) or (kind == "ADV" and token.lower_ in ADVERBS_OF_TITLES)


def is_participle(doc: Doc, i: int) -> bool:
    """Whether a verb is used as an adjective inside a title: the acting head, acting head."""
    return doc[i].lower_ in PENDING


def is_swallowed(doc: Doc, i: int, end: int) -> bool:
    """Whether token `i` was recognized as part of the name that begins at `end`: the Iran of “leader of Iran Jane Roe”."""
    return end < len(doc) and all(token.ent_iob_ == "I" for token in doc[i + 1 : end + 1])


def across_preposition(doc: Doc, begin: int) -> int | None:
    """Returns the start of a title whose role noun precedes a preposition: Secretary of State, head of the port authority."""
    i = begin
    for _ in range(PREPOSITIONS_IN_TITLE):
        while i > 0 and doc[i - 1].lower_ in {"the", "a", "an", "its", "their", "his", "her"}:
            i -= 1
        if i <= 1:
            return None
        if doc[i - 1].text == "," and doc[i].ent_type_ in {"GPE", "LOC", "PERSON"} and is_place(doc[i - 2]):
            i = run_start(doc, i - 1)
            continue
        if doc[i - 1].lower_ in CONJUNCTIONS and not is_person(doc[i - 2]):
            outer = run_start(doc, i - 1)
            if outer < i - 1:
                i = outer
                continue
        if doc[i - 1].lower_ not in LINKS:
            return None
        outer = run_start(doc, i - 1)
        if outer >= i - 1 or is_person(doc[i - 2]):
            return None
        if is_role_word(doc, i - 2):
            return with_coordination(doc, outer, i - 1) if not is_plural(doc[i - 2]) else None
        i = outer
    return None


def is_place(token: Token) -> bool:
    """Whether a token is a place name, or the end of one that may also be an organization's (Kelby County)."""
    return token.ent_type_ in {"GPE", "LOC"} or token.lower_ in {"county", "parish", "city"}


def with_coordination(doc: Doc, begin: int, end: int) -> int:
    """Returns the start of a title with the titles coordinated to its left: founder and owner Jane Roe; actor, director and poet Roe."""
    i = begin
    linked = False
    while i > 1 and (doc[i - 1].lower_ in CONJUNCTIONS or (linked and doc[i - 1].text == ",")):
        last = i - 2 - (doc[i - 2].text == ",")
        other = run_start(doc, last + 1)
        same_case = doc[i].text[0].isupper() == doc[last].text[0].isupper() or doc[end - 1].is_lower == doc[last].is_lower
        # Coordinated titles agree in number and in their capitals.
        if other > last or not is_role_word(doc, last) or is_plural(doc[last]) != is_plural(doc[end - 1]) or not same_case:
            break
        i, linked = other, True
    return i


def with_determiner(doc: Doc, begin: int) -> int:
    """Returns the start with the article of a possessor: the company's chief executive, not “company's chief executive”."""
    if begin == 0 or doc[begin - 1].lower_ not in {"the", "a", "an"}:
        return begin
    for token in doc[begin : begin + 4]:
        if is_possessive_mark(token):
            return begin - 1
    return begin


def shared_title(doc: Doc, start: int) -> tuple[int, int] | None:
    """Returns the plural title of a list of names that includes this one: Senators Jane Roe and John Doe."""
    i = start
    while i > max(1, start - REACH) and (doc[i - 1].lower_ in CONJUNCTIONS or doc[i - 1].text == ","):
        i -= 1
        while i > 0 and doc[i - 1].text == ",":
            i -= 1
        i = before_place(doc, i)
        name_end = i
        while i > 0 and is_person(doc[i - 1]):
            i -= 1
        if i == name_end:
            return None
    if i in {0, start} or not is_role_word(doc, i - 1) or not is_plural(doc[i - 1]):
        return None
    return run_start(doc, i), i


def before_place(doc: Doc, end: int) -> int:
    """Returns the end of a name before its place or organization (Jane Roe [of Kelby]); `end` if there is none."""
    i = end
    while i > 0 and (is_place(doc[i - 1]) or doc[i - 1].ent_type_ == "ORG"):
        i -= 1
    return i - 1 if 0 < i < end and doc[i - 1].lower_ == "of" else end
