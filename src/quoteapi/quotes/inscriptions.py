"""Inscriptions: words that a thing shows (a sign reads “…”, banners that say “…”, under the headline “…”), and so nobody says."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from quoteapi.knowledge import meanings
from quoteapi.quotes.grammar import SUBJECTS
from quoteapi.structs import Reason

REASONS: dict[str, Reason] = {"sign": "sign", "slogan": "slogan", "headline": "headline"}
NOUNS = frozenset({"NOUN", "PROPN"})
CLAUSES = frozenset({"acl", "acl:relcl", "relcl"})
"""How a clause hangs on the noun that it describes."""
BETWEEN = frozenset({",", ":", "“", "‘", '"', "'", "«", "the", "words", "message"})
"""What may stand between a thing and the words that it shows."""
REACH = 4
"""Tokens between both at most."""
SPEAKERS_TOO = frozenset({"label", "poster"})
"""Things that are also somebody, who speaks in a sentence: a record label, who posts on a forum."""


def inscription_reason(words: Span | None) -> Reason | None:
    """The reason of words that a thing shows; None for any other words.

    The thing stands right before the words, is what they hang on in the tree, or is the subject of the verb that they hang on.
    """
    if words is None or not len(words):
        return None
    for noun in (token for token in things(words) if token.pos_ in NOUNS):
        for meaning in meanings("displays").get(noun.lemma_.lower(), ()):
            if meaning in REASONS:
                return REASONS[meaning]
    return None


def things(words: Span) -> Iterator[Token]:
    """The nouns that may name what shows the words."""
    doc, place = words.doc, words.start - 1
    while place > max(0, words.start - REACH) and doc[place].lower_ in BETWEEN:
        place -= 1
    if 0 <= place < words.start:
        yield doc[place]
    head = words.root.head
    if words.start <= head.i < words.end:
        return
    yield head
    subjects = (child for child in head.children if child.dep_ in SUBJECTS and not words.start <= child.i < words.end)
    yield from (noun for noun in subjects if noun.lemma_.lower() not in SPEAKERS_TOO)
    if head.dep_ in CLAUSES:
        yield head.head
