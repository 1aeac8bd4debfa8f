"""Windows: the parts of an article that the encoder reads at once.

The lower layers read every piece once, in windows that end with a sentence. The upper layers read again around each quote, with the
middle of every long quote cut, so that the speaker and what is said before and after stand in one window.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.pieces import MAX_PIECES, Ints, Pieces

MAX_LOWER_PIECES = 126
"""Maximum number of pieces in a window of the lower layers, without the two at its ends."""
QUOTE_EDGE = 12
"""Number of pieces kept at either end of a long quote."""
MAX_UPPER_PIECES = 384
"""Maximum number of pieces in a window of the upper layers."""
MAX_TAGGED_PIECES = 192
"""Maximum number of pieces that are tagged at once."""
STRIDE = 224
"""Number of pieces from the start of a window of the upper layers to the start of the next one."""
BEFORE, AFTER = 128, 48
"""Number of pieces before and after a quote that its window should contain."""
ENDING = re.compile(r"^[.?!][.?!”’\"')\]]*$|^[”’\"')\]]+$|^''$")


class Window(Struct, frozen=True):
    """A window of the upper layers: its pieces in order, and the quotes whose source is predicted in it."""

    pieces: Ints
    quotes: list[int]


def lower_windows(doc: Doc, pieces: Pieces) -> list[tuple[int, int]]:
    """Returns half-open spans of pieces that cover the document.

    Each ends with a paragraph, or else with a sentence, if one ends late enough in it.
    """
    total = len(pieces.ids)
    found: list[tuple[int, int]] = []
    start = 0
    paragraph_ends, sentence_ends = ends(doc, pieces)
    while start < total:
        limit = start + MAX_LOWER_PIECES
        if limit >= total:
            found.append((start, total))
            break
        end = latest(paragraph_ends, start + MAX_LOWER_PIECES // 2, limit) or latest(sentence_ends, start + MAX_LOWER_PIECES // 4, limit)
        if end is None:
            end = max(start + 1, int(pieces.firsts[pieces.tokens[limit]]))
            end = limit if end <= start + MAX_LOWER_PIECES // 2 else end
        found.append((start, end))
        start = end
    return found


def latest(places: Sequence[int], low: int, high: int) -> int | None:
    """Returns the last of some sorted positions that is above `low` and at most `high`."""
    i = bisect_left(places, high + 1) - 1
    return places[i] if i >= 0 and places[i] > low else None


def ends(doc: Doc, pieces: Pieces) -> tuple[list[int], list[int]]:
    """Returns the positions, in pieces, at which a paragraph may end, and those at which a sentence may."""
    paragraph_ends: list[int] = []
    sentence_ends: list[int] = []
    previous = ""
    for token, first in zip(doc, pieces.firsts.tolist(), strict=True):
        text = token.text
        if text.isspace():
            if "\n" in text:
                paragraph_ends.append(first)
            continue
        if previous and ENDING.match(previous) and text[:1] not in ".,;:?!)]”’" and not text[:1].islower():
            sentence_ends.append(first)
        previous = text
    return paragraph_ends, sentence_ends


def paragraph_windows(doc: Doc, pieces: Pieces) -> list[tuple[int, int]]:
    """Returns half-open spans of pieces that cover the document, in whole paragraphs; a longer paragraph is cut where a sentence ends."""
    total = len(pieces.ids)
    found: list[tuple[int, int]] = []
    start = 0
    paragraph_ends, sentence_ends = ends(doc, pieces)
    while start < total:
        limit = min(start + MAX_TAGGED_PIECES, total)
        end = limit if limit == total else latest(paragraph_ends, start, limit) or latest(sentence_ends, start, limit)
        end = end or max(start + 1, int(pieces.firsts[pieces.tokens[limit]]))
        end = limit if end <= start + MAX_PIECES else end
        found.append((start, end))
        start = end
    return found


def upper_windows(pieces: Pieces, spans: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]) -> Iterator[Window]:
    """Yields overlapping windows that contain everything but the middle of long quotes; none for a text without pieces.

    Each quote belongs to the window with the most of the context that it needs.

    Args:
        pieces: The article.
        spans: Half-open spans of quoted pieces: the middle of a long one is cut.
        quotes: Half-open spans of pieces in reading order: the quotes whose source is sought.
    """
    kept = kept_pieces(len(pieces.ids), spans)
    place = np.searchsorted(kept, np.arange(len(pieces.ids) + 1))
    last = max(0, len(kept) - MAX_UPPER_PIECES)
    starts = [*range(0, last, STRIDE), last]
    inside: list[list[int]] = [[] for _ in starts]
    for number, quote in enumerate(quotes):
        first, end = place[list(quote)].tolist()
        around = [min(first - start, BEFORE) + min(start + MAX_UPPER_PIECES - end, AFTER) * (BEFORE // AFTER) for start in starts]
        within = [start <= first and end <= start + MAX_UPPER_PIECES for start in starts]
        inside[max(range(len(starts)), key=lambda i: (within[i], around[i]))].append(number)
    for start, own in zip(starts, inside, strict=True):
        if len(kept):
            yield Window(kept[start : start + MAX_UPPER_PIECES], own)


def kept_pieces(total: int, spans: Sequence[tuple[int, int]]) -> Ints:
    """Returns the pieces that remain when the middle of every long quote is cut."""
    keep = np.ones(total, dtype=bool)
    for start, end in spans:
        if end - start > 2 * QUOTE_EDGE:
            keep[start + QUOTE_EDGE : end - QUOTE_EDGE] = False
    return np.flatnonzero(keep)
