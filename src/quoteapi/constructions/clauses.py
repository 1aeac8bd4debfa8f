"""Clauses that state a role: Roe, who heads the union; Roe is the head of the union; Roe was appointed ambassador; her time as mayor."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch, skip_spaces
from quoteapi.constructions.nouns import is_organization_word, is_role_word
from quoteapi.constructions.phrases import complements_end, role_phrase
from quoteapi.constructions.predicates import (
    OWN,
    charge,
    duty,
    lemma,
    predicate_role,
    seat,
)
from quoteapi.constructions.runs import object_end
from quoteapi.constructions.words import is_person, is_possessive_mark, word_class
from quoteapi.knowledge import entries

TENURES = frozenset(
    {"role", "tenure", "time", "term", "work", "job", "career", "position", "capacity", "years", "stint", "days", "experience", "service"}
)
HEADING = frozenset({"head", "chair", "co-chair"})
"""Verbs that state a role in a main clause, too; others do so only in relative clauses (Roe led the march states no office)."""

HEDGES = frozenset({"maybe", "perhaps", "if", "whether", "unless"})
REACH = 30
OBJECT_REACH = 8
"""Maximum tokens of the object in a clause with “who” or “whose”."""


def relative_role(doc: Doc, end: int, *, plural: bool) -> Stretch | None:
    """Returns the role in a relative clause right after the name (or the apposition) that ends at token `end`."""
    i = skip_spaces(doc, end)
    if i < len(doc) and doc[i].text == ",":
        i += 1
    i = skip_spaces(doc, i)
    if i < len(doc) and doc[i].lower_ == "whose":
        return own_body(doc, i)
    if i >= len(doc) or doc[i].lower_ != "who":
        return None
    i = behind_company(doc, i + 1)
    found = predicate_role(doc, i, plural=plural) or duty(doc, i, entries("role_verbs")) or seat(doc, i)
    return found or work_as(doc, i)


def work_as(doc: Doc, i: int) -> Stretch | None:
    """Returns the role after the “as” of a verb in the present, after “who”: (who) tracks the trade | as an analyst at Acme."""
    end = object_end(doc, i + 1, min(len(doc), i + OBJECT_REACH)) if i < len(doc) and doc[i].tag_ == "VBZ" else None
    if end is None or end >= len(doc) or doc[end].lower_ != "as":
        return None
    described = role_phrase(doc, end + 1)
    return None if described is None or described.plural else (described.start, described.end)


def own_body(doc: Doc, i: int) -> Stretch | None:
    """Returns what a person's own organization does, in the present and with “whose”: whose company prints stamps for nine countries."""
    end = object_end(doc, i + 1, min(len(doc), i + OBJECT_REACH))
    if end is None or end >= len(doc) or not is_organization_word(doc, end - 1) or doc[end].tag_ != "VBZ":
        return None
    stop = min(len(doc), end + REACH)
    last = object_end(doc, end + 1, stop)
    return None if last is None else (i, complements_end(doc, last, stop, is_role_word))


def behind_company(doc: Doc, i: int) -> int:
    """Returns where a clause continues after those with whom someone acts: (who) with her husband, John Doe, | leads the choir."""
    if i >= len(doc) or doc[i].lower_ not in {"with", "alongside"}:
        return i
    end = object_end(doc, i + 1, min(len(doc), i + REACH))
    if end is None:
        return i
    while end < len(doc) and (doc[end].text == "," or is_person(doc[end])):
        end += 1
    return end


def main_role(doc: Doc, start: int, end: int, *, plural: bool, person: bool = True) -> Stretch | None:
    """Returns the role in the clause that continues at `end`, whose subject is the name that starts at `start`: Roe is the mayor."""
    if start > 0 and doc[start - 1].lower_ in HEDGES:
        return None
    if any(token.lower_ == "whom" for token in doc[max(0, start - OBJECT_REACH // 2) : start]):
        return None
    i = skip_spaces(doc, end)
    return predicate_role(doc, i, plural=plural) or duty(doc, i, HEADING) or (charge(doc, i) if person else None)


def coordinated_role(doc: Doc, subject: int, *, plural: bool) -> Stretch | None:
    """Returns the role in a clause coordinated with the subject's own: (Roe) won by six votes and became the town's mayor."""
    token = doc[subject]
    token = token.head if token.dep_ == "flat" else token
    if not token.dep_.startswith("nsubj"):
        return None
    for verb in token.head.rights:
        if verb.dep_ != "conj" or any(child.dep_.startswith("nsubj") for child in verb.children):
            continue
        copula = next((child for child in verb.lefts if child.dep_ == "cop"), None)
        if copula is None and lemma(doc, verb.i) not in OWN:
            continue
        start = verb.i if copula is None else copula.i
        if word_class(doc[start - 1]) in {"NOUN", "PROPN", "PRON"}:  # a subject that the parser missed
            continue
        role = predicate_role(doc, start, plural=plural)
        if role is not None:
            return role
    return None


def before_owner(doc: Doc, start: int) -> int:
    """Returns the start of the possessor before the name `start`, or `start` if there is none: [Kelby University's] Jane Roe."""
    if start - 1 < 1 or not is_possessive_mark(doc[start - 1]):
        return start
    i = start - 2
    while i > 0 and doc[i].ent_iob_ == "I":
        i -= 1
    return i


def role_as(doc: Doc, start: int, end: int) -> Stretch | None:
    """Returns the role after “as” or a verb of appointment: Roe's term as mayor; appointed Roe mayor; the election of Roe as mayor."""
    i = skip_spaces(doc, end)
    verb = before_owner(doc, start) - 1
    appointed = verb >= 0 and lemma(doc, verb) in entries("appointing_verbs") and word_class(doc[verb]) == "VERB"
    if i + 1 < len(doc) and doc[i].lower_ in {"'s", "’s", "'", "’"} and any(token.lower_ in TENURES for token in doc[i + 1 : i + 3]):
        i += 2 if doc[i + 1].lower_ in TENURES else 3
        found = i < len(doc) and doc[i].lower_ == "as"
    elif i + 1 < len(doc) and doc[i].text == "," and doc[i + 1].lower_ == "as":
        i += 1
        found = True
    else:
        found = i < len(doc) and doc[i].lower_ == "as" and is_appointment(doc, before_owner(doc, start) - 2)
    if not found and not appointed:
        return None
    i += i < len(doc) and doc[i].lower_ in {"as", "to"}
    i += i < len(doc) and doc[i].lower_ == "be"
    described = role_phrase(doc, i)
    if described is None or described.plural:
        return None
    return i, described.end


def is_appointment(doc: Doc, i: int) -> bool:
    """Whether a noun and its *of* appoint someone to an office (the appointment of Jane Roe as its head)."""
    return i >= 0 and doc[i].lower_ in entries("appointing_nouns") and doc[i + 1].lower_ == "of"
