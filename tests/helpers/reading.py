"""Reads a text as the engine does, up to the mentions, with the names that the encoder tags."""

from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.encoder import Pointing, packaged_encoder, point, set_names
from quoteapi.findings import FoundQuote
from quoteapi.quotes import find_quotes


def read_with_names(nlp: Language, text: str) -> tuple[Doc, list[FoundQuote], Pointing]:
    """A text's document with its names, its quotes, and the encoder's predictions."""
    doc = nlp(text)
    quotes = find_quotes(text)
    pointing = point(doc, quotes, packaged_encoder())
    if pointing.descriptions is not None:
        set_names(doc, pointing.descriptions)
    return doc, quotes, pointing
