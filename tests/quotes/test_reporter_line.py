"""The reporter's line: quoted stretches folded into one item each."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.quotes import find_quotes
from quoteapi.quotes.reporter_line import ReporterLine, reporter_line_of

BLANK = spacy.blank("en")


def line_of(text: str) -> ReporterLine:
    """The line of a text on blank tokens."""
    return reporter_line_of(BLANK(text), find_quotes(text))


def words(line: ReporterLine) -> list[str]:
    """Its words."""
    return [line.word(i) for i in range(len(line.items))]


def test_a_quote_is_one_item() -> None:
    """Marks included, whatever its length."""
    assert words(line_of("“The wall, he said, held,” Roe told us.")) == ["QUOTE", "roe", "told", "us", "."]


def test_each_stretch_of_a_split_quote_is_an_item() -> None:
    """The reporter's words stand between."""
    line = line_of("“It will,” she said, “take years.”")
    assert words(line) == ["QUOTE", "she", "said", ",", "QUOTE"]
    assert line.stretches == [[0, 4]]


def test_a_quote_in_a_quote_has_its_holders_place() -> None:
    """The line is the reporter's own."""
    assert line_of("She said: “He told me, ‘Go home,’ so I went.”").stretches == [[3], [3]]


def test_paragraphs_have_limits_on_the_line() -> None:
    """White space is left out; a position outside the line has no word."""
    line = line_of("It held.\n\nRoe left.")
    assert words(line) == ["it", "held", ".", "roe", "left", "."]
    assert [line.paragraph_start(i) for i in (0, 2, 3, 5)] == [0, 0, 3, 3]
    assert [line.paragraph_end(i) for i in (0, 2, 3, 5)] == [3, 3, 6, 6]
    assert (line.word(-1), line.word(6)) == ("", "")


@given(text=st.text(max_size=60) | st.text(st.sampled_from("“”‘’\"' \n.,aI"), max_size=60))
def test_every_token_and_every_quote_has_a_place(text: str) -> None:
    """Whatever the text; items are in reading order."""
    line = line_of(text)
    assert len(line.place) == len(line.doc)
    assert all(0 <= place < max(1, len(line.items)) for place in line.place)
    assert all(places and places == sorted(places) for places in line.stretches)
    assert [item.token for item in line.items] == sorted({item.token for item in line.items})
