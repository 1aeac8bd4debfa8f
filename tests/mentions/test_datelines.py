"""Datelines: where a story was filed is nobody."""

import pytest
import spacy

from quoteapi.mentions.datelines import dateline_end

BLANK = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KELBY, Norland (Newswire) — The wall held.", "The wall held."),
        ("Wall holds\n\nKELBY: The wall held.", "The wall held."),
        ("KELBY: The wall held.\n\nROE: It did.", None),
        ("The wall held — Roe said.", None),
        ("Kelby: The wall held.", None),
    ],
)
def test_capitals_before_a_dash_or_a_colon_are_a_dateline(text: str, words: str | None) -> None:
    """Where one paragraph opens so; several are turns."""
    doc = BLANK(text)
    end = dateline_end(doc)
    assert (doc[end:].text if end else None) == words
