"""Pointing: the upper layers' predictions for an article: the source of each quote, whether it is speech, the antecedents of mentions."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.body import body_of
from quoteapi.encoder.descriptions import Descriptions, ReadWindow, describe
from quoteapi.encoder.distances import ground, openings
from quoteapi.encoder.grammar import encoded_on
from quoteapi.encoder.kinds import SPEECH
from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.probabilities import by_token, softmax
from quoteapi.encoder.quote_pieces import QUOTED, REPORTED, corners, quote_pieces
from quoteapi.encoder.session import Encoder, Floats
from quoteapi.encoder.windows import upper_windows
from quoteapi.findings import FoundQuote

NEVER = np.float32(-1e4)


class Source(Struct, frozen=True):
    """Predictions for a quote: the probability of each token to belong to its source, of having none (`nobody`), and of each of `KINDS`."""

    tokens: dict[int, float]
    nobody: float
    kinds: tuple[float, ...]

    @property
    def speech(self) -> float:
        """The probability that it is speech."""
        return sum(self.kinds[: len(SPEECH)])


class Pointing:
    """The predictions for an article.

    Args:
        encoder: Its mention graph runs when antecedents are requested.
        sources: By the index of the quote; nested quotes are left out.
        windows: The windows read.
        descriptions: The names and roles; None if nothing was read.
    """

    def __init__(
        self, encoder: Encoder, sources: dict[int, Source], windows: Sequence[ReadWindow], descriptions: Descriptions | None = None
    ) -> None:
        self.encoder = encoder
        self.sources = sources
        self.windows = windows
        self.descriptions = descriptions

    @cached_property
    def _places(self) -> dict[int, tuple[int, ReadWindow]]:
        """The first piece of each token, in the window with the most context before it."""
        return places_in(self.windows)

    def antecedents(self, token: int) -> dict[int, float]:
        """Returns the probability of each token to name the referent of a mention, given the mention's head token.

        The rest up to 1 is the probability that nothing in its window does. Empty if no window covers the token.
        """
        if token not in self._places:
            return {}
        place, window = self._places[token]
        pointing, nothing, gains = self.encoder.run("mentions", states=window.states[place : place + 1])
        scores = window.keys[:, window.keys.shape[1] // 2 :] @ pointing[0] + window.gains(gains[0], place, place)
        scores[place] = NEVER
        return by_token(window.tokens, softmax(np.append(scores, nothing[0]))[:-1])


def places_in(windows: Sequence[ReadWindow]) -> dict[int, tuple[int, ReadWindow]]:
    """Maps each token to the position of its first piece, in the window with the most context before it."""
    found: dict[int, tuple[int, ReadWindow]] = {}
    for window in windows:
        tokens, firsts = np.unique(window.tokens, return_index=True)
        for token, place in zip(tokens.tolist(), firsts.tolist(), strict=True):
            if token not in found or place > found[token][0]:
                found[token] = place, window
    return found


def states_of(doc: Doc, pieces: Ints, encoder: Encoder) -> Floats:
    """Returns the states that the encoder's upper layers read for some pieces of a document."""
    return encoded_on(doc, encoder).states[pieces] if encoder.model == "small" else body_of(doc, encoder).of_pieces(pieces)


def point(doc: Doc, quotes: Sequence[FoundQuote], encoder: Encoder) -> Pointing:
    """Runs the upper layers on an article.

    Args:
        doc: The article.
        quotes: Its quotes; nested ones are left out.
        encoder: The encoder.
    """
    pieces = encoded_on(doc, encoder).pieces
    if not len(pieces.ids):
        return Pointing(encoder, {}, ())
    scene = quote_pieces(doc, pieces, quotes)
    windows = list(upper_windows(pieces, scene.spans, scene.quotes))
    marks = [scene.marked[window.pieces] for window in windows]
    outputs = [
        encoder.upper(states_of(doc, window.pieces, encoder), pieces.shapes[window.pieces], marked)
        for window, marked in zip(windows, marks, strict=True)
    ]
    sources: dict[int, Source] = {}
    seen = [
        ReadWindow(
            pieces.tokens[window.pieces],
            states,
            keys,
            ground(openings(pieces.shapes[window.pieces]), (marked == QUOTED).astype(np.int64)),
            tags,
            bearers,
        )
        for window, marked, (states, keys, tags, bearers) in zip(windows, marks, outputs, strict=True)
    ]
    for window, marked, own in zip(windows, marks, seen, strict=True):
        if not window.quotes:
            continue
        states, keys = own.states, own.keys
        at = np.array([np.searchsorted(window.pieces, corners(scene.quotes[q], len(pieces.ids))) for q in window.quotes])
        at = np.minimum(at, len(states) - 1)
        pointing, nobody, kinds, gains = encoder.run("sources", corners=states[at].reshape(len(at), -1))
        scores = pointing @ keys[:, : keys.shape[1] // 2].T
        scores += [own.gains(gain, place[1], place[2]) for gain, place in zip(gains, at.tolist(), strict=True)]
        scores[:, marked != REPORTED] = NEVER
        for q, row, none, told_kinds in zip(window.quotes, scores, nobody, kinds, strict=True):
            told = softmax(np.append(row, none))
            sources[scene.numbers[q]] = Source(by_token(own.tokens, told[:-1]), float(told[-1]), tuple(softmax(told_kinds).tolist()))
    return Pointing(encoder, sources, seen, describe(doc, seen, encoder))
