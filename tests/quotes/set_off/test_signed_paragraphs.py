"""Signed paragraphs, with marks and without."""

from collections.abc import Callable

import pytest

Page = Callable[[str], list[tuple[list[str], str | None]]]


@pytest.mark.parametrize(
    "text",
    [
        "The bus is late.\n– Jane Roe, 34, nurse\n\nThe tram is not.\n– Ann Doe, 61, teacher",
        "The bus is late. – Jane Roe, 34, nurse\n\nThe tram is not. – Ann Doe, 61, teacher",
        "• The bus is late. (Jane Roe, nurse)\n• The tram is not. (Ann Doe, teacher)",
        "“The bus is late.” (Jane Roe, nurse)\n“The tram is not.” (Ann Doe, teacher)",
        "“The bus is late.”\nThe Jane Roe Gazette\n\n“The tram is not.”\nAnn Doe Weekly",
    ],
)
def test_a_list_is_signed_line_by_line(laid_out: Page, text: str) -> None:
    """Below or behind a dash, in brackets; where marks stand round the words, a name alone will do."""
    (first, one), (second, two) = laid_out(f"What they said\n\n{text}\n\nThe council meets on Monday.")
    assert [words.strip("“”") for words in (*first, *second)] == ["The bus is late.", "The tram is not."]
    assert one is not None
    assert two is not None
    assert one.startswith("Jane Roe")
    assert two.startswith("Ann Doe")


def test_a_name_below_words_that_sound_spoken_signs_them(laid_out: Page) -> None:
    """Without dash and marks, somebody must say I or you in the list."""
    text = "We never see a bus.\nJane Roe, 34, nurse\n\nThe tram is full.\nAnn Doe, 61, teacher"
    assert [source for _, source in laid_out(text)] == ["Jane Roe", "Ann Doe"]
    assert laid_out(text.replace("We never see a bus", "The bus was blue")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, 34\nRoe was a nurse in Kelby and had two sons, whom we met.\nAnn Doe, 61\nDoe was a teacher whom we met.",
        "The pier was closed on Monday.\n\n— Jane Roe, staff writer",
        "“The Last Orchard” — Jane Roe, novelist\n\n“Salt Roads” — Ann Doe, poet",
        "The pier was closed on Monday. It was wet. — Reuters\n\nThe quay is new. — Jane Roe contributed to this report.",
        "1. The bus. – Jane Roe\n2. The tram. – Ann Doe",
        "- Jane Roe, mayor\n- Ann Doe, clerk\n- Tom Poe, cook",
    ],
)
def test_other_lists_quote_nobody(laid_out: Page, text: str) -> None:
    """Lives below names, a reporter's own line, titles of works with their authors, items and people."""
    assert laid_out(text) == []


def test_a_marked_paragraph_is_signed_below_an_empty_line(laid_out: Page) -> None:
    """As in a press release: the quote, then name and job; a name before it makes that layout doubtful."""
    text = "Kelby Ferries has a new ship.\n\n“She is fast.”\n\nJane Roe, CEO, Kelby Ferries\n\nShe sails in May."
    assert laid_out(text) == [(["“She is fast.”"], "Jane Roe")]
    assert laid_out(text.replace("Kelby Ferries has a new ship.", "Ann Doe, skipper")) == []


def test_a_withheld_name_is_nobody(laid_out: Page) -> None:
    """The signature is there, and tells of no one."""
    text = "“It was the cinema of my life.” — Ann Doe, Kelby\n\n“They let my dog in.” — Name withheld"
    assert [source for _, source in laid_out(text)] == ["Ann Doe", ""]
