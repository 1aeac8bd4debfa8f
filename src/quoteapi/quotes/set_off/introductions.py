"""Introductions: sentences that end with a colon and introduce the words below it (Roe said in a statement:), read by their grammar."""

from spacy.tokens import Doc, Token

from quoteapi.constructions.words import FINITE_TAGS
from quoteapi.knowledge import entries, meanings
from quoteapi.quotes.grammar import SUBJECTS
from quoteapi.quotes.reporting import is_reporting

OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})
CLAUSES = frozenset({"ccomp", "xcomp", "csubj"})
NOUN_MODIFIERS = frozenset({"nmod", "prep"})
CATAPHORIC_WORDS = frozenset({"this", "these", "following", "thus", "so"})
POSSESSORS = frozenset({"nmod:poss", "poss"})
AGENTS = frozenset({"obl:agent", "agent"})
SIGNING_VERBS = frozenset({"sign", "write", "author", "pen"})
SENDING_VERBS = SIGNING_VERBS | {"send", "post", "issue", "release", "publish", "circulate"}
RECEIVING_VERBS = frozenset({"learn", "hear", "receive", "get", "find", "see"})
"""Lemmas of verbs for those to whom someone writes."""
NARRATING_VERBS = frozenset({"describe", "recount", "remember", "recall", "put", "tell", "sum"})
PRO_FORMS = frozenset({"this", "that", "these", "those", "there", "here", "what"})
DOCUMENT_VERBS = frozenset({"begin", "conclude", "continue", "end", "follow", "go", "run", "start"})
"""Lemmas of verbs whose subject is a document, before its words."""
TRANSCRIPT_NOUNS = frozenset({"excerpt", "excerpts", "transcript", "transcripts"})
"""Documents that contain the words of others, in turns of their own."""
CATAPHORIC_LEMMAS = frozenset({"be", "follow", "read", "see", "here"})
"""Lemmas that point to a text below: here is the statement, read the letter, the text follows."""


def introducer(doc: Doc, colon: int, *, clear: bool) -> Token | None:
    """Returns the word that names the source of what follows a colon; None if the sentence attributes nothing.

    It is the subject of a verb of speech or writing without other content (Roe said in a statement), or a document (the statement reads;
    her full statement; here is the letter).

    Args:
        doc: The article.
        colon: The position of the colon, in code points.
        clear: Whether more than the colon shows that words follow; then the subject of any verb is the source (Roe was blunt).
    """
    span = doc.char_span(colon, colon + 1, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return None
    root = span[0].sent.root
    subject = next((child for child in reversed(list(root.lefts)) if child.dep_ in SUBJECTS), None)
    if is_text(root):
        return author(root)
    # If the layout shows that words follow, a sender or teller may be their source instead of the subject.
    if clear and not (subject is not None and introduces_words(root, subject)) and (other := sender(root) or narrator(root)) is not None:
        return other
    if subject is not None and subject.lower_ not in PRO_FORMS and (clear or introduces_words(root, subject)):
        return author(subject) if is_text(subject) else subject
    if (root.lemma_ or root.text).lower() in CATAPHORIC_LEMMAS:
        return next((author(child) for child in root.children if child.dep_ in SUBJECTS | OBJECTS and is_document(child)), None)
    return None


def sender(root: Token) -> Token | None:
    """Returns the sender of the document that a sentence mentions last (learned of it from an email sent by the head, Jane Roe:)."""
    texts = (token for token in reversed(list(root.subtree)) if is_document(token))
    text = next(texts, None)
    if text is None:
        return None
    behind = text.doc[text.i + 1 : root.sent.end]
    stop = next(
        (token.i for token in behind if token.is_punct or (token.tag_ in FINITE_TAGS and token.lemma_ not in SENDING_VERBS)), root.sent.end
    )
    by = next((token for token in behind if token.i < stop and token.lower_ in {"by", "from"}), None)
    noun = None if by is None or by.head.i < by.i else by.head
    return noun if noun is None else next((child for child in noun.rights if child.dep_ == "appos"), noun)


def narrator(root: Token) -> Token | None:
    """Returns who tells the words below, by the sentence (Here is how Jane Roe describes the morning:)."""
    words = {token.lower_: token.i for token in reversed(list(root.subtree))}
    if not words.keys() >= {"here", "how"}:
        return None
    verbs = (token for token in root.subtree if token.i > words["how"] and (is_reporting(token) or token.lemma_ in NARRATING_VERBS))
    return next((child for verb in verbs for child in verb.lefts if child.dep_ in SUBJECTS), None)


def is_written(source: Token) -> bool:
    """Whether an introduction mentions a text: a document, or a verb of writing (Roe wrote:)."""
    return any(is_document(token) or "alone" in meanings("issuing_verbs").get(token.lemma_.lower(), ()) for token in source.sent)


def introduces_words(verb: Token, subject: Token) -> bool:
    """Whether a verb introduces its subject's words, and its sentence contains nothing else that they could be."""
    fronted = any(
        child.dep_ in SUBJECTS and any(token.text == "," for token in verb.doc[child.i : subject.left_edge.i]) for child in verb.lefts
    )
    lemma = verb.lemma_.lower()
    if fronted or lemma in RECEIVING_VERBS or any(child.dep_ in CLAUSES for child in verb.children):
        return False
    if is_text(subject):
        return is_reporting(verb) or lemma in DOCUMENT_VERBS
    things = [child for child in verb.children if child.dep_ in OBJECTS and not addressed(child, verb)]
    written = any(is_document(token) for token in verb.subtree if token.i > verb.i)
    if not written and any(thing.lower_ not in CATAPHORIC_WORDS for thing in things):
        return False
    # A verb of issuing needs a document (issued a statement:), unless it implies one (wrote:).
    return (is_reporting(verb) and lemma != "read") or (
        lemma in entries("issuing_verbs") and (written or "alone" in meanings("issuing_verbs")[lemma])
    )


def addressed(thing: Token, verb: Token) -> bool:
    """Whether an object is the addressee of a verb (told reporters)."""
    return thing.dep_ in {"iobj", "dative"} or verb.lemma_.lower() in entries("addressing_verbs")


def is_document(token: Token) -> bool:
    """Whether a token is a noun for a text or speech act that has an author."""
    if token.lower_ in TRANSCRIPT_NOUNS or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return (token.lemma_ or "").lower() in entries("documents") or token.lower_ in entries("documents")


def is_text(token: Token) -> bool:
    """Whether a token is a noun for a document, or for an utterance (the union's reply)."""
    return is_document(token) or (token.pos_ == "NOUN" and token.lower_ in entries("speech_nouns"))


def author(token: Token) -> Token | None:
    """Returns the word that names a text's author: its signer, else a document itself (resolved later), or a reply's possessor."""
    inner = next((child for child in token.rights if child.dep_ in NOUN_MODIFIERS and is_document(child)), None)
    if inner is not None:
        return author(inner)
    clauses = [child for child in token.rights if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in SIGNING_VERBS]
    signer = next((agent for clause in clauses for agent in clause.rights if agent.dep_ in AGENTS), None)
    if signer is not None or is_document(token):
        return signer or token
    return next((child for child in token.lefts if child.dep_ in POSSESSORS), None)
