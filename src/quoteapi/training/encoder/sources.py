"""Sources: PolNeAR's quotes with the wordpieces of their sources."""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.kinds import KINDS, SPEECH
from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.quote_pieces import REPORTED, corners, quote_pieces
from quoteapi.encoder.windows import lower_windows, upper_windows
from quoteapi.findings import FoundQuote
from quoteapi.knowledge import entries
from quoteapi.quotes import find_quotes
from quoteapi.text import read
from quoteapi.training.encoder.cases import Pointer, UpperCase, UpperWindow, pieces_of
from quoteapi.training.polnear import Annotated, Attributed, share

COVERED = 0.8
"""Minimum share of a quote that an attribution's content must cover, as in PolNeAR's benchmark."""
ENDS = frozenset({",", "(", "[", "—", "–", "-", "--", ";", ":", "who", "whom", "whose", "which", "that", "where", "when"})
LONGEST_CORE = 3
SPOKEN, UNSPOKEN = tuple(range(len(SPEECH))), tuple(range(len(SPEECH), len(KINDS)))
"""All kinds of speech, and all others: PolNeAR does not distinguish further."""


def core(words: Sequence[str]) -> tuple[int, int]:
    """The half-open range of words that identify a phrase: the last ones before a comma, a preposition or a relative clause.

    Of *White House press secretary Jane Roe, who* it is *Jane Roe*: a name takes in up to three capitalized words.
    """
    prepositions = entries("prepositions")
    end = next((i for i, word in enumerate(words) if i and (word in ENDS or word.lower() in prepositions)), len(words))
    start = end - 1
    while start > 0 and end - start < LONGEST_CORE and words[start][:1].isupper() and words[start - 1][:1].isupper():
        start -= 1
    return max(start, 0), end


class QuoteLabels(Struct, frozen=True):
    """What a corpus says about a quote.

    `source` are the core tokens of its source, empty for nobody; None if unknown. `kinds` are the right ones of `KINDS`, by index; empty if
    unknown.
    """

    source: frozenset[int] | None
    kinds: tuple[int, ...]


def labelled_case(doc: Doc, cutter: PieceCutter, labels_of: Callable[[FoundQuote], QuoteLabels]) -> UpperCase:
    """The case of a document with its quotes and their labels; a source outside its quote's window counts as unknown."""
    pieces = pieces_of(doc, cutter)
    quotes = find_quotes(doc.text)
    quoted = quote_pieces(doc, pieces, quotes)
    labels = [labels_of(quotes[number]) for number in quoted.numbers]
    windows = []
    for window in upper_windows(pieces, quoted.spans, quoted.quotes):
        place = {int(piece): i for i, piece in enumerate(window.pieces)}
        pointers = []
        for q in window.quotes:
            at = corners(quoted.quotes[q], len(pieces.ids))
            if not all(corner in place for corner in at):
                continue
            source = labels[q].source
            carries = np.isin(pieces.tokens[window.pieces], list(source or ())) & (quoted.marked[window.pieces] == REPORTED)
            unknown = source is None or (bool(source) and not carries.any())
            pointers.append(Pointer(tuple(place[corner] for corner in at), np.flatnonzero(carries), wrong=unknown, kinds=labels[q].kinds))
        windows.append(UpperWindow(window.pieces, quoted.marked[window.pieces], pointers, []))
    return UpperCase(pieces.ids, pieces.shapes, lower_windows(doc, pieces), windows)


def source_case(article: Annotated, doc: Doc, cutter: PieceCutter, to_source: Sequence[tuple[int, int]]) -> UpperCase:
    """The case of an article of PolNeAR; `to_source` are the ranges of its tokens in the raw text."""

    def labels_of(quote: FoundQuote) -> QuoteLabels:
        attribution = attribution_of(quote, article, doc, to_source)
        if attribution is None:
            return QuoteLabels(None, UNSPOKEN)
        return QuoteLabels(source_tokens(attribution, doc, to_source), SPOKEN)

    return labelled_case(doc, cutter, labels_of)


def attribution_of(quote: FoundQuote, article: Annotated, doc: Doc, to_source: Sequence[tuple[int, int]]) -> Attributed | None:
    """The attribution whose content covers the quote's first span; one with a source is preferred."""
    span = doc.char_span(*quote.spans[0], alignment_mode="expand")
    if span is None:
        return None
    place = (to_source[span.start][0], to_source[span.end - 1][1])
    holding = [a for a in article.attributions if share(place, a.content) >= COVERED]
    return max(holding, key=lambda a: bool(a.source), default=None)


def source_tokens(attribution: Attributed, doc: Doc, to_source: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The core tokens of the source."""
    chosen: set[int] = set()
    for start, end in attribution.source:
        held = [i for i, (a, b) in enumerate(to_source) if a < end and start < b and not doc[i].is_space]
        if held:
            first, last = core([doc[i].text for i in held])
            chosen.update(held[first:last])
    return frozenset(chosen)


class TokenizedArticle(Struct, frozen=True):
    """An annotated article with its tokens and their ranges in the raw text."""

    article: Annotated
    doc: Doc
    places: list[tuple[int, int]]


def tokenized_articles(articles: Sequence[Annotated], make_doc: Callable[[str], Doc]) -> list[TokenizedArticle]:
    """The articles, tokenized."""
    found = []
    for article in articles:
        reading = read(article.text)
        doc = make_doc(reading.text)
        found.append(TokenizedArticle(article, doc, [reading.to_source(token.idx, token.idx + len(token)) for token in doc]))
    return found


def source_cases(articles: Sequence[TokenizedArticle], cutter: PieceCutter, change: Callable[[Doc], Doc]) -> list[UpperCase]:
    """The cases of the articles that have a quote; `change` replaces some of their words."""
    cases = (source_case(one.article, change(one.doc), cutter, one.places) for one in articles)
    return [case for case in cases if case.windows]
