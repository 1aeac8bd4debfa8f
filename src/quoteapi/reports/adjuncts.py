"""Adjuncts that hand a sentence to its source: according to Roe, in her view, as Roe put it.

A closed class, told by the parse: where they open a sentence, the tagger has seen too few of them.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from quoteapi.encoder import Linked, Tagged
from quoteapi.quotes.reporting import is_reporting

VIEWS = frozenset({"view", "opinion", "words", "judgment", "judgement", "telling", "account", "estimation", "reckoning"})
"""Nouns of what somebody thinks or tells: in her view."""
SUBJECTS = frozenset({"nsubj"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SURE = 0.99
"""The probability that the phrase of such an adjunct is the source, before it is scaled."""
Tokens = tuple[int, int]


def adjuncts(doc: Doc) -> Iterator[Linked]:
    """The contents of sentences that such an adjunct opens or closes; none where the document has no sentences."""
    if not doc.has_annotation("SENT_START") or not doc.has_annotation("DEP"):
        return
    for sentence in doc.sents:
        for token in sentence:
            found = handed(token)
            content = None if found is None else rest(sentence, token.i, found[2])
            if found is not None and content is not None:
                source, cue, _ = found
                yield Linked(Tagged(*content, SURE), Tagged(*source, SURE), SURE, Tagged(*cue, SURE), SURE)
                break


def handed(token: Token) -> tuple[Tokens, Tokens, int] | None:
    """The source and the cue of the adjunct that a token opens, and where it ends; None where it opens none."""
    word, doc = token.lower_, token.doc
    if word == "according" and token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "to":
        source = token.i + 2, end_of(noun_over(doc[token.i + 2]))
        return source, (token.i, token.i + 2), source[1]
    if word == "in" and token.head.lower_ in VIEWS and token.head.i > token.i:
        noun = token.head
        owner = next((child for child in noun.lefts if child.dep_ == "nmod:poss"), None)
        return None if owner is None else ((owner.left_edge.i, owner.i + 1), (token.i, noun.i + 1), end_of(noun))
    if word == "as":
        verb = token.head
        subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS and child.i > token.i), None)
        put = verb.lemma_ == "put" and verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "it"
        if subject is not None and (put or is_reporting(verb)):
            return (subject.left_edge.i, end_of(subject)), (verb.i, verb.i + 1), verb.i + 1 + put
    return None


def noun_over(token: Token) -> Token:
    """The noun or name whose phrase a token opens."""
    while token.head.i > token.i and token.head.pos_ in NOUNS:
        token = token.head
    return token


def end_of(token: Token) -> int:
    """The token after the phrase of a noun, without the commas that the parser hangs on it."""
    end = token.right_edge.i + 1
    while end > token.i + 1 and token.doc[end - 1].is_punct:
        end -= 1
    return int(end)


def rest(sentence: Span, start: int, end: int) -> Tokens | None:
    """The sentence without the adjunct, which opens it and ends with a comma, or closes it behind one; None where it does neither."""
    doc = sentence.doc
    if start == sentence.start and end < sentence.end and doc[end].text == ",":
        return end + 1, sentence.end
    closes = start > sentence.start and doc[start - 1].text == ","
    if closes and not any(doc[i].is_alpha or doc[i].like_num for i in range(end, sentence.end)):
        return sentence.start, start - 1
    return None
