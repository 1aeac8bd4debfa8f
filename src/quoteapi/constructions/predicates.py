"""Predicates that state a role: is the head of the union, was appointed ambassador, resigned as minister, heads the union."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch
from quoteapi.constructions.nouns import is_organization_word, is_role_word
from quoteapi.constructions.phrases import Phrase, complements_end, role_phrase
from quoteapi.constructions.runs import object_end, prepositional_end
from quoteapi.constructions.words import POSSESSIVES, is_break, is_finite, is_person, joined, word_class
from quoteapi.knowledge import entries

COPULAS = frozenset({"is", "was", "am", "are", "were", "'s", "’s", "been", "be", "remains", "remained", "became", "becomes"})
AUXILIARIES = frozenset({"has", "had", "have", "is", "was", "'s", "’s", "been", "be", "being", "are", "were"})
ADVERBS = entries("predicate_adverbs")
RANKING = frozenset({"first", "only", "last", "latest", "youngest", "oldest", "second", "third"})
GOING = frozenset({"to", "into", "toward", "towards", "for", "out", "off", "home", "up"})
"""Words after a verb of charge that give it the sense of motion or candidacy: heads to the convention, runs for office."""
PARTICLES = frozenset({"down", "back", "over", "on", "out", "off", "aside", "again"})
REACH = 30
OBJECT_REACH = 8
"""Maximum tokens between a verb like “joined” and its “as”."""
PERFECT = frozenset({"has", "had", "have"})
OWN = frozenset({"act", "become", "remain", "serve", "work"})
"""Verbs of office that need no passive: has served as mayor, but was named mayor."""
TAKING_OVER = frozenset({"took over", "takes over", "taken over"})
SITTING = frozenset({"sit", "serve"})


def lemma(doc: Doc, i: int) -> str:
    """Returns the lemma; guessed from the ending if the document has no lemmas, or for a word with hyphens."""
    first, last = joined(doc, i)
    if doc[i].lemma_ and last - first == 1:
        return doc[i].lemma_.lower()
    word = doc[first:last].text.lower()
    verbs = entries("role_verbs") | entries("appointing_verbs")
    forms = (word, *(word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing")))
    return next((form for form in forms if form in verbs), word)


def predicate_role(doc: Doc, i: int, *, plural: bool) -> Stretch | None:
    """Returns the role phrase after a copula or a verb of appointment that begins at token `i`."""
    copula = False
    while i < len(doc) and is_before_predicate(doc, i):
        copula = copula or doc[i].lower_ in COPULAS
        i += 1
    if i >= len(doc) or is_break(doc[i]):
        return None
    takes_over = doc[i : i + 2].text.lower() in TAKING_OVER
    if (takes_over or lemma(doc, i) in entries("moving_verbs")) and word_class(doc[i]) == "VERB":
        return role_behind_as(doc, i + 1, plural=plural)
    limit = None
    if lemma(doc, i) in entries("appointing_verbs") and word_class(doc[i]) in {"VERB", "AUX"}:
        if not copula and doc[i - 1].lower_ in PERFECT and lemma(doc, i) not in OWN:
            return None
        limit = agent_start(doc, i + 1) if copula else None
        i = behind_verb(doc, i)
    elif not copula:
        return None
    described = role_phrase(doc, i, limit=limit)
    if described is None or (described.plural and not plural) or is_finite_after(doc, described.end) or is_first_or_only(doc, described):
        return None
    return i, described.end


def behind_verb(doc: Doc, i: int) -> int:
    """Returns where the role may begin after a verb of appointment and its “as” or “to be”."""
    i += 1
    if i < len(doc) and doc[i].lower_ in {"as", "to"}:
        i += 1
        i += i < len(doc) and doc[i].lower_ in {"be", "become"}
    return i


def role_behind_as(doc: Doc, i: int, *, plural: bool) -> Stretch | None:
    """Returns the role after the “as” of a verb of taking or leaving a post: resigned as minister, joined Acme as head of sales."""
    i += i < len(doc) and doc[i].lower_ in PARTICLES
    if i < len(doc) and doc[i].lower_ != "as":
        i = object_end(doc, i, min(len(doc), i + OBJECT_REACH)) or i
    if i >= len(doc) or doc[i].lower_ != "as":
        return None
    described = role_phrase(doc, i + 1)
    return (i + 1, described.end) if described is not None and (plural or not described.plural) else None


def agent_start(doc: Doc, i: int) -> int | None:
    """Returns the “by” before those who appointed someone, in the clause that continues at token `i`."""
    for token in doc[i : i + REACH]:
        if token.lower_ == "by":
            return int(token.i)
        if token.is_punct or is_break(token):
            return None
    return None


def is_first_or_only(doc: Doc, described: Phrase) -> bool:
    """Whether the phrase says what someone was first or alone in doing: the first judge to marry a couple."""
    ranked = any(token.lower_ in RANKING for token in doc[described.start : described.head])
    return ranked and described.end < len(doc) and doc[described.end].lower_ in {"to", "who", "that"}


def is_before_predicate(doc: Doc, i: int) -> bool:
    """Whether a token is a copula, an auxiliary or an adverb beside them; a possessive 's is not."""
    lower = doc[i].lower_
    if lower in {"'s", "’s"}:
        return doc[i].tag_ == "VBZ"
    return lower in AUXILIARIES or lower in COPULAS or lower in ADVERBS


