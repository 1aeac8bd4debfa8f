"""Adjuncts that attribute a sentence to its source: according to Roe, in her view, in the view of Roe, as Roe put it.

A closed class, found by the parse: the tagger has seen too few that open a sentence or stand within one.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from quoteapi.encoder import Linked, Tagged
from quoteapi.knowledge import having
from quoteapi.quotes.reporting import is_reporting

VIEW_NOUNS = having("marked_words", "view")
"""Nouns for what somebody thinks or tells: in her view."""
VIEW_PREPOSITIONS = frozenset({"in", "by"})
"""Prepositions before these nouns."""
PUTTING_VERBS = having("marked_words", "explaining")
"""Verbs that express with *it* what somebody thinks or tells: as Roe puts it."""
SUBJECTS = frozenset({"nsubj"})
RELATIVES = frozenset({"who", "whose", "which", "where"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
APPOSITION = 9
"""Maximum number of tokens in an apposition with its first comma."""
CERTAIN = 0.99
"""Probability that the phrase in such an adjunct is the source, before calibration."""
Tokens = tuple[int, int]


def adjuncts(doc: Doc) -> Iterator[Linked]:
    """Yields the contents that such an adjunct attributes, one adjunct per sentence; none if the document has no sentences or no parse."""
    if not doc.has_annotation("SENT_START") or not doc.has_annotation("DEP"):
        return
    for sentence in doc.sents:
        for token in sentence:
            found = attributing_adjunct(token)
            contents = [] if found is None else reported_parts(sentence, token.i, found[2])
            if found is not None and contents:
                source, cue, _ = found
                for content in contents:
                    yield Linked(Tagged(*content, CERTAIN), Tagged(*source, CERTAIN), CERTAIN, Tagged(*cue, CERTAIN), CERTAIN)
                break


def attributing_adjunct(token: Token) -> tuple[Tokens, Tokens, int] | None:
    """Returns the source, the cue and the end of the adjunct that a token opens; None if it opens none."""
    word, doc = token.lower_, token.doc
    if word == "according" and token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "to":
        source = token.i + 2, end_of(noun_over(doc[token.i + 2]))
        return source, (token.i, token.i + 2), source[1]
    if word in VIEW_PREPOSITIONS and token.head.lower_ in VIEW_NOUNS and token.head.i > token.i:
        return viewed(token.head, token.i)
    if word == "as":
        verb = token.head
        put = verb.lemma_ in PUTTING_VERBS and verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "it"
        subject = subject_behind(token, verb)
        if subject is not None and (put or is_reporting(verb)):
            return subject, (verb.i, verb.i + 1), verb.i + 1 + put
    return None


def viewed(noun: Token, start: int) -> tuple[Tokens, Tokens, int] | None:
    """Returns the same for the owner of a view, before its noun or after *of* (in her view, in the view of Roe; not in view of the storm).

    The preposition is at token `start`.
    """
    owner = next((child for child in noun.lefts if child.dep_ == "nmod:poss"), None)
    if owner is not None:
        return (owner.left_edge.i, owner.i + 1), (start, noun.i + 1), end_of(noun)
    behind = noun.i + 2
    if start + 1 < noun.i and behind < len(noun.doc) and noun.doc[noun.i + 1].lower_ == "of" and noun.doc[behind].head.i >= noun.i:
        end = end_of(noun)
        return ((behind, end), (start, behind), end) if end > behind else None
    return None


def subject_behind(opener: Token, verb: Token) -> Tokens | None:
    """Returns the subject's tokens between *as* and its verb: the parsed subject, or else all tokens there if they are a noun phrase."""
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS and child.i > opener.i), None)
    if subject is not None:
        return subject.left_edge.i, end_of(subject)
    between = opener.doc[opener.i + 1 : verb.i]
    named = len(between) > 0 and between[-1].pos_ in NOUNS and all(token.pos_ in NOUNS | {"DET", "ADJ"} for token in between)
    return (between.start, between.end) if named else None


def noun_over(token: Token) -> Token:
    """Returns the noun or name whose phrase a token opens."""
    while token.head.i > token.i and token.head.pos_ in NOUNS:
        token = token.head
    return token


def end_of(token: Token) -> int:
    """Returns the end of a noun's phrase with an apposition that has an indefinite article, but without punctuation attached to it."""
    doc, end = token.doc, max((word.i for word in token.subtree if not word.is_punct), default=token.i) + 1
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in {"a", "an"}:
        comma = next((i for i in range(end + 1, min(len(doc), end + APPOSITION)) if doc[i].text == ","), None)
        verbless = comma is not None and not any(word.pos_ in {"VERB", "AUX"} for word in doc[end:comma])
        return comma if comma is not None and verbless else end
    return end


def reported_parts(sentence: Span, start: int, end: int) -> list[Tokens]:
    """Returns the sentence without the adjunct, if that opens it before a comma, ends it after one or stands between two; else nothing."""
    doc = sentence.doc
    followed = end < sentence.end and doc[end].text == ","
    if start == sentence.start:
        return [(end + 1, sentence.end)] if followed else []
    if doc[start - 1].text != ",":
        return []
    if followed and end + 1 < sentence.end and doc[end + 1].lower_ not in RELATIVES:
        return [(sentence.start, start - 1), (end + 1, sentence.end)]
    has_relative = followed and end + 1 < len(doc) and doc[end + 1].lower_ in RELATIVES
    closes = has_relative or not any(doc[i].is_alpha or doc[i].like_num for i in range(end, sentence.end))
    return [(sentence.start, start - 1)] if closes else []
