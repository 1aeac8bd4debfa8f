"""Introductions: the sentence that ends with a colon and hands over the words below it (Roe said in a statement:), read in its grammar."""

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from quoteapi.knowledge import entries, meanings
from quoteapi.quotes.reporting import is_reporting

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})
CLAUSES = frozenset({"ccomp", "xcomp", "csubj"})
OF = frozenset({"nmod", "prep"})
POINTING = frozenset({"this", "these", "following", "thus", "so"})
BELOW = frozenset({"be", "follow", "read", "see", "here"})
"""Lemmas of what points at a text below: here is the statement, read the letter, the text follows."""


def introducer(doc: Doc, colon: int) -> Token | None:
    """The word that names the source of what follows a colon; None where the sentence hands nothing over.

    It is the subject of a reporting verb that has no other content, or a document: the statement reads, her full statement, here is the
    letter.

    Args:
        doc: The article.
        colon: Where the colon stands, in code points.
    """
    span = doc.char_span(colon, colon + 1, alignment_mode="expand")
    if span is None:
        return None
    sentence = span[0].sent if doc.has_annotation("SENT_START") else doc[0:0]
    words = [token for token in sentence if token.i < span.start and not token.is_space]
    if not words:
        return None
    root = sentence.root
    subject = next((child for child in root.children if child.dep_ in SUBJECTS and child.i < root.i), None)
    if is_document(root):
        return innermost(root)
    if subject is not None and hands_over(root, subject, sentence):
        return innermost(subject) if is_document(subject) else subject
    if (root.lemma_ or root.text).lower() in BELOW:
        return next((innermost(child) for child in root.children if child.dep_ in SUBJECTS | OBJECTS and is_document(child)), None)
    return None


def is_written(source: Token) -> bool:
    """Whether an introduction speaks of a text: a document, or a verb of writing (Roe wrote:)."""
    return any(is_document(token) or "alone" in meanings("issuing_verbs").get(token.lemma_.lower(), ()) for token in source.sent)


def hands_over(verb: Token, subject: Token, sentence: Span) -> bool:
    """Whether a verb leads to its subject's words, and to nothing that the sentence itself holds."""
    subjects = sum(child.dep_ in SUBJECTS for child in verb.children)
    if subjects > 1 or any(child.dep_ in CLAUSES for child in verb.children) or any(child.dep_ == "neg" for child in verb.children):
        return False
    things = [child for child in verb.children if child.dep_ in OBJECTS and not addressed(child, verb)]
    if any(not is_document(thing) and thing.lower_ not in POINTING for thing in things):
        return False
    if is_document(subject):
        return is_reporting(verb) or verb.lemma_.lower() in {"go", "follow", "begin", "start", "continue", "conclude", "end"}
    return verb.lemma_.lower() != "read" and (is_reporting(verb) or posts(verb, things, sentence))


def posts(verb: Token, things: Iterable[Token], sentence: Span) -> bool:
    """Whether a verb of issuing has a document for its object (issued this statement), or a network for its place (posted on X)."""
    if verb.lemma_.lower() not in entries("issuing_verbs"):
        return False
    return any(map(is_document, things)) or any(map(is_document, sentence)) or any(token.lower_ in {"on", "to"} for token in verb.subtree)


def addressed(thing: Token, verb: Token) -> bool:
    """Whether an object is whom a verb addresses (told reporters)."""
    return thing.dep_ in {"iobj", "dative"} or verb.lemma_.lower() in entries("addressing_verbs")


def is_document(token: Token) -> bool:
    """Whether a token is a noun for a text or an act of speech that has an author."""
    return token.pos_ in {"NOUN", "PROPN"} and ((token.lemma_ or "").lower() in entries("documents") or token.lower_ in entries("documents"))


def innermost(token: Token) -> Token:
    """The document that a text is the text of (the full text of the letter), else the document itself."""
    inner = next((child for child in token.rights if child.dep_ in OF and is_document(child)), None)
    return token if inner is None else innermost(inner)
