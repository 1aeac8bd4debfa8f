"""The packaged engine and its pipeline, loaded once for all tests."""

import pytest
from spacy.language import Language

from quoteapi.engine import QuoteEngine


@pytest.fixture(scope="session")
def engine() -> QuoteEngine:
    """The packaged engine."""
    return QuoteEngine()


@pytest.fixture(scope="session")
def nlp(engine: QuoteEngine) -> Language:
    """The packaged pipeline, the engine's own."""
    return engine.nlp
