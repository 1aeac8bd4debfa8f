"""Sources: PolNeAR's quotes with the pieces of those who said them."""

from collections.abc import Callable, Sequence

import numpy as np
from spacy.tokens import Doc

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.scene import REPORTED, corners, quote_pieces
from quoteapi.encoder.windows import lower_windows, upper_windows
from quoteapi.findings import FoundQuote
from quoteapi.knowledge import entries
from quoteapi.quotes import find_quotes
from quoteapi.text import read
from quoteapi.training.encoder.cases import Pointer, UpperCase, UpperWindow, pieces_of
from quoteapi.training.polnear import Annotated, Attributed, share

COVERED = 0.8
"""The share of a quote that an attribution's content covers, as PolNeAR's benchmark asks."""
ENDS = frozenset({",", "(", "[", "—", "–", "-", "--", ";", ":", "who", "whom", "whose", "which", "that", "where", "when"})
LONGEST_CORE = 3


def core(words: Sequence[str]) -> tuple[int, int]:
    """The words of a phrase that carry it, half-open: the end of what stands before a comma, a preposition or a relative clause.

    Of *White House press secretary Jane Roe, who* it is *secretary Jane Roe*: names run over the last few capitals.
    """
    prepositions = entries("prepositions")
    end = next((i for i, word in enumerate(words) if i and (word in ENDS or word.lower() in prepositions)), len(words))
    start = end - 1
    while start > 0 and end - start < LONGEST_CORE and words[start][:1].isupper() and words[start - 1][:1].isupper():
        start -= 1
    return max(start, 0), end


def source_case(article: Annotated, doc: Doc, cutter: PieceCutter, to_source: Sequence[tuple[int, int]]) -> UpperCase:
    """An article of PolNeAR; `to_source` is where each token stands in its raw text."""
    pieces = pieces_of(doc, cutter)
    quotes = find_quotes(doc.text)
    scene = quote_pieces(doc, pieces, quotes)
    attributions = [attribution_of(quotes[n], article, doc, to_source) for n in scene.numbers]
    targets = [None if a is None else source_pieces(a, doc, pieces.tokens, to_source) & (scene.marked == REPORTED) for a in attributions]
    windows = []
    for window in upper_windows(pieces, scene.spans, scene.quotes):
        place = {int(piece): i for i, piece in enumerate(window.pieces)}
        pointers = []
        for q in window.quotes:
            attribution, target = attributions[q], targets[q]
            told = attribution is None or target is None or not attribution.source or bool(target[window.pieces].any())
            if all(c in place for c in corners(scene.quotes[q], len(pieces.ids))):
                at = tuple(place[c] for c in corners(scene.quotes[q], len(pieces.ids)))
                right = np.flatnonzero(target[window.pieces]) if target is not None else np.zeros(0, dtype=np.int64)
                pointers.append(Pointer(at, right, wrong=attribution is None or not told, speech=attribution is not None))
        windows.append(UpperWindow(window.pieces, scene.marked[window.pieces], pointers, []))
    return UpperCase(pieces.ids, pieces.shapes, lower_windows(doc, pieces), windows)


def attribution_of(quote: FoundQuote, article: Annotated, doc: Doc, to_source: Sequence[tuple[int, int]]) -> Attributed | None:
    """The attribution whose content holds the quote's first span; one with a source before one without."""
    span = doc.char_span(*quote.spans[0], alignment_mode="expand")
    if span is None:
        return None
    place = (to_source[span.start][0], to_source[span.end - 1][1])
    holding = [a for a in article.attributions if share(place, a.content) >= COVERED]
    return max(holding, key=lambda a: bool(a.source), default=None)


def source_pieces(attribution: Attributed, doc: Doc, tokens: np.ndarray, to_source: Sequence[tuple[int, int]]) -> np.ndarray:
    """Which pieces carry the source, as truth values."""
    chosen: set[int] = set()
    for start, end in attribution.source:
        held = [i for i, (a, b) in enumerate(to_source) if a < end and start < b and not doc[i].is_space]
        if held:
            first, last = core([doc[i].text for i in held])
            chosen.update(held[first:last])
    return np.isin(tokens, list(chosen))


def source_cases(articles: Sequence[Annotated], make_doc: Callable[[str], Doc], cutter: PieceCutter) -> list[UpperCase]:
    """All articles that hold a quote."""
    found = []
    for article in articles:
        reading = read(article.text)
        doc = make_doc(reading.text)
        places = [reading.to_source(token.idx, token.idx + len(token)) for token in doc]
        case = source_case(article, doc, cutter, places)
        if case.windows:
            found.append(case)
    return found
