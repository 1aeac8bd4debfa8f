"""Lists of names with a plural description that all of them share: Jane Roe and John Doe, directors of the mill, said."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import LEADS, OPENERS, Stretch, describes, skip_spaces
from quoteapi.constructions.phrases import role_phrase
from quoteapi.constructions.words import CONJUNCTIONS, POSSESSIVES, is_person, word_class

WORDS_BEFORE_NAME = 4
"""Maximum words that may precede a name in a list: and his brother John Doe."""


def shared_apposition(doc: Doc, start: int, end: int) -> Stretch | None:
    """Returns the plural description after a list of names that includes `start`:`end`."""
    last = list_end(doc, end)
    if last is None:
        last = end if closes_list(doc, start) else None
    opener = len(doc) if last is None else skip_spaces(doc, last)
    if opener + 1 >= len(doc) or doc[opener].text not in OPENERS:
        return None
    first = opener + 1
    while first < len(doc) and doc[first].lower_ in LEADS:
        first += 1
    described = role_phrase(doc, first)
    if described is None or not described.plural or not describes(doc, described, plural=True):
        return None
    return first, described.end


def list_end(doc: Doc, end: int) -> int | None:
    """Returns the end of the list that continues after a name with commas and a conjunction; None if no other name follows."""
    i = skip_spaces(doc, end)
    closed = False
    while i + 1 < len(doc) and not closed and (doc[i].text == "," or doc[i].lower_ in CONJUNCTIONS):
        i += doc[i].text == ","
        closed = doc[i].lower_ in CONJUNCTIONS
        further = name_end(doc, i + closed)
        if further is None:
            return None
        i = further
    return i if closed else None


def name_end(doc: Doc, i: int) -> int | None:
    """Returns the end of the name that begins at `i`, or after a few words that belong to it."""
    first = i
    while i < min(len(doc), first + WORDS_BEFORE_NAME) and is_own_word(doc, i):
        i += 1
    begin = i
    while i < len(doc) and is_person(doc[i]):
        i += 1
    return i if i > begin else None


def is_own_word(doc: Doc, i: int) -> bool:
    """Whether a token may stand between a conjunction and a name: his younger brother."""
    return not is_person(doc[i]) and (doc[i].lower_ in POSSESSIVES or (doc[i].is_lower and word_class(doc[i]) in {"NOUN", "ADJ"}))


def closes_list(doc: Doc, start: int) -> bool:
    """Whether a name is the last of a list: a conjunction and another name precede it."""
    i = start
    while i > max(1, start - WORDS_BEFORE_NAME) and is_own_word(doc, i - 1):
        i -= 1
    if i < 1 or doc[i - 1].lower_ not in CONJUNCTIONS:
        return False
    before = i - 2 - (i > 1 and doc[i - 2].text == ",")
    return before >= 0 and is_person(doc[before])
