"""Reporting verbs: those in an article that attribute words to a source."""

from bisect import bisect_left, bisect_right
from itertools import islice

from spacy.tokens import Doc, Token

from quoteapi.findings import FoundQuote
from quoteapi.knowledge import entries

NESTED_REACH = 3
"""Number of tokens before or after a nested quote in which its reporting verb may stand."""
NESTED_WORDS = 3
"""A nested quote with more words than this may have its verb after it; a shorter one is the verb's subject (“The Gazette” wrote)."""

JUDGING = frozenset(
    {"attack", "belittle", "damn", "disparage", "lambast", "lambaste", "laud", "malign", "pan", "reject", "revile", "savage", "scorn"}
)
"""Verbs that report a judgement with *as* (attacked as “…”), and no words without it."""


def is_reporting(token: Token) -> bool:
    """Whether a token is a reporting verb, by lemma and part of speech."""
    if token.lower_ in {"said", "says"}:
        return True
    lemma = token.lemma_.lower()
    return token.pos_ in {"VERB", "AUX", ""} and (lemma in entries("reporting_verbs") or (lemma in JUDGING and judges(token)))


def judges(verb: Token) -> bool:
    """Whether a verb has an object, or is passive, and an *as* with the judgement: attacked [the plan] [as “half a plan”]."""
    parts = list(verb.children)
    cases = (case for part in parts if part.dep_ == "obl" for case in part.children if case.dep_ == "case")
    return any(part.dep_ in {"obj", "aux:pass"} for part in parts) and any(case.lower_ == "as" for case in cases)


def nested_verb(doc: Doc, quote: FoundQuote, holder: FoundQuote) -> Token | None:
    """Returns the reporting verb beside a nested quote, among the words of the enclosing quote; the one before it first."""
    words = doc.char_span(holder.start, holder.end, alignment_mode="expand")
    if words is None:
        return None
    opening = bisect_right(words, quote.outer[0], key=lambda token: token.idx + len(token))
    closing = bisect_left(words, quote.outer[1], key=lambda token: token.idx)
    before = words[max(0, opening - NESTED_REACH) : opening]
    nested = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    long = nested is not None and len(list(islice((token for token in nested if token.is_alpha), NESTED_WORDS + 1))) > NESTED_WORDS
    after = words[closing : closing + NESTED_REACH] if long else ()
    return next((token for token in (*reversed(list(before)), *after) if is_reporting(token)), None)
