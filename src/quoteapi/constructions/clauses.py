"""Clauses that give a role: Roe, who heads the union; Roe is the head of the union; Roe was appointed ambassador; her time as mayor."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch, skip_spaces
from quoteapi.constructions.nouns import is_role_word
from quoteapi.constructions.phrases import Phrase, complements_end, role_phrase
from quoteapi.constructions.runs import object_end, prepositional_end
from quoteapi.constructions.words import is_break, is_finite, is_person, word_class
from quoteapi.knowledge import entries

COPULAS = frozenset({"is", "was", "are", "were", "'s", "’s", "been", "be", "remains", "remained", "became", "becomes"})
AUXILIARIES = frozenset({"has", "had", "have", "is", "was", "'s", "’s", "been", "be", "being", "are", "were"})
ADVERBS = entries("predicate_adverbs")
TENURES = frozenset(
    {"role", "tenure", "time", "term", "work", "job", "career", "position", "capacity", "years", "stint", "days", "experience", "service"}
)
RANKING = frozenset({"first", "only", "last", "latest", "youngest", "oldest", "second", "third"})
HEADING = frozenset({"head", "chair", "co-chair"})
"""Verbs that give a role in a main clause too; the others do so in relative clauses alone (Roe led the march is no office)."""

GOING = frozenset({"to", "into", "toward", "towards", "for", "out", "off", "home", "up"})
"""Words behind a verb of charge that then means a way: heads to the convention, runs for office."""


def relative_role(doc: Doc, end: int, *, plural: bool) -> Stretch | None:
    """The role in a relative clause right after the name (or the apposition) that ends at token `end`."""
    i = skip_spaces(doc, end)
    if i < len(doc) and doc[i].text == ",":
        i += 1
    i = skip_spaces(doc, i)
    if i >= len(doc) or doc[i].lower_ != "who":
        return None
    return predicate_role(doc, i + 1, plural=plural) or duty(doc, i + 1, entries("role_verbs"))


def main_role(doc: Doc, end: int, *, plural: bool) -> Stretch | None:
    """The role that the clause gives of which the name ending at `end` is the subject: Roe is the head of the union."""
    i = skip_spaces(doc, end)
    return predicate_role(doc, i, plural=plural) or duty(doc, i, HEADING)


def lemma(doc: Doc, i: int) -> str:
    """The dictionary form; guessed from the ending where the document has no lemmas."""
    token = doc[i]
    if token.lemma_:
        return token.lemma_.lower()
    word = token.lower_
    verbs = entries("role_verbs") | entries("appointing_verbs")
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ed"),
        word.removesuffix("d"),
        word.removesuffix("ing"),
    ):
        if form in verbs:
            return form
    return word


def predicate_role(doc: Doc, i: int, *, plural: bool) -> Stretch | None:
    """The role phrase behind a copula or a verb of appointment that begins at token `i`."""
    copula = False
    while i < len(doc) and is_before_predicate(doc, i):
        copula = copula or doc[i].lower_ in COPULAS
        i += 1
    if i >= len(doc) or is_break(doc[i]):
        return None
    if lemma(doc, i) in entries("appointing_verbs") and word_class(doc[i]) in {"VERB", "AUX"}:
        i += 1
        explicit = i < len(doc) and doc[i].lower_ in {"as", "to"}
        if explicit:
            i += 1
            i += i < len(doc) and doc[i].lower_ in {"be", "become"}
        elif i < len(doc) and word_class(doc[i]) == "ADP":
            return None
    elif not copula:
        return None
    described = role_phrase(doc, i)
    if described is None or (described.plural and not plural):
        return None
    if is_finite_after(doc, described.end) or is_feat(doc, described):
        return None
    return i, described.end


def is_feat(doc: Doc, described: Phrase) -> bool:
    """Whether the phrase tells what somebody was first or alone in doing: the first judge to marry a couple."""
    ranked = any(token.lower_ in RANKING for token in doc[described.start : described.head])
    return ranked and described.end < len(doc) and doc[described.end].lower_ in {"to", "who", "that"}


def is_before_predicate(doc: Doc, i: int) -> bool:
    """Whether the token is a copula, an auxiliary or an adverb beside them; a possessor's 's is none."""
    lower = doc[i].lower_
    if lower in {"'s", "’s"}:
        return doc[i].tag_ == "VBZ"
    return lower in AUXILIARIES or lower in COPULAS or lower in ADVERBS


def is_finite_after(doc: Doc, i: int) -> bool:
    """Whether a verb of its own follows the phrase."""
    return i < len(doc) and is_finite(doc[i])


def duty(doc: Doc, i: int, verbs: frozenset[str]) -> Stretch | None:
    """A verb of charge in the present or perfect with its object: heads the union, teaches history at the academy."""
    perfect = False
    while i < len(doc) and is_before_predicate(doc, i):
        perfect = perfect or doc[i].lower_ in {"has", "have"}
        i += 1
    if i < len(doc) and doc[i].tag_ in {"VBD", "VBN"} and not perfect:
        return None
    if i + 1 >= len(doc) or word_class(doc[i]) != "VERB" or lemma(doc, i) not in verbs:
        return None
    stop = min(len(doc), i + 30)
    if is_person(doc[i + 1]) or doc[i + 1].lower_ in GOING:
        return None
    end = prepositional_end(doc, i + 1, stop) or object_end(doc, i + 1, stop)
    if end is None:
        return None
    return i, complements_end(doc, end, stop, is_role_word)


def role_as(doc: Doc, start: int, end: int) -> Stretch | None:
    """The role behind “as” or a verb of appointment: Roe's term as mayor; Roe, as mayor, …; appointed Roe mayor."""
    i = skip_spaces(doc, end)
    appointed = start > 0 and lemma(doc, start - 1) in entries("appointing_verbs") and word_class(doc[start - 1]) == "VERB"
    if i + 1 < len(doc) and doc[i].lower_ in {"'s", "’s", "'", "’"} and any(token.lower_ in TENURES for token in doc[i + 1 : i + 3]):
        i += 2 if doc[i + 1].lower_ in TENURES else 3
        found = i < len(doc) and doc[i].lower_ == "as"
    elif i + 1 < len(doc) and doc[i].text == "," and doc[i + 1].lower_ == "as":
        i += 1
        found = True
    else:
        found = False
    if not found and not appointed:
        return None
    i += i < len(doc) and doc[i].lower_ in {"as", "to"}
    i += i < len(doc) and doc[i].lower_ == "be"
    described = role_phrase(doc, i)
    if described is None or described.plural:
        return None
    return i, described.end
