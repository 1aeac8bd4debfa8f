"""Alone: marked words that have a line of their own, or share it with who signs them."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from quoteapi.quotes import find_quotes
from quoteapi.quotes.alone import fills_line, in_row, is_signed
from quoteapi.quotes.line import read_line


@pytest.fixture(scope="module")
def blank() -> Callable[[str], Doc]:
    """A document of words alone."""
    return spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Please fix the telescope.” — Ayumi, age 9", True),
        ("- “Ask me after Christmas.” – a security guard who would not give his name", True),
        ("“The Last Orchard” – Ada Lund", False),
        ("“Please fix it.” — the long road to the sea", False),
        ("“Please fix it.” — Ayumi left before noon.", False),
        ("She said “Please fix it.” — Ayumi", False),
        ("“Please fix it.” Ayumi, age 9", False),
    ],
)
def test_somebody_behind_a_dash_signs_a_sentence(blank: Callable[[str], Doc], text: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    """In an item of a list, too; a title has an author, and a road signs nothing."""
    quotes = find_quotes(text)
    assert is_signed(read_line(blank(text), quotes), 0, quotes[0]) is expected


def test_a_quote_fills_its_line(blank: Callable[[str], Doc]) -> None:
    """Where nothing else stands in the paragraph."""
    text = "“We held.”\n\n“We left,” she said."
    quotes = find_quotes(text)
    line = read_line(blank(text), quotes)
    assert [fills_line(line, number) for number in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Never.” Jane Roe, baker\n\n“Perhaps.” Ann Doe\n\n“No.” Ida Moor", [True, True, True]),
        ("“Never.” Jane Roe, baker\n\n“Perhaps.” Ann Doe\n\nIda Moor said “no”.", [False, False, False]),
        ("“Never.” Jane Roe\n\n“Perhaps,” Ann Doe said.\n\n“No.” Ida Moor", [False, False, False]),
    ],
)
def test_a_row_has_three_quotes_that_open_their_lines(blank: Callable[[str], Doc], text: str, expected: list[bool]) -> None:
    """They end as sentences, and words with a capital follow."""
    quotes = find_quotes(text)
    line = read_line(blank(text), quotes)
    assert [in_row(line, number) for number in range(len(quotes))] == expected
