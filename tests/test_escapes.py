"""Escapes: nothing that acts is left, and nothing else is changed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.escapes import CONTROLS, DIRECTIONS, escaped, escaped_json


@pytest.mark.parametrize("sign", [*sorted(DIRECTIONS | CONTROLS - {"\n", "\t"}), "\u2028", "\u2029", "\udc80"])
def test_what_acts_is_written_as_python_would(sign: str) -> None:
    """And can be written to any file."""
    assert escaped(f"a{sign}b") == f"a{repr(sign)[1:-1]}b"


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_other_words_stay_as_they_are(words: str) -> None:
    """Line feeds and tabs, too."""
    assert escaped(f"{words}\n\t") == f"{words}\n\t"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_json_document_holds_the_same(words: str) -> None:
    """Whatever was in it."""
    document = escaped_json(json.dumps(words, ensure_ascii=False))
    assert json.loads(document) == words
    assert (DIRECTIONS | CONTROLS | {"\u2028", "\u2029"}).isdisjoint(document)
