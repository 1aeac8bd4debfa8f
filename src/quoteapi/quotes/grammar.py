"""Grammar: the dependents of words in the reporter's sentence, never across a quotation mark."""

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass"})
MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "„", "‘", "’", "'", "`"})
MAX_DISTANCE = 60
"""Maximum distance in tokens between two words that are related."""


def dependents(token: Token) -> list[Token]:
    """Returns a word's children that no quotation mark separates from it."""
    return [child for child in token.children if on_one_side(child, token)]


def on_one_side(one: Token, other: Token) -> bool:
    """Whether no quotation mark stands between two words: words inside marks say nothing about the verb that introduces them."""
    first, last = sorted((one.i, other.i))
    return last - first <= MAX_DISTANCE and not any(token.text in MARKS and token.tag_ != "POS" for token in one.doc[first + 1 : last])


def subject_of(verb: Token) -> Token | None:
    """Returns a verb's own subject, or that of the verb with which it is coordinated."""
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
    """Returns the verb with which a verb without its own subject is coordinated."""
    return verb.head if verb.dep_ == "conj" and not has_subject(verb) and on_one_side(verb, verb.head) else None


def auxiliaries(verb: Token) -> list[Token]:
    """Returns a verb's own auxiliaries, or those of the verb with which it is coordinated (might rise and say)."""
    own = [child for child in dependents(verb) if child.dep_ in AUXILIARIES]
    first = first_conjunct(verb)
    if not own and first is not None and verb.tag_ == first.tag_:
        return [child for child in dependents(first) if child.dep_ in AUXILIARIES]
    return own


def following(token: Token) -> str:
    """Returns the next word in lower case; empty at the end."""
    return token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
