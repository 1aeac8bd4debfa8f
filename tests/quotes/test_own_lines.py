"""Own lines: marked words that have a line of their own, or share it with who signs them."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from quoteapi.quotes import find_quotes
from quoteapi.quotes.own_lines import is_in_series
from quoteapi.quotes.reporter_line import reporter_line_of


@pytest.fixture(scope="module")
def blank() -> Callable[[str], Doc]:
    """A document of words alone."""
    return spacy.blank("en")


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
    line = reporter_line_of(blank(text), quotes)
    assert [is_in_series(line, number) for number in range(len(quotes))] == expected
