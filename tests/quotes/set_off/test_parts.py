"""Parts: a page's paragraphs as its layout sets them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quoteapi.quotes.set_off.parts import parts_of

PAGE = "Roe wrote:\n\n> The pier is safe.\n>\n> It was checked.\n\n\tNo ship may sail.\n    No crew may.\n"


def words(text: str) -> list[str]:
    """The words of each part."""
    return [text[part.start : part.end] for part in parts_of(text)]


def test_a_prefix_is_no_part_of_the_words() -> None:
    """`> ` stands outside, and a line that holds nothing else is no part."""
    assert words(PAGE) == ["Roe wrote:", "The pier is safe.", "It was checked.", "No ship may sail.", "No crew may."]
    assert [part.quoted for part in parts_of(PAGE)] == [False, True, True, False, False]


def test_indentation_is_counted_in_columns() -> None:
    """A tab is four of them."""
    assert [part.indent for part in parts_of(PAGE)][-2:] == [4, 4]


def test_an_empty_line_parts() -> None:
    """A part is close to the one before where no empty line stands between them."""
    assert [part.close for part in parts_of("Roe\nmayor\n\nDoe")] == [False, True, False]


@given(st.text(alphabet=" >\t\nab.:@—", max_size=60))
def test_parts_lie_in_the_text_in_order(text: str) -> None:
    """No part is empty, none overlaps another, none has white space at its end."""
    parts = parts_of(text)
    assert all(part.start < part.end for part in parts)
    assert all(before.end <= after.start for before, after in pairwise(parts))
    assert all(not text[part.end - 1].isspace() for part in parts)
