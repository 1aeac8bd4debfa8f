"""Runs of modifiers and their noun, and the prepositional phrases built from them.

A run extends from the determiner to the end of the noun: Washington-based senior policy researcher.
"""

from spacy.tokens import Doc, Token

from quoteapi.constructions.nouns import is_role_word
from quoteapi.constructions.words import (
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_break,
    is_finite,
    is_joint,
    is_person,
    is_possessive_mark,
    word_class,
)
from quoteapi.knowledge import entries

MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X", "SYM", "INTJ"})
OPENING = {"“": "”", "‘": "’", '"': '"', "'": "'", "''": "''", "``": "''", "«": "»"}
TITLE_OF_WORK = 12
"""Maximum tokens between marks that count as a name (editor of “The Harbour News”)."""
SPANS_OF_TIME = frozenset(
    {"year", "month", "week", "night", "spring", "summer", "fall", "autumn", "winter", "morning", "evening", "afternoon"}
)
STRETCHES_OF_TIME = frozenset({"year", "years", "month", "months", "week", "weeks", "decade", "decades", "day", "days"})
UNIONS = frozenset({"US", "U.S", "UK", "U.K", "UN", "U.N", "EU", "E.U"})
DATING = frozenset({"last", "this", "next", "earlier", "past", "late", "early"})


def skip_determiners(doc: Doc, i: int, stop: int) -> int:
    """Returns the first token that is not a determiner, possessive pronoun or space."""
    while i < stop and not is_break(doc[i]) and (doc[i].is_space or doc[i].lower_ in DETERMINERS or doc[i].lower_ in POSSESSIVES):
        i += 1
    return i


def is_seam(doc: Doc, i: int) -> bool:
    """Whether one phrase ends at token `i` and another begins after it: after the vote | US Secretary of State."""
    following = doc[i + 1]
    if word_class(doc[i]) != "NOUN" or not doc[i].is_lower or not following.text[0].isupper() or is_joint(doc, i - 1):
        return False
    if doc[i].tag_ == "NNS" or following.ent_type_ in {"GPE", "NORP"} or following.text.rstrip(".") in UNIONS:
        return True
    return not is_role_word(doc, i + 1) and not is_person(following) and not following.is_upper


def is_modifier(doc: Doc, i: int, stop: int) -> bool:
    """Whether token `i` may stand inside a run of modifiers and their noun."""
    token = doc[i]
    kind = word_class(token)
    following = doc[i + 1] if i + 1 < stop else None
    if is_joint(doc, i - 1) or is_joint(doc, i) or is_joint(doc, i + 1):
        return True
    if token.is_space or is_possessive_mark(token):
        return not is_break(token) and i > 0 and following is not None and not (is_possessive_mark(token) and is_finite(following))
    if kind in MODIFIERS:
        return not counts_time(doc, i, stop) and (token.lower_ not in PREPOSITIONS or token.text[0].isupper())
    if kind == "VERB":
        return not is_finite(token) and following is not None and word_class(following) in {"NOUN", "ADJ", "PROPN"}
    if kind == "ADV":
        return following is not None and word_class(following) in {"ADJ", "VERB", "NOUN", "ADV"}
    return token.text in {"/", "&"} and 0 < i < stop - 1


def counts_time(doc: Doc, i: int, stop: int) -> bool:
    """Whether a number after a noun counts time: a winger | nine years his junior."""
    return doc[i].like_num and 0 < i < stop - 1 and doc[i + 1].lower_ in STRETCHES_OF_TIME and word_class(doc[i - 1]) == "NOUN"


def run_end(doc: Doc, start: int, stop: int) -> int:
    """Returns the end of the run of modifiers and nouns that begins at `start`; a possessor's run continues after its 's."""
    i = start
    while i < stop:
        if (
            is_modifier(doc, i, stop)
            or is_inner_comma(doc, i, start, stop)
            or is_inner_conjunction(doc, i, start, stop)
            or (i > start and is_possessive_mark(doc[i - 1]) and doc[i].lower_ in {"first", "own", "most"})
        ):
            i += 1
        else:
            break
    while i > start and (doc[i - 1].is_space or doc[i - 1].is_punct or is_possessive_mark(doc[i - 1]) or word_class(doc[i - 1]) == "ADV"):
        i -= 1
    return i


