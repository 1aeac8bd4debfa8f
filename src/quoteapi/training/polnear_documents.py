"""PolNeAR's articles, read as the engine's stages read them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes import find_quotes
from quoteapi.text import Reading, read
from quoteapi.training.polnear import Annotated


class ParsedArticle(Struct, frozen=True):
    """An annotated article as the stages see it; `places` are the ranges of its tokens in the raw text."""

    reading: Reading
    article: Annotated
    doc: Doc
    quotes: list[FoundQuote]
    places: list[Chars]


def read_articles(nlp: Language, found: Sequence[Annotated]) -> Iterator[ParsedArticle]:
    """The articles with their documents, quotes and token positions."""
    readings = [read(article.text) for article in found]
    for reading, article, doc in zip(readings, found, nlp.pipe(reading.text for reading in readings), strict=True):
        places = [reading.to_source(token.idx, token.idx + len(token)) for token in doc]
        yield ParsedArticle(reading, article, doc, find_quotes(reading.text), places)
