"""Appositions before the name: the port's head, Jane Roe, said; her successor at the bank, Jane Roe; the man who saw it, Jane Roe."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import CLOSERS, LEADS, PAST_LEADS, Stretch, skip_spaces
from quoteapi.constructions.nouns import is_role_word, singulars
from quoteapi.constructions.phrases import HeadTest, Phrase, phrase
from quoteapi.constructions.titles import is_courtesy
from quoteapi.constructions.words import CONJUNCTIONS, bare, is_break, is_finite, is_joint, is_person, word_class
from quoteapi.knowledge import entries

REACH = 40
CONDITIONAL = frozenset(
    {"would", "will", "'d", "’d", "could", "can", "may", "might", "should", "hopes", "wants", "plans", "promises", "vows"}
)
RELATIVES = frozenset({"which", "who", "that", "whom", "whose"})
CORRELATIVES = frozenset({"both", "neither", "nor", "either"})
LISTED = frozenset({"them", "these", "those"})
"""Pronouns that refer to a list: among them the port's head, Jane Roe."""


NAMING = frozenset({"known", "as", "in", "full", "called", "named", "formally", "officially"})
"""Words between a description's comma and the name that introduce it as a name."""


def apposition_before(doc: Doc, start: int, end: int, is_head: HeadTest) -> Stretch | None:
    """Returns the description before the name `start`:`end` and a comma: the port's head, Jane Roe, said."""
    comma = comma_before(doc, start)
    if comma is None:
        return None
    for first in range(max(0, comma - REACH), comma):
        if not may_open(doc, first):
            continue
        described = phrase(doc, first, is_head, limit=comma)
        if described is None or described.plural or not reaches(doc, described, comma):
            continue
        before = doc[first - 1].lower_ if first > 0 else ""
        if before == "as":
            return (described.bare, described.end) if not is_conditional(doc, end) else None
        if is_name_closed(doc, end) or opens_sentence(doc, end, first):
            return described.start - (before in PAST_LEADS), described.end
    return None


def comma_before(doc: Doc, start: int) -> int | None:
    """Returns the comma before a name and its Mr, Ms or article, or before words that introduce it as a name (the board, known as Lek)."""
    i = start - 1
    while i > 0 and (doc[i].lower_ in {"the", *NAMING} or is_style_of_address(doc, i) or (doc[i].is_space and not is_break(doc[i]))):
        i -= 1
    return i if i >= 1 and doc[i].text == "," else None


def is_style_of_address(doc: Doc, i: int) -> bool:
    """Whether a token is a form of address or a title, or the full stop of an abbreviated one (Prof .)."""
    word = doc[i - 1] if doc[i].text == "." else doc[i]
    return is_courtesy(doc, word.i) or (word.text[:1].isupper() and bare(word) in entries("titles"))


def reaches(doc: Doc, described: Phrase, comma: int) -> bool:
    """Whether a phrase extends to the comma, by itself or by a relative clause without people (the clerk who had cut in, Jane Roe)."""
    if described.end == comma:
        return True
    if doc[described.end].lower_ != "who":
        return False
    clause = doc[described.end + 1 : comma]
    if any(token.is_punct or is_break(token) or is_person(token) or is_any_person(doc, token.i) for token in clause):
        return False
    return any(is_finite(token) for token in clause)


def is_any_person(doc: Doc, i: int) -> bool:
    """Whether a noun denotes people, by their job or otherwise."""
    return word_class(doc[i]) == "NOUN" and (
        is_role_word(doc, i) or any(form in entries("nonrole_nouns") for form in singulars(bare(doc[i])))
    )


def may_open(doc: Doc, i: int) -> bool:
    """Whether a description may begin at token `i`: at a sentence's start, an article, or after a verb, comma or preposition."""
    if doc[i].is_space or doc[i].is_punct or is_joint(doc, i - 1):
        return False
    if i == 0 or doc[i - 1].is_space:
        return i == 0 or is_break(doc[i - 1])
    before = doc[i - 1]
    if doc[i].tag_ == "VBN" and word_class(before) == "AUX":
        return False
    among = before.lower_ in LISTED and i > 1 and doc[i - 2].lower_ == "among"
    if among or before.text in CLOSERS or before.lower_ in CONJUNCTIONS | RELATIVES | CORRELATIVES or before.tag_ == "CC":
        return True
    if doc[i].lower_ == "the" and before.is_lower and word_class(before) == "NOUN":
        return True
    named = word_class(doc[i]) == "PROPN" and before.is_lower and word_class(before) == "NOUN"
    return named or word_class(before) in {"VERB", "AUX", "ADP", "SCONJ", "ADV"}


def is_name_closed(doc: Doc, end: int) -> bool:
    """Whether the name is set off on its right too, so that the phrase before its comma can be an apposition to it."""
    i = skip_spaces(doc, end)
    if i >= len(doc) or is_break(doc[i]):
        return True
    return doc[i].text in {",", ".", ";", ":", ")", "(", "–", "—", "?", "!", "”", '"', "''"}


def opens_sentence(doc: Doc, end: int, first: int) -> bool:
    """Whether a description opens its sentence and the name after it is the subject: (Formerly) the head of the port, Jane Roe left."""
    i = skip_spaces(doc, end)
    if i + 1 >= len(doc) or not is_finite(doc[i]) or doc[i + 1].text == "," or doc[end - 1].ent_type_ in {"GPE", "LOC"}:
        return False
    led = first > 0 and doc[first - 1].lower_ in LEADS
    start = first - led
    return (led or doc[first].lower_ in {"a", "an"}) and (start == 0 or doc[start].is_sent_start is True or is_break(doc[start - 1]))


def is_conditional(doc: Doc, end: int) -> bool:
    """Whether the verb of the name is conditional: As president, Roe would … states no office."""
    return any(token.lower_ in CONDITIONAL for token in doc[end : end + 3])