def is_inner_comma(doc: Doc, i: int, start: int, stop: int) -> bool:
    """Whether a comma stands between two adjectives: award-winning, best-selling author."""
    if doc[i].text != "," or not start < i < stop - 1:
        return False
    return word_class(doc[i - 1]) in {"ADJ", "VERB"} and word_class(doc[i + 1]) in {"ADJ", "VERB", "ADV"} and not is_finite(doc[i + 1])


def is_inner_conjunction(doc: Doc, i: int, start: int, stop: int) -> bool:
    """Whether a conjunction joins modifiers, and does not follow a role noun: science and medical blog."""
    if doc[i].lower_ not in CONJUNCTIONS or not start < i < stop - 1:
        return False
    if is_role_word(doc, i - 1) or is_person(doc[i - 1]) or is_person(doc[i + 1]):
        return False
    before, after = word_class(doc[i - 1]), word_class(doc[i + 1])
    if before == "ADJ" and after in {"ADJ", "NOUN"}:
        return True
    return before == after == "PROPN" or (before == after == "NOUN" and is_modifier(doc, i + 2, stop) if i + 2 < stop else False)


def without_times(doc: Doc, start: int, end: int) -> int:
    """Returns the end without words for the time of an utterance: spokesman Tuesday, ambassador to Norway last year."""
    while end > start and is_time(doc, end - 1):
        end -= 1
        while end > start and doc[end - 1].lower_ in DATING:
            end -= 1
    return end


def is_time(doc: Doc, i: int) -> bool:
    """Whether a token is the name of a day, or a period after a word that dates it (last year)."""
    lower = doc[i].lower_
    if lower in entries("occasions") and (lower.endswith("day") or lower in {"tonight", "tomorrow"}):
        return lower not in {"day", "holiday"}
    return lower in SPANS_OF_TIME and i > 0 and doc[i - 1].lower_ in DATING


def prepositional_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of the prepositional phrase at `i`, unless it states the occasion of an utterance."""
    if i >= stop or doc[i].lower_ not in PREPOSITIONS or word_class(doc[i]) not in {"ADP", "SCONJ", "PART"}:
        return None
    end = object_end(doc, i + 1, stop)
    if end is None or is_occasion(doc, i, end):
        return None
    return end


def is_occasion(doc: Doc, preposition: int, end: int) -> bool:
    """Whether a prepositional phrase states when, where or in what an utterance was made: in a statement, on Monday."""
    if doc[preposition].lower_ in {"of", "for"}:
        return doc[preposition].lower_ == "for" and is_duration(doc, preposition + 1, end)
    head = doc[end - 1]
    forms = {head.lower_, head.lower_.rstrip("s")}
    if forms & entries("occasions"):
        return not (doc[preposition].lower_ == "at" and head.text[0].isupper())
    bare_number = end - preposition == 2 or doc[end - 2].lower_ in entries("calendar")  # noqa: PLR2004 - the preposition and the number
    return head.like_num and bare_number and doc[preposition].lower_ in {"in", "on", "from"}


def is_duration(doc: Doc, start: int, end: int) -> bool:
    """Whether a phrase is a duration: seventeen years, more than a decade, months."""
    return doc[end - 1].lower_ in STRETCHES_OF_TIME and (end - start == 1 or any(is_amount(token) for token in doc[start : end - 1]))


def is_amount(token: Token) -> bool:
    """Whether a word is a number or a quantifier: nine, 20, several, a."""
    return token.like_num or token.lower_ in {"a", "an", "many", "several", "some", "few", "two"}


def object_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a preposition's object that begins at `i`: a noun phrase, a name, a work's title between marks."""
    first = skip_determiners(doc, i, stop)
    if first >= stop:
        return None
    if doc[first].text in OPENING:
        return marked_end(doc, first, stop)
    if word_class(doc[first]) == "VERB" and doc[first].tag_ == "VBG":
        return object_end(doc, first + 1, stop) if first + 1 < stop and doc[first + 1].text not in OPENING else None
    end = without_times(doc, first, run_end(doc, first, stop))
    if end == first and word_class(doc[first]) == "PRON" and doc[first].lower_ not in {"who", "which", "whom", "that"}:
        return None
    saint = end < stop and doc[first].lower_.rstrip(".") == "st" and is_possessive_mark(doc[end])
    return end + saint if end > first else None  # vicar of St Mary's


def marked_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a short span between marks."""
    closing = OPENING[doc[i].text]
    for j in range(i + 2, min(stop, i + TITLE_OF_WORK)):
        if doc[j].text == closing:
            return j + 1
    return None
