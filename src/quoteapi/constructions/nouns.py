"""Role nouns: nouns that denote the holder of a job, an office or a rank, and the nouns beside them that do not."""

from spacy.tokens import Doc, Token

from quoteapi.constructions.words import POSSESSIVES, bare, is_possessive_mark, joined, word_class
from quoteapi.knowledge import entries

AFTER_ROLE = frozenset({"emeritus", "emerita", "elect", "designate", "general", "laureate"})
"""Words that may follow a role noun inside its title: attorney general, president-elect."""
SUFFIXES = (
    "ologist",
    "ographer",
    "iatrist",
    "ician",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "woman",
    "person",
    "maker",
    "worker",
    "keeper",
)
CLOSE = frozenset({"partner", "partners", "fellow"})
"""Nouns that denote a life partner after a possessive pronoun (her partner), unless a noun before them says in what (business partner)."""
PLURAL_ABBREVIATIONS = frozenset({"sens", "reps", "govs", "profs", "drs", "messrs", "gens", "mps", "meps", "revs"})


def singulars(word: str) -> tuple[str, ...]:
    """Returns the word, and the words of which it may be the plural."""
    forms = [word]
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    if word.endswith("people"):
        forms.append(word[:-6] + "person")
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return tuple(forms)


def names_role(words: str) -> bool:
    """Whether a word, hyphens included, names a role: secretary-general, co-founder, lawmakers."""
    lower = words.lower().rstrip(".")
    nouns = entries("role_nouns")
    if any(form in nouns for form in singulars(lower)):
        return True
    if any(form in entries("nonrole_nouns") for form in singulars(lower)):
        return False
    first, *middle = (piece.rstrip(".") for piece in lower.replace("–", "-").split("-"))
    if middle:
        follows = middle[-1] in AFTER_ROLE or middle[0] == "in"
        return (follows and names_role(first)) or names_role(middle[-1])
    return any(form.endswith(SUFFIXES) for form in singulars(lower))


def is_role_word(doc: Doc, i: int) -> bool:
    """Whether the word of which token `i` is part names a role, alone or with the word before it (first lady)."""
    start, end = joined(doc, i)
    text = doc[start:end].text
    if doc[end - 1].lower_ in AFTER_ROLE and start > 0 and names_role(bare(doc[start - 1])):
        return True
    pair = f"{bare(doc[start - 1])} {text.lower()}" if start > 0 else ""
    return names_role(text) or pair in entries("role_nouns")


def is_belonging_word(doc: Doc, i: int) -> bool:
    """Whether a word is a role only with what it belongs to: member (of the council)."""
    return any(form in entries("belonging_nouns") for form in singulars(bare(doc[i])))


def is_owned(doc: Doc, start: int, first: int, head: int) -> bool:
    """Whether the words before a head name what it belongs to: council member, the mill's owner, her successor; not her partner."""
    close = doc[head].lower_ in CLOSE and (first == head or word_class(doc[head - 1]) != "NOUN")
    if any(token.lower_ in POSSESSIVES for token in doc[start:first]) and not close:
        return True
    return first < head and (names_owner(doc, head - 1) or any(is_possessive_mark(token) for token in doc[first:head]))


def names_owner(doc: Doc, i: int) -> bool:
    """Whether the word before a head names what it belongs to: council member, Acme partner, the mill's owner."""
    return doc[i].text[:1].isupper() or is_organization_word(doc, i) or is_possessive_mark(doc[i])


def is_organization_word(doc: Doc, i: int) -> bool:
    """Whether a word names a kind of organization."""
    return any(form in entries("kinds_of_body") for form in singulars(bare(doc[i])))


def is_plural(token: Token) -> bool:
    """Whether a noun is plural."""
    if bare(token) in PLURAL_ABBREVIATIONS:
        return True
    if names_role_exactly(token):
        return False
    if token.tag_ in {"NNS", "NNPS"}:
        return True
    return token.tag_ in {"", "NNP"} and any(form in entries("role_nouns") for form in singulars(token.lower_)[1:])


def names_role_exactly(token: Token) -> bool:
    """Whether the word itself is the singular of a role noun (boss, but not chairs)."""
    return bare(token) in entries("role_nouns")
