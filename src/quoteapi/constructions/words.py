"""Words: classes and forms of single tokens, guessed from their shape if a document has no tags."""

from spacy.tokens import Doc, Token

from quoteapi.knowledge import entries

NAMED = frozenset({"PERSON", "PER", "ORG", "GPE", "NORP", "LOC", "FAC"})
TAG_CLASSES = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ"}
"""Tags that override the part of speech, because they are more reliable."""
HYPHENS = frozenset("-‐‑–")
DETERMINERS = entries("determiners")
POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their"})
PREPOSITIONS = entries("prepositions")
CONJUNCTIONS = frozenset({"and", "&", "or"})
BELONGINGS = frozenset({"'s", "’s", "'", "’"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


def bare(token: Token) -> str:
    """Returns the token in lower case, without an abbreviation's full stop."""
    return token.lower_.rstrip(".")


def word_class(token: Token) -> str:
    """Returns the token's universal part of speech; guessed from its form if the document has none."""
    if not token.pos_:
        return guessed_class(token)
    if token.ent_type_ in NAMED and token.text[:1].isupper() and token.pos_ not in {"ADP", "CCONJ", "DET", "PART", "ADJ"}:
        return "PROPN"
    return TAG_CLASSES.get(token.tag_, token.pos_)


def guessed_class(token: Token) -> str:
    """Returns the class that a token's form suggests."""
    if token.is_space or token.is_punct:
        return "SPACE" if token.is_space else "PUNCT"
    lower = token.lower_
    closed = (
        (DETERMINERS | POSSESSIVES, "DET"),
        (CONJUNCTIONS, "CCONJ"),
        (PREPOSITIONS, "ADP"),
        (BELONGINGS, "PART"),
        (entries("clause_words"), "SCONJ"),
        (entries("reporting_forms"), "VERB"),
    )
    for words, name in closed:
        if lower in words:
            return name
    return "PROPN" if token.text[:1].isupper() else "NOUN"


def is_break(token: Token) -> bool:
    """Whether a token ends a paragraph or a line, which no phrase crosses."""
    return token.is_space and "\n" in token.text


def is_finite(token: Token) -> bool:
    """Whether a token is a finite verb, or a reporting verb tagged as a participle."""
    if token.tag_:
        return token.tag_ in FINITE_TAGS or (token.lower_ in entries("reporting_forms") and token.tag_ == "VBN")
    return token.lower_ in entries("reporting_forms")


def is_possessive_mark(token: Token) -> bool:
    """Whether a token is a possessive 's, not a contracted “is”."""
    return token.lower_ in BELONGINGS and (token.tag_ in {"POS", ""} or (token.ent_iob_ == "I" and token.ent_type_ == "ORG"))


def joined(doc: Doc, i: int) -> tuple[int, int]:
    """Returns the span of tokens that hyphens join to token `i`: all of president-elect for any of its tokens."""
    start = end = i
    while start > 1 and is_joint(doc, start - 1):
        start -= 2
    while end + 2 < len(doc) and is_joint(doc, end + 1):
        end += 2
    return start, end + 1


def is_joint(doc: Doc, i: int) -> bool:
    """Whether token `i` is a hyphen that joins the tokens on both sides."""
    return 0 < i < len(doc) - 1 and doc[i].text in HYPHENS and not doc[i].whitespace_ and not doc[i - 1].whitespace_


def is_person(token: Token) -> bool:
    """Whether the token belongs to a person's name."""
    return token.ent_type_ in {"PERSON", "PER"}
