"""The body: the states of the larger layers, which reported speech and the upper layers of the model `base` share."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.grammar import encoded_on
from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.session import Encoder, Floats
from quoteapi.encoder.windows import paragraph_windows

BODY = "quoteapi_body"
"""Key in `doc.user_data` of a document's states."""


class Body(Struct, frozen=True):
    """The states of a document: one window after the other, each with a row for its beginning, one per piece and one for its end.

    `windows` are half-open spans of pieces.
    """

    windows: list[tuple[int, int]]
    states: Floats

    def of_window(self, number: int) -> Floats:
        """Returns the states of a window, with those of its two ends."""
        start, end = self.windows[number]
        return self.states[start + 2 * number : end + 2 * number + 2]

    def of_pieces(self, pieces: Ints) -> Floats:
        """Returns the states of some pieces, between those of the two ends of the document."""
        numbers = np.searchsorted([end for _, end in self.windows], pieces, side="right")
        return self.states[np.concatenate(([0], pieces + 2 * numbers + 1, [len(self.states) - 1]))]


def body_of(doc: Doc, encoder: Encoder) -> Body:
    """Returns the states of a document that has pieces, computed on the first call."""
    stored: Body | None = doc.user_data.get(BODY)
    if stored is None:
        windows, states = zip(*computed(doc, encoder), strict=True)
        stored = doc.user_data[BODY] = Body(list(windows), np.concatenate(states))
    return stored


def body_windows(doc: Doc, encoder: Encoder) -> Iterator[tuple[tuple[int, int], Floats]]:
    """Yields the windows of a document with their states, which only `base` keeps, because it reads them more than once."""
    if encoder.model == "small" or not len(encoded_on(doc, encoder).pieces.ids):
        yield from computed(doc, encoder)
        return
    body = body_of(doc, encoder)
    for number, window in enumerate(body.windows):
        yield window, body.of_window(number)


def computed(doc: Doc, encoder: Encoder) -> Iterator[tuple[tuple[int, int], Floats]]:
    """Runs the larger layers; yields each window of a document, as a half-open span of pieces, and its states."""
    pieces = encoded_on(doc, encoder).pieces
    for start, end in paragraph_windows(doc, pieces):
        yield (start, end), encoder.body(pieces.ids[start:end])
