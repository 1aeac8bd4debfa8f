"""Words set off, among the quotes between marks."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from quoteapi.quotes import find_quotes
from quoteapi.quotes.set_off import find_set_off, with_set_off

Page = Callable[[str], list[tuple[list[str], str | None]]]


def test_marked_words_inside_are_quotes_within(nlp: Language) -> None:
    """Their positions count anew, and those of quotes within them."""
    text = "“No,” said Doe.\n\nRoe wrote on Monday:\n\nWe heard “a ‘bang’ of thunder” on the pier.\n\n“Yes,” said Poe."
    marked = find_quotes(text)
    found = with_set_off(nlp(text), marked, find_set_off(text, marked))
    assert [(text[quote.start : quote.end], quote.within) for quote in found] == [
        ("No,", None),
        ("We heard “a ‘bang’ of thunder” on the pier.", None),
        ("a ‘bang’ of thunder", 1),
        ("bang", 2),
        ("Yes,", None),
    ]


def test_a_marked_paragraph_gets_its_source(nlp: Language) -> None:
    """A list's signature names whose the marked words are."""
    text = "“A day.” — Jane Roe, nurse\n\n“A night.” — Ann Doe, nurse"
    marked = find_quotes(text)
    found = with_set_off(nlp(text), marked, find_set_off(text, marked))
    assert [quote.spans for quote in found] == [quote.spans for quote in marked]
    assert [quote.source and text[slice(*quote.source)] for quote in found] == ["Jane Roe", "Ann Doe"]


@pytest.mark.parametrize(
    "text",
    [
        "Defence minister Jane Roe told Norland Radio as quoted:\n\nEarlier, the prime minister spoke, saying that it would rain.",
        "Roe wrote:\n\nThe mayor said that the pier was closed.",
        "Roe wrote on Monday:\n\nThe pier “was closed”, said the mayor.",
    ],
)
def test_the_reporters_next_paragraph_is_no_quote(set_apart: Page, text: str) -> None:
    """What does not sound spoken is quoted only where it is a text, and not where it reports."""
    assert set_apart(text) == []


def test_ordinary_pages_are_left_alone(nlp: Language) -> None:
    """Their quotes are the very same objects."""
    text = "Mayor: bridge is safe\n\n“It is,” said Roe.\n\nCorrection: an earlier version said it was not."
    marked = find_quotes(text)
    assert find_set_off(text, marked) == []
    assert with_set_off(nlp(text), marked, []) == marked
