"""Spans of the answer: the caller's own words, in the caller's unit."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.answer.spans import Locator
from quoteapi.structs import OffsetUnit, Span
from quoteapi.text import read

BLANK = spacy.blank("en")
SOURCE = "😀 &ldquo;Caf\u00e9\u00ad held,&rdquo; Roe said."


def locator(source: str, unit: OffsetUnit = "codepoint") -> Locator:
    """The locator of a text on blank tokens."""
    reading = read(source)
    return Locator(reading, BLANK(reading.text), unit)


@pytest.mark.parametrize(("unit", "start", "end"), [("codepoint", 9, 19), ("utf16", 10, 20), ("utf8", 12, 24)])
def test_a_stretch_counts_in_the_callers_unit(unit: OffsetUnit, start: int, end: int) -> None:
    """An emoji is one code point, two units of UTF-16, four bytes; the words are verbatim, soft hyphen included."""
    found = locator(SOURCE, unit)
    place = found.reading.text.index("Café")
    assert found.span((place, place + len("Café held"))) == Span(start=start, end=end, text="Caf\u00e9\u00ad held")
    assert (found.range((place, place + 9)).start, found.range((place, place + 9)).end) == (start, end)


def test_a_page_s_number_parts_a_stretch() -> None:
    """Each part is cut verbatim, without the white space at the cut."""
    found = locator("The wall held and\n\n12\n\nthe pumps worked.")
    assert found.spans((0, len(found.reading.text))) == [
        Span(start=0, end=17, text="The wall held and"),
        Span(start=23, end=40, text="the pumps worked."),
    ]


def test_a_cue_has_its_lemma() -> None:
    """That of the document, the word itself where it has none; several words are their own lemma."""
    found = locator("According to Roe, it held, she said.")
    assert found.cue((0, 2)).lemma == "according to"
    assert found.cue((8, 9)).lemma == "said"
    found.doc[8].lemma_ = "say"
    assert (found.cue((8, 9)).text, found.cue((8, 9)).lemma) == ("said", "say")


@given(text=st.text(st.characters(codec=None), min_size=1, max_size=40), data=st.data())
def test_every_stretch_of_tokens_is_cut_verbatim(text: str, data: st.DataObject) -> None:
    """Whatever was repaired for reading."""
    found = locator(text)
    if not len(found.doc):
        return
    first = data.draw(st.integers(0, len(found.doc) - 1))
    last = data.draw(st.integers(first + 1, len(found.doc)))
    span = found.words((first, last))
    assert text[span.start : span.end] == span.text
