"""Articles read by the packaged engine, each quote with whom it was handed to."""

from collections.abc import Callable

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article, Quote

Quotes = Callable[[str], list[Quote]]
Speakers = Callable[[str], list[str | None]]


@pytest.fixture(scope="session")
def quotes_of(engine: QuoteEngine) -> Quotes:
    """The quotes of a text, words that are nobody's speech included."""
    return lambda text: engine.extract(Article(text=text, include=["other", "alternatives"])).quotes


@pytest.fixture(scope="session")
def speakers(quotes_of: Quotes) -> Speakers:
    """The names of the speakers, quote by quote."""
    return lambda text: [quote.speaker.name if quote.speaker else None for quote in quotes_of(text)]