def is_finite_after(doc: Doc, i: int) -> bool:
    """Whether a finite verb follows the phrase."""
    return i < len(doc) and is_finite(doc[i])


def duty(doc: Doc, i: int, verbs: frozenset[str]) -> Stretch | None:
    """Returns a verb of charge in the present or perfect with its object: heads the union, teaches history at the academy."""
    perfect = False
    while i < len(doc) and is_before_predicate(doc, i):
        perfect = perfect or doc[i].lower_ in {"has", "have"}
        i += 1
    if i < len(doc) and doc[i].tag_ in {"VBD", "VBN"} and not perfect:
        return None
    behind = joined(doc, i)[1] if i < len(doc) else i
    if behind >= len(doc) or "VERB" not in {word_class(doc[i]), word_class(doc[behind - 1])}:
        return None
    if is_person(doc[behind]) or doc[behind].lower_ in GOING | POSSESSIVES:
        return None
    stop = min(len(doc), i + REACH)
    end = prepositional_end(doc, behind, stop) or object_end(doc, behind, stop)
    if end is None:
        return None
    if lemma(doc, i) in verbs:
        return i, complements_end(doc, end, stop, is_role_word)
    return (i, end + 3) if doc[end : end + 3].text.lower() == "for a living" else None


def charge(doc: Doc, i: int) -> Stretch | None:
    """Returns a verb of charge in the present with an organization as its object, an office even in a main clause: runs the firm."""
    if i >= len(doc) or doc[i].tag_ != "VBZ":
        return None
    found = duty(doc, i, entries("role_verbs"))
    end = None if found is None else object_end(doc, i + 1, found[1])
    if end is None or not is_organization_word(doc, end - 1):
        return None
    return i, that_clause_end(doc, end) or end


def that_clause_end(doc: Doc, i: int) -> int | None:
    """Returns the end of a relative clause, in the present and with an object, about a thing: (the firm) that supplies the sand."""
    if i + 2 >= len(doc) or doc[i].lower_ not in {"that", "which"} or doc[i + 1].tag_ != "VBZ":
        return None
    stop = min(len(doc), i + REACH)
    end = prepositional_end(doc, i + 2, stop) or object_end(doc, i + 2, stop)
    return None if end is None else complements_end(doc, end, stop, is_role_word)


def seat(doc: Doc, i: int) -> Stretch | None:
    """Returns a seat that someone holds or held, with its time: sits on the bank's rate committee, sat on the council until 2020."""
    while i < len(doc) and is_before_predicate(doc, i):
        i += 1
    if i + 2 >= len(doc) or lemma(doc, i) not in SITTING or doc[i + 1].lower_ != "on":
        return None
    end = object_end(doc, i + 2, min(len(doc), i + REACH))
    if end is None or not (is_organization_word(doc, end - 1) or doc[end - 1].ent_type_ == "ORG"):
        return None
    dated = end + 1 < len(doc) and doc[end].lower_ in {"until", "since"} and doc[end + 1].like_num
    return i, end + 2 if dated else end
