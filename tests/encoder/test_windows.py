"""Windows: every piece once below, every quote with its surroundings above."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoteapi.encoder import Encoder
from quoteapi.encoder.pieces import Pieces
from quoteapi.encoder.windows import (
    MAX_LOWER_PIECES,
    MAX_TAGGED_PIECES,
    MAX_UPPER_PIECES,
    QUOTE_EDGE,
    kept_pieces,
    lower_windows,
    paragraph_windows,
    upper_windows,
)

WORDS = st.lists(st.sampled_from(["wall", "Roe", "said", ".", "”", "“", "\n\n", "harbourmastership"]), max_size=400)


def cut(encoder: Encoder, doc: Doc) -> Pieces:
    """The pieces of a document."""
    return encoder.cutter.cut([token.text for token in doc], [bool(token.whitespace_) for token in doc])


@settings(deadline=None)
@given(words=WORDS)
def test_the_lower_windows_cover_every_piece_once(encoder: Encoder, tokens: Callable[[str], Doc], words: list[str]) -> None:
    """In order, none longer than may be, none empty."""
    doc = tokens(" ".join(words))
    pieces = cut(encoder, doc)
    windows = lower_windows(doc, pieces)
    assert [i for start, end in windows for i in range(start, end)] == list(range(len(pieces.ids)))
    assert all(0 < end - start <= MAX_LOWER_PIECES for start, end in windows)


def test_a_window_ends_with_a_sentence_where_one_ends(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """Not in its middle, though there would be room."""
    doc = tokens("The wall held and nobody was hurt by what the sea threw over it. " * 20)
    pieces = cut(encoder, doc)
    ends = [pieces.tokens[end - 1] for _, end in lower_windows(doc, pieces)]
    assert {doc[int(end)].text for end in ends} == {"."}


def spread(total: int, lengths: list[int]) -> list[tuple[int, int]]:
    """Stretches of these lengths, three pieces apart, as far as they fit."""
    found, start = [], 3
    for length in lengths:
        if start + length + 3 > total:
            break
        found.append((start, start + length))
        start += length + 3
    return found


@settings(deadline=None)
@given(total=st.integers(1, 3000), lengths=st.lists(st.integers(1, 300), max_size=60))
def test_every_quote_is_decided_in_one_window_that_holds_its_ends(total: int, lengths: list[int]) -> None:
    """Its first piece and its last one, and the pieces beside it; no window is longer than may be."""
    column = np.zeros(total, dtype=np.int64)
    pieces = Pieces(column, column, np.arange(total), np.arange(total))
    quotes = spread(total, lengths)
    windows = list(upper_windows(pieces, quotes, quotes))
    assert sorted(q for window in windows for q in window.quotes) == list(range(len(quotes)))
    for window in windows:
        assert len(window.pieces) <= MAX_UPPER_PIECES
        for q in window.quotes:
            assert {quotes[q][0] - 1, quotes[q][0], quotes[q][1] - 1, quotes[q][1]} <= set(window.pieces.tolist())


def test_the_middle_of_a_long_quote_is_left_out() -> None:
    """And nothing else."""
    assert kept_pieces(100, [(10, 90), (92, 95)]).tolist() == [*range(10 + QUOTE_EDGE), *range(90 - QUOTE_EDGE, 100)]


@settings(deadline=None)
@given(words=WORDS)
def test_the_windows_of_paragraphs_cover_every_piece_once(encoder: Encoder, tokens: Callable[[str], Doc], words: list[str]) -> None:
    """In order, none longer than may be, none empty."""
    doc = tokens(" ".join(words))
    pieces = cut(encoder, doc)
    windows = paragraph_windows(doc, pieces)
    assert [i for start, end in windows for i in range(start, end)] == list(range(len(pieces.ids)))
    assert all(0 < end - start <= MAX_TAGGED_PIECES for start, end in windows)


def test_paragraphs_stay_whole(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """As many as fit; one that is too long is cut behind a sentence."""
    sentence = "The wall held and nobody was hurt by what the sea threw over it. "
    short, long = sentence * 5, sentence * 30
    doc = tokens(f"{short.strip()}\n\n{short.strip()}\n\n{short.strip()}\n\n{long.strip()}")
    pieces = cut(encoder, doc)
    first, *others = paragraph_windows(doc, pieces)
    assert doc[int(pieces.tokens[first[1] - 1]) + 1].text == "\n\n"
    assert all(doc[int(pieces.tokens[end - 1])].text == "." for _, end in others)
