"""Quotes in pieces: where each quote begins and ends, and which pieces are the reporter's words."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.pieces import Ints, Pieces
from quoteapi.findings import FoundQuote

REPORTED, QUOTED, MARK = range(3)


class QuotePieces(Struct, frozen=True):
    """The quotes of a document as half-open spans of pieces; `marked` says of each piece whether it is the reporter's, quoted or a mark."""

    marked: Ints
    spans: list[tuple[int, int]]
    quotes: list[tuple[int, int]]
    numbers: list[int]


def quote_pieces(doc: Doc, pieces: Pieces, quotes: Sequence[FoundQuote]) -> QuotePieces:
    """Returns the quotes in pieces, without nested ones; `quotes`, whose source is sought, has only those in quotation marks."""
    begins = doc.to_array("IDX").astype(np.int64)
    firsts = np.append(pieces.firsts, len(pieces.ids))
    marked = np.full(len(pieces.ids), REPORTED, dtype=np.int64)
    spans: list[tuple[int, int]] = []
    extents: list[tuple[int, int]] = []
    numbers: list[int] = []

    def stretch(start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(begins, start, side="right")) - 1
        last = int(np.searchsorted(begins, end, side="left"))
        return int(firsts[max(first, 0)]), int(firsts[last])

    for number, quote in enumerate(quotes):
        if quote.within is not None:
            continue
        own = [stretch(*span) for span in quote.spans]
        for first, last in own if quote.form == "marks" else ():
            marked[max(first - 1, 0) : first] = MARK
            marked[last : last + 1] = MARK
        for first, last in own:
            marked[first:last] = QUOTED
        spans.extend(own)
        if quote.form != "marks":
            continue
        extents.append((own[0][0], own[-1][1]))
        numbers.append(number)
    return QuotePieces(marked, spans, extents, numbers)


def corners(extent: tuple[int, int], total: int) -> tuple[int, int, int, int]:
    """Returns the pieces that represent a quote: the one before it, its first, its last, the one after it."""
    start, end = extent
    last = max(start, end - 1)
    return max(0, start - 1), min(start, total - 1), min(last, total - 1), min(last + 1, total - 1)
