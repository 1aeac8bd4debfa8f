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
from quoteapi.encoder.probabilities import by_token, mean_by_key, softmax
from quoteapi.encoder.quote_pieces import QUOTED, REPORTED, QuotePieces, corners, quote_pieces
from quoteapi.encoder.session import MODELS, Encoder, Floats, graph_of
from quoteapi.encoder.windows import Window, upper_windows
from quoteapi.findings import FoundQuote
from quoteapi.settings import Model

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


class Reading(Struct, frozen=True):
    """What the upper layers of one model predict for an article: its windows, and the source of each quote by its index."""

    windows: list[ReadWindow]
    sources: dict[int, Source]


class Pointing:
    """The predictions for an article, the mean of all models that read it.

    Args:
        encoder: Its mention graphs run when antecedents are requested.
        readings: Those of the models; none for a text without pieces.
        descriptions: The names and roles; None if nothing was read.
    """

    def __init__(self, encoder: Encoder, readings: Sequence[Reading] = (), descriptions: Descriptions | None = None) -> None:
        self.encoder = encoder
        self.readings = readings
        self.descriptions = descriptions
        numbers = readings[0].sources if readings else ()
        self.sources = {number: mean_source([reading.sources[number] for reading in readings]) for number in numbers}
        """By the index of the quote; nested quotes are left out."""

    @cached_property
    def _places(self) -> list[dict[int, tuple[int, ReadWindow]]]:
        """For each model, the first piece of each token, in the window with the most context before it."""
        return [places_in(reading.windows) for reading in self.readings]

    def antecedents(self, token: int) -> dict[int, float]:
        """Returns the probability of each token to name the referent of a mention, given the mention's head token.

        The rest up to 1 is the probability that nothing in its window does. Empty if no window covers the token.
        """
        return mean_by_key([antecedents_in(*places[token], self.encoder) for places in self._places if token in places])


def mean_source(sources: Sequence[Source]) -> Source:
    """Returns the mean of the models' predictions for a quote, but the kinds of the last, which the mean makes worse."""
    return Source(
        mean_by_key([source.tokens for source in sources]), sum(source.nobody for source in sources) / len(sources), sources[-1].kinds
    )


def antecedents_in(place: int, window: ReadWindow, encoder: Encoder) -> dict[int, float]:
    """Returns the antecedents that a model predicts for the piece at a position of a window."""
    pointing, nothing, gains = encoder.run(graph_of("mentions", window.layers), states=window.states[place : place + 1])
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


def states_of(doc: Doc, pieces: Ints, encoder: Encoder, layers: Model) -> Floats:
    """Returns the states that upper layers read for some pieces of a document."""
    return encoded_on(doc, encoder).states[pieces] if layers == "small" else body_of(doc, encoder).of_pieces(pieces)


def point(doc: Doc, quotes: Sequence[FoundQuote], encoder: Encoder) -> Pointing:
    """Runs the upper layers on an article.

    Args:
        doc: The article.
        quotes: Its quotes; nested ones are left out.
        encoder: The encoder.
    """
    pieces = encoded_on(doc, encoder).pieces
    if not len(pieces.ids):
        return Pointing(encoder)
    scene = quote_pieces(doc, pieces, quotes)
    windows = list(upper_windows(pieces, scene.spans, scene.quotes))
    readings = [read_windows(doc, windows, scene, encoder, layers) for layers in MODELS[encoder.model]]
    return Pointing(encoder, readings, describe(doc, [reading.windows for reading in readings], encoder))


def read_windows(doc: Doc, windows: Sequence[Window], scene: QuotePieces, encoder: Encoder, layers: Model) -> Reading:
    """Runs the upper layers of one model on the windows of an article."""
    pieces = encoded_on(doc, encoder).pieces
    found: list[ReadWindow] = []
    sources: dict[int, Source] = {}
    for window in windows:
        marked = scene.marked[window.pieces]
        near = ground(openings(pieces.shapes[window.pieces]), (marked == QUOTED).astype(np.int64))
        states = states_of(doc, window.pieces, encoder, layers)
        outputs = encoder.upper(states, pieces.shapes[window.pieces], marked, layers)
        found.append(ReadWindow(layers, pieces.tokens[window.pieces], near, *outputs))
        sources |= sources_in(window, found[-1], marked, scene, encoder)
    return Reading(found, sources)


def sources_in(window: Window, read: ReadWindow, marked: Ints, scene: QuotePieces, encoder: Encoder) -> dict[int, Source]:
    """Returns the predictions for the quotes of a window, by their indices; `marked` as in `QuotePieces`, for its pieces."""
    if not window.quotes:
        return {}
    at = np.array([np.searchsorted(window.pieces, corners(scene.quotes[q], len(scene.marked))) for q in window.quotes])
    at = np.minimum(at, len(read.states) - 1)
    graph = graph_of("sources", read.layers)
    pointing, nobody, kinds, gains = encoder.run(graph, corners=read.states[at].reshape(len(at), -1))
    scores = pointing @ read.keys[:, : read.keys.shape[1] // 2].T
    scores += [read.gains(gain, place[1], place[2]) for gain, place in zip(gains, at.tolist(), strict=True)]
    scores[:, marked != REPORTED] = NEVER
    found = {}
    for q, row, none, told_kinds in zip(window.quotes, scores, nobody, kinds, strict=True):
        told = softmax(np.append(row, none))
        found[scene.numbers[q]] = Source(by_token(read.tokens, told[:-1]), float(told[-1]), tuple(softmax(told_kinds).tolist()))
    return found
