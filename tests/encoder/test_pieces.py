"""Pieces: tokens as the encoder reads them."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoteapi.encoder import Encoder
from quoteapi.encoder.pieces import MAX_PIECES, PARAGRAPH, SHAPES, Pieces, shape_of


def cut(encoder: Encoder, doc: Doc) -> Pieces:
    """The pieces of a document."""
    return encoder.cutter.cut([token.text for token in doc], [bool(token.whitespace_) for token in doc])


@pytest.mark.parametrize(
    ("text", "shape"),
    [("wall", "lower"), ("Roe", "capital"), ("A", "capital"), ("NATO", "upper"), ("McRae", "mixed"), ("5th", "digit"), ("”", "mark")],
)
def test_a_token_has_a_shape(text: str, shape: str) -> None:
    """The vocabulary knows no capitals, so the shape tells them."""
    assert SHAPES[shape_of(text)] == shape


def test_unknown_marks_are_read_as_known_ones(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """The articles of the fit have no „ and no »."""
    assert cut(encoder, tokens("„Yes»")).ids.tolist() == cut(encoder, tokens("“Yes”")).ids.tolist()


def test_the_vocabulary_tells_words(encoder: Encoder) -> None:
    """Whole ones, not their parts."""
    assert encoder.cutter.is_word("government")
    assert not encoder.cutter.is_word("vernment")


def test_a_paragraph_and_a_missing_space_are_told(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """On the first piece after a line's end, and on what stands close to the token before."""
    doc = tokens("Roe left.\n\nNobody stayed")
    pieces = cut(encoder, doc)
    shapes = [int(pieces.shapes[first]) for first, token in zip(pieces.firsts, doc, strict=True) if not token.is_space]
    assert [shape // PARAGRAPH for shape in shapes] == [1, 0, 0, 1, 0]
    assert [shape % PARAGRAPH // len(SHAPES) for shape in shapes] == [0, 0, 1, 0, 0]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_every_token_but_white_space_has_pieces(encoder: Encoder, tokens: Callable[[str], Doc], text: str) -> None:
    """At least one and at most so many, in reading order; `firsts` is where a token's pieces begin."""
    doc = tokens(text)
    pieces = cut(encoder, doc)
    counts = np.bincount(pieces.tokens, minlength=len(doc)) if len(doc) else np.zeros(0)
    assert list(pieces.tokens) == sorted(pieces.tokens)
    for token in doc:
        assert counts[token.i] == 0 if token.text.isspace() else 1 <= counts[token.i] <= MAX_PIECES
        if counts[token.i]:
            assert pieces.tokens[pieces.firsts[token.i]] == token.i
