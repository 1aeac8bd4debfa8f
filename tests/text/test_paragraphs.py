"""Paragraphs: what a writer sets apart by line ends."""

from textwrap import wrap

from hypothesis import given
from hypothesis import strategies as st

from quoteapi.text import paragraphs

SENTENCES = (
    "The harbour master said the new wall had held through the night, though spray came over it at high tide. "
    "Crews from three towns worked until dawn to clear the road, and the ferry is expected to run again by Friday. "
    "Nobody was hurt, but two boats were lost and the fish market will stay closed for the rest of the week."
)


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


def test_wrapped_text_ends_a_paragraph_at_a_blank_line() -> None:
    """Lines of some 70 columns are one paragraph up to the next blank line."""
    first, second = "\n".join(wrap(SENTENCES, 70)), "\n".join(wrap(SENTENCES, 66))
    assert cut(f"{first}\n\n{second}\n") == [first, second]


def test_short_lines_that_end_as_sentences_are_paragraphs() -> None:
    """Live updates of a sentence each are not wrapped."""
    lines = [f"The {nth} pump was started at the harbour and works well." for nth in ("first", "second", "third", "fourth", "fifth")]
    assert cut("\n".join(lines)) == lines


def test_long_lines_are_paragraphs() -> None:
    """Nobody wraps text at hundreds of columns."""
    assert cut(f"{SENTENCES}\n{SENTENCES}\n{SENTENCES}\n{SENTENCES}") == [SENTENCES] * 4


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
