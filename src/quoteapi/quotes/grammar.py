"""Grammar: what hangs on a word in the reporter's sentence, on the same side of every mark."""

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass"})
MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "„", "‘", "’", "'", "`"})
WIDE = 60
"""Tokens within which one word may tell of another."""


def dependents(token: Token) -> list[Token]:
    """What hangs on a word and stands on the same side of every mark."""
    return [child for child in token.children if on_one_side(child, token)]


def on_one_side(one: Token, other: Token) -> bool:
    """Whether no mark stands between two words: what is said inside marks says nothing of how the words are handed over."""
    first, last = sorted((one.i, other.i))
    return last - first <= WIDE and not any(token.text in MARKS and token.tag_ != "POS" for token in one.doc[first + 1 : last])


def subject_of(verb: Token) -> Token | None:
    """A verb's subject: its own, or that of the verb that it is coordinated with."""
    first = first_conjunct(verb)
    subjects = (child for one in ([verb] if first is None else [verb, first]) for child in dependents(one) if child.dep_ in SUBJECTS)
    return next(subjects, None)


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in dependents(verb))


def has_object(verb: Token) -> bool:
    """Whether a verb has an object."""
    return any(child.dep_ == "obj" for child in dependents(verb))


def first_conjunct(verb: Token) -> Token | None:
    """The verb that a verb without a subject of its own is coordinated with."""
    return verb.head if verb.dep_ == "conj" and not has_subject(verb) and on_one_side(verb, verb.head) else None


def auxiliaries(verb: Token) -> list[Token]:
    """A verb's auxiliaries: its own, or those of the verb that it is coordinated with (might rise and say)."""
    own = [child for child in dependents(verb) if child.dep_ in AUXILIARIES]
    first = first_conjunct(verb)
    if not own and first is not None and verb.tag_ == first.tag_:
        return [child for child in dependents(first) if child.dep_ in AUXILIARIES]
    return own


def following(token: Token) -> str:
    """The lower-case word behind a token; empty at the end."""
    return token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
