"""Pages read by their layout alone, and by the packaged pipeline, too."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from quoteapi.quotes import find_quotes
from quoteapi.quotes.set_off import find_set_off, with_set_off

Told = list[tuple[list[str], str | None]]
Page = Callable[[str], Told]


@pytest.fixture(scope="session")
def laid_out() -> Page:
    """The words that the layout of a text sets apart, each stretch with the words that name its source."""

    def told(text: str) -> Told:
        found = find_set_off(text, find_quotes(text))
        return [([text[slice(*span)] for span in one.spans], one.source and text[slice(*one.source)]) for one in found]

    return told


@pytest.fixture(scope="session")
def set_apart(nlp: Language) -> Page:
    """The quotes of a text that its page sets apart, each with the words that name its source."""

    def told(text: str) -> Told:
        marked = find_quotes(text)
        found = with_set_off(nlp(text), marked, find_set_off(text, marked))
        return [
            ([text[slice(*span)] for span in quote.spans], quote.source and text[slice(*quote.source)])
            for quote in found
            if quote.form != "marks"
        ]

    return told
