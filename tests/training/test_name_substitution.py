"""Name substitution: persons under other names, the same wherever an article writes them."""

from random import Random

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoteapi.training.encoder.name_substitution import by_gender, renamed

BLANK = spacy.blank("en")
TEXT = "Mary Carter met John Doyle. “It held,” Carter said. Doyle, 50, left with Mary."


def again(text: str, seed: int) -> Doc:
    """The text with its persons renamed."""
    return renamed(BLANK(text), by_gender(["Anna", "Peter"]), ["Varga"], Random(seed))  # noqa: S311 - a test's choice


def test_a_person_has_one_new_name_throughout() -> None:
    """Mary Carter and Carter, alike; a woman gets a woman's first name."""
    texts = {again(TEXT, seed).text for seed in range(20)}
    assert "Anna Varga met John Doyle. “It held,” Varga said. Doyle, 50, left with Anna." in texts
    assert TEXT in texts


@given(st.integers(0, 99))
def test_tokens_stay_where_they_are(seed: int) -> None:
    """One word for one word, and the marks untouched."""
    doc, old = again(TEXT, seed), BLANK(TEXT)
    assert [token.whitespace_ for token in doc] == [token.whitespace_ for token in old]
    assert [token.text for token in doc if not token.is_title] == [token.text for token in old if not token.is_title]


def test_who_has_no_first_name_keeps_the_surname() -> None:
    """A capital alone is no person."""
    assert again("The Harbour Board said so.", 1).text == "The Harbour Board said so."
