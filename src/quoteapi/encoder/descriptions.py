"""Descriptions: the names and roles that the upper layers tag in an article, and the holder of each role."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from quoteapi.encoder.distances import NEAR_NUMBER, Ground, distances
from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.probabilities import by_token, mean_by_key, softmax
from quoteapi.encoder.session import Encoder, Floats, graph_of
from quoteapi.encoder.tags import DESCRIPTIONS, FOLLOWS, NAMES, NEVER, ROLES, STATUSES
from quoteapi.settings import Model
from quoteapi.structs import Status

MIN_PROBABILITY = 1e-3
"""Minimum probability of a piece for its token to be listed as a holder."""


class ReadWindow(Struct, frozen=True):
    """A window after upper layers: for each piece its token, state, key, tag scores and key as holder, and the layout between them."""

    layers: Model
    tokens: Ints
    ground: Ground
    states: Floats
    keys: Floats
    tags: Floats
    holders: Floats

    def gains(self, gains: Floats, start: int, end: int) -> Floats:
        """Returns what each piece gains from its distance to the pieces that point, `start` to `end`."""
        near, layout = distances(start, end, self.ground)
        found: Floats = gains[near] + gains[NEAR_NUMBER + layout]
        return found


class TaggedName(Struct, frozen=True):
    """A name: its half-open token span, and its type (`PERSON`, `ORG`)."""

    start: int
    end: int
    label: str


class TaggedRole(Struct, frozen=True):
    """A role.

    Args:
        start: Its first token.
        end: The token after it.
        holders: For each token the probability that it names or describes the role's holder; small ones are omitted.
        best: The probability that this is its holder's most informative role.
        status: Its status.
    """

    start: int
    end: int
    holders: dict[int, float]
    best: float
    status: Status


class Descriptions(Struct, frozen=True):
    """The names and roles of an article, in reading order.

    Args:
        names: The names of persons and organizations.
        roles: The roles.
        beliefs: For each token the probability that it belongs to a role.
        described: For each token the scores of `DESCRIPTIONS`.
        read: For each token whether a window covered it.
    """

    names: list[TaggedName]
    roles: list[TaggedRole]
    beliefs: Floats
    described: Floats
    read: NDArray[np.bool_]


def describe(doc: Doc, readings: Sequence[Sequence[ReadWindow]], encoder: Encoder) -> Descriptions:
    """Returns the names and roles of an article, given its windows as each model has read them."""
    tagged = [tag_scores(doc, windows) for windows in readings]
    splits = [len(NAMES), len(NAMES) + len(ROLES)]
    names, roles, described = (
        np.mean([scores - np.logaddexp.reduce(scores, axis=1, keepdims=True) for scores in group], axis=0)
        for group in zip(*(np.split(scores, splits, axis=1) for scores, _ in tagged), strict=True)
    )
    found = (role_of(start, end, readings, encoder) for start, end, _ in stretches(doc, best_tags(roles, ROLES), ROLES))
    return Descriptions(
        names=[TaggedName(start, end, label) for start, end, label in stretches(doc, best_tags(names, NAMES), NAMES)],
        roles=[role for role in found if role is not None],
        beliefs=1 - np.exp(roles[:, 0] - np.logaddexp.reduce(roles, axis=1)),
        described=described,
        read=tagged[0][1],
    )


def tag_scores(doc: Doc, windows: Sequence[ReadWindow]) -> tuple[Floats, NDArray[np.bool_]]:
    """Returns the tag scores of each token in the window with the most context on both sides of it, and whether any window covers it."""
    scores = np.zeros((len(doc), len(NAMES) + len(ROLES) + len(DESCRIPTIONS)), dtype=np.float32)
    depths = np.full(len(doc), -1)
    for window in windows:
        tokens, firsts = np.unique(window.tokens, return_index=True)
        own = np.minimum(firsts, len(window.tokens) - firsts)
        deeper = own > depths[tokens]
        depths[tokens[deeper]] = own[deeper]
        scores[tokens[deeper]] = window.tags[firsts[deeper], : scores.shape[1]]
    return scores, depths >= 0


def set_names(doc: Doc, descriptions: Descriptions) -> None:
    """Sets the tagged persons and organizations on a document; other entities stay, as do names that no window covered."""
    own = [Span(doc, name.start, name.end, name.label) for name in descriptions.names]
    taken = {i for span in own for i in range(span.start, span.end)}
    kept = [
        entity
        for entity in doc.ents
        if taken.isdisjoint(range(entity.start, entity.end))
        and (entity.label_ not in {"PERSON", "ORG"} or not descriptions.read[entity.start])
    ]
    doc.ents = sorted([*own, *kept], key=lambda span: span.start)


def best_tags(scores: Floats, classes: tuple[str, ...]) -> list[int]:
    """Returns the best sequence of tags, given the scores of each token and of each transition (Viterbi 1967).

    Args:
        scores: For each token (row) and class (column).
        classes: Their names; the first one is outside of all spans.
    """
    follows = FOLLOWS[classes]
    numbers = range(len(classes))
    best = [0.0, *(NEVER for _ in classes[1:])]
    back: list[list[int]] = []
    for row in scores.tolist():
        paths = [[best[before] + follows[before][tag] for before in numbers] for tag in numbers]
        ways = [path.index(max(path)) for path in paths]
        best = [paths[tag][ways[tag]] + row[tag] for tag in numbers]
        back.append(ways)
    found = [max(numbers, key=best.__getitem__)]
    for ways in reversed(back[1:]):
        found.append(ways[found[-1]])
    return found[::-1]


def stretches(doc: Doc, tags: Sequence[int], classes: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yields the tagged token spans with their labels; white space inside a span belongs to it, and an I- tag after O begins a span."""
    start, label = 0, ""
    for token, tag in zip(doc, (classes[i] for i in tags), strict=True):
        if token.is_space and "\n" not in token.text:
            continue
        place, _, own = tag.partition("-")
        if label and (place != "I" or own != label):
            yield start, end_before(doc, token.i), label
            label = ""
        if own and not label:
            start, label = token.i, own
    if label:
        yield start, end_before(doc, len(doc)), label


