"""Cues: the word or mark that hands a quote to its source."""

from collections.abc import Callable

import pytest

from quoteapi.structs import Quote

Quotes = Callable[[str], list[Quote]]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“It held,” Jane Roe said on Monday.", "said"),
        ("“He said no,” Jane Roe wrote.", "wrote"),
        ("“It held,” Jane Roe, a senior researcher at the University of Kelby, said on Tuesday.", "said"),
        ("“It held,” said Jane Roe, who was elected in May and has promised a new wall.", "said"),
        ("“It held,” Jane Roe (who leads the inquiry) said.", "said"),
        ("Jane Roe was blunt: “It is gone.”", ":"),
        ("According to Jane Roe, it was “beyond repair.”", "According to"),
    ],
)
def test_the_cue_is_the_reporters_word_beside_the_source(quotes_of: Quotes, text: str, cue: str) -> None:
    """Not a verb inside the quote, nor one in a clause about the speaker."""
    (quote,) = quotes_of(text)
    assert quote.cue is not None
    assert quote.cue.text == cue


def test_the_lemma_is_the_dictionary_form(quotes_of: Quotes) -> None:
    """Told is a form of tell."""
    (quote,) = quotes_of("“It held,” Jane Roe told reporters.")
    assert quote.cue is not None
    assert quote.cue.lemma == "tell"


def test_a_sentence_away_there_is_no_cue(quotes_of: Quotes) -> None:
    """A gesture in a sentence of its own hands over by standing there."""
    (quote,) = quotes_of("Jane Roe smiled. “I told them so.”")
    assert (quote.cue, quote.evidence.method) == (None, "context")
