"""The packaged encoder, and documents cut into tokens alone."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from quoteapi.encoder import Encoder, packaged_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that ships inside the package."""
    return packaged_encoder()


@pytest.fixture(scope="session")
def tokens() -> Callable[[str], Doc]:
    """Tokens, as spaCy's English rules cut them."""
    return spacy.blank("en").make_doc
