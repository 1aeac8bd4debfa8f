"""Marks: which characters open and close, and which are apostrophes, primes or markup."""

import pytest

from quoteapi.quotes.marks import Family, Mark, find_marks


def only(text: str) -> Mark:
    """The one mark of a text."""
    (mark,) = find_marks(text)
    return mark


def part(mark: Mark) -> str:
    """The part that costs a mark least."""
    return min((mark.opening, "opens"), (mark.closing, "closes"), (mark.neither, "neither"))[1]


@pytest.mark.parametrize("mark", ["“", '"', "''", "``", "„", "«", "‹", "‘", "'", "＂", "‟"])
def test_a_mark_before_a_word_opens(mark: str) -> None:
    """A space or nothing before it, a letter after it."""
    assert part(only(f"She said {mark}yes")) == "opens"


@pytest.mark.parametrize("mark", ["”", '"', "''", "»", "›", "’", "'", "＂", "〞"])
@pytest.mark.parametrize("end", [",", ".", "?", "!", "…", ")"])
def test_a_mark_after_a_sentence_closes(mark: str, end: str) -> None:
    """Punctuation before it, a space after it."""
    assert part(only(f"yes{end}{mark} she said")) == "closes"


@pytest.mark.parametrize("word", ["don't", "Roe’s", "o'clock", "O‘Neill", "don´t", "it＇s"])
def test_an_apostrophe_inside_a_word_is_no_mark(word: str) -> None:
    """Letters on both sides."""
    assert find_marks(word) == []


@pytest.mark.parametrize(
    "text", ["the workers’ strike", "in the ’90s", "get ’em now", "’tis late", "singin’ along", "tin o’ beans", "we ’ll see"]
)
@pytest.mark.parametrize("apostrophe", ["’", "'"])
def test_possessives_and_elisions_are_apostrophes(text: str, apostrophe: str) -> None:
    """At the end or the start of a word, an apostrophe costs less than a mark that nothing pairs."""
    mark = only(text.replace("’", apostrophe))
    assert mark.neither <= 0.5


@pytest.mark.parametrize("text", ['a 6" board', "a 5' wall", "a 12'' pipe"])
def test_measures_are_no_marks(text: str) -> None:
    """Inches and feet after a digit."""
    assert only(text).neither < 1


def test_rock_n_roll_has_no_marks() -> None:
    """The two apostrophes of 'n' are a pair only by their looks."""
    assert find_marks("rock 'n' roll") == find_marks("rock ’n’ roll") == []


def test_markup_has_no_marks() -> None:
    """Attributes of tags that were left in the text."""
    assert find_marks("<a href=\"https://example.org\" class='x'>wall</a>") == []


def test_two_apostrophes_are_one_double_mark() -> None:
    """As some newspapers set them."""
    mark = only("''Yes")
    assert (mark.start, mark.end, mark.shape.family) == (0, 2, Family.DOUBLE)


def test_three_apostrophes_open_with_the_double_mark_and_close_with_it() -> None:
    """'''No' is an answer'' and ''He said 'no.'''."""
    assert [mark.end - mark.start for mark in find_marks("'''No")] == [2, 1]
    assert [mark.end - mark.start for mark in find_marks("no.'''")] == [1, 2]


def test_marks_that_touch_share_their_neighbours() -> None:
    """Both marks of “‘Yes stand before a word."""
    assert [part(mark) for mark in find_marks("“‘Yes")] == ["opens", "opens"]
    assert [part(mark) for mark in find_marks("yes.’”")] == ["closes", "closes"]


def test_a_row_of_marks_is_an_ornament() -> None:
    """Seven marks in a row begin or end nothing."""
    assert find_marks('“““““““ """""""""""""') == []