def end_before(doc: Doc, i: int) -> int:
    """Returns the token after the last one before `i` that is not white space."""
    while i and doc[i - 1].is_space:
        i -= 1
    return i


def role_of(start: int, end: int, readings: Sequence[Sequence[ReadWindow]], encoder: Encoder) -> TaggedRole | None:
    """Returns a role as the mean of the models predicts it, with the last one's status; None if no window contains all of it."""
    found = [role for windows in readings if (role := role_in(start, end, windows, encoder)) is not None]
    if not found:
        return None
    holders = mean_by_key([role.holders for role in found])
    return TaggedRole(start, end, holders, sum(role.best for role in found) / len(found), found[-1].status)


def role_in(start: int, end: int, windows: Sequence[ReadWindow], encoder: Encoder) -> TaggedRole | None:
    """Returns a role as one model predicts it in the window with the most context on both sides of it."""
    held: list[tuple[int, int, int, ReadWindow]] = []
    for window in windows:
        first, last = (int(np.searchsorted(window.tokens, token)) for token in (start, end - 1))
        if last < len(window.tokens) and window.tokens[first] == start and window.tokens[last] == end - 1:
            held.append((min(first, len(window.tokens) - last), first, last, window))
    if not held:
        return None
    _, first, last, window = max(held, key=lambda one: one[0])
    pointing, gains, traits = encoder.run(graph_of("roles", window.layers), ends=window.states[[first, last]].reshape(1, -1))
    scores = window.holders @ pointing[0] + window.gains(gains[0], first, last)
    holders = by_token(window.tokens, softmax(scores), least=MIN_PROBABILITY)
    return TaggedRole(start, end, holders, float(1 / (1 + np.exp(-traits[0, 0]))), STATUSES[int(traits[0, 1:].argmax())])
