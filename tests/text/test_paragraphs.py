"""Paragraphs: what a writer sets apart by line ends."""

from hypothesis import given
from hypothesis import strategies as st

from quoteapi.text import paragraphs


def cut(text: str) -> list[str]:
    """The paragraphs' words."""
    return [text[start:end] for start, end in paragraphs(text)]


def test_each_line_of_news_is_a_paragraph() -> None:
    """With or without blank lines, white space at the edges left out."""
    assert cut("  Wall holds \n\nThe wall held, officials said.\nIt is new.\n \n\n") == [
        "Wall holds",
        "The wall held, officials said.",
        "It is new.",
    ]


def test_a_text_without_words_has_no_paragraph() -> None:
    """Nor has an empty one."""
    assert cut("") == cut(" \n\t\n") == []


@given(st.text(st.sampled_from("ab. \n\t“")))
def test_paragraphs_hold_all_that_is_not_white_space(text: str) -> None:
    """In order, without overlap, none with white space at its edges."""
    found = paragraphs(text)
    assert "".join(text[a:b] for a, b in found).split() == text.split() or len(found) > 1
    assert sum(len("".join(text[a:b].split())) for a, b in found) == len("".join(text.split()))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in found)
    assert [end for a, b in found for end in (a, b)] == sorted(end for a, b in found for end in (a, b))


def test_lines_of_white_space_are_no_paragraphs() -> None:
    """However long they are: to look for a word in each of them takes no longer than to read them once."""
    assert paragraphs("Hi." + "\n" + " \t" * 1_000_000 + "\n" + "Ho.") == [(0, 3), (2_000_005, 2_000_008)]
