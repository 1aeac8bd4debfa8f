"""Tagging: the contents of reported speech in an article, with their cues and sources.

Each token gets a tag; the best sequence of tags is found from token and transition scores (Lafferty et al. 2001). Each content points
to its source and its cue (Vinyals et al. 2015).
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.tokens import Doc

from quoteapi.encoder.body import body_windows
from quoteapi.encoder.distances import STEP_OF, STEPS
from quoteapi.encoder.grammar import encoded_on
from quoteapi.encoder.pieces import Ints
from quoteapi.encoder.probabilities import softmax
from quoteapi.encoder.quote_pieces import quote_pieces
from quoteapi.encoder.session import Encoder, Floats
from quoteapi.findings import FoundQuote

Part: TypeAlias = Literal["content", "source", "cue"]
PARTS: tuple[Part, ...] = ("content", "source", "cue")
TAGS = ("O", *(f"{place}-{part}" for part in PARTS for place in "BI"))
INSIDE = [i for i, name in enumerate(TAGS) if name.startswith("I")]
NEVER = np.float32(-1e4)
FAINT = 0.05
"""Probability up to which a token does not count as pointed to."""
NEAR_NUMBER = 2 * len(STEPS) + 1
"""Number of distance classes: the buckets before a content, those after it, and one for the content itself."""


class Tagged(Struct, frozen=True):
    """A half-open token span, and the mean probability of its tags."""

    start: int
    end: int
    probability: float


class Linked(Struct, frozen=True):
    """A content with its source and its cue, None where it has none, and the probability of either choice."""

    content: Tagged
    source: Tagged | None
    source_probability: float
    cue: Tagged | None
    cue_probability: float


class Window(Struct, frozen=True):
    """A window after the graph: its tokens, and for each of them the paragraph, state, tag scores and key."""

    tokens: Ints
    paragraphs: Ints
    states: Floats
    scores: Floats
    keys: Floats


def allowed() -> Floats:
    """Returns the score of each tag (column) after each other (row): 0, or a very low one if the tag may not follow."""
    forbidden = [[tag.startswith("I") and before[1:] != tag[1:] for tag in TAGS] for before in TAGS]
    return np.where(np.array(forbidden), NEVER, np.float32(0))


def nearness(first: int, last: int, total: int) -> Ints:
    """Returns the distance class of each of `total` tokens to the span from `first` to `last`, inclusive; below `NEAR_NUMBER`."""
    found = np.full(total, NEAR_NUMBER - 1)
    found[:first] = STEP_OF.take(np.arange(first, 0, -1), mode="clip")
    found[last + 1 :] = STEP_OF.take(np.arange(1, total - last), mode="clip") + len(STEPS)
    return found


def tag(doc: Doc, quotes: Sequence[FoundQuote], encoder: Encoder) -> list[Linked]:
    """Returns the contents of an article, quoted or not, in reading order, each with its source and its cue.

    Args:
        doc: The article.
        quotes: Its quotes.
        encoder: The encoder.
    """
    pieces = encoded_on(doc, encoder).pieces
    marked = quote_pieces(doc, pieces, quotes).marked
    words = np.flatnonzero(doc.to_array("IS_SPACE") == 0)
    begins = pieces.firsts[words]
    paragraphs = np.cumsum(["\n" in token.text for token in doc])
    opening = doc.to_array("SENT_START") == 1
    windows: list[Window] = []
    follows = allowed()
    for (start, end), states in body_windows(doc, encoder):
        own = words[np.searchsorted(begins, start) : np.searchsorted(begins, end)]
        if len(own):
            *told, follows = encoder.reports(states, pieces.shapes[start:end], marked[start:end], pieces.firsts[own] - start)
            windows.append(Window(own, paragraphs[own], *told))
    found: list[Linked] = []
    for window, (tags, probabilities) in zip(windows, sequences([window.scores for window in windows], follows), strict=True):
        stretches = {part: list(stretches_of(part, tags, probabilities)) for part in PARTS}
        contents = chain.from_iterable(parted(content, stretches["cue"], opening[window.tokens]) for content in stretches["content"])
        found += [linked(content, stretches, window, encoder) for content in contents]
    return found


def sequences(scores: Sequence[Floats], follows: Floats) -> Iterator[tuple[Ints, Floats]]:
    """Yields the best sequence of tags for each window, and the probability of each tag in it; computes all windows at once.

    Args:
        scores: For each window, of its tokens (rows) and tags (columns).
        follows: The score of each tag (column) after each other (row).
    """
    if not scores:
        return
    lengths = np.array([len(rows) for rows in scores])
    longest = int(lengths.max())
    given = np.zeros((longest, len(scores), len(TAGS)))
    for i, rows in enumerate(scores):
        given[: len(rows), i] = rows
    given[0, :, INSIDE] += NEVER
    best, back = given[0], np.zeros((longest, *given.shape[1:]), dtype=np.int64)
    ahead, behind = given.copy(), np.zeros_like(given)
    finals = [best]
    for k in range(1, longest):
        paths = best[:, :, None] + follows
        back[k] = paths.argmax(1)
        best = paths.max(1) + given[k]
        finals.append(best)
        ahead[k] += summed(ahead[k - 1][:, :, None] + follows, 1)
    for k in range(longest - 2, -1, -1):
        step = summed(follows + (given[k + 1] + behind[k + 1])[:, None, :], 2)
        behind[k] = np.where((k + 1 < lengths)[:, None], step, 0)
    for i, length in enumerate(lengths.tolist()):
        tags = [int(finals[length - 1][i].argmax())]
        for k in range(length - 1, 0, -1):
            tags.append(int(back[k, i, tags[-1]]))
        path = np.array(tags[::-1])
        both = ahead[:length, i] + behind[:length, i]
        yield path, np.exp(both[np.arange(length), path] - summed(both, 1)).astype(np.float32)


def summed(scores: np.ndarray, axis: int) -> np.ndarray:
    """Returns the logarithm of the summed exponentials of the scores along an axis."""
    top = scores.max(axis, keepdims=True)
    total: np.ndarray = np.log(np.exp(scores - top).sum(axis)) + top.squeeze(axis)
    return total


def stretches_of(part: Part, tags: Ints, probabilities: Floats) -> Iterator[Tagged]:
    """Yields the spans of a part, as positions in the window."""
    begin, inside = TAGS.index(f"B-{part}"), TAGS.index(f"I-{part}")
    for start in np.flatnonzero(tags == begin).tolist():
        end = start + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        yield Tagged(start, end, float(probabilities[start:end].mean()))


def parted(content: Tagged, cues: Sequence[Tagged], opening: NDArray[np.bool_]) -> Iterator[Tagged]:
    """Splits a content that continues into a sentence with a cue of its own (said it held. It would hold on, she added).

    Args:
        content: The content as tagged, regardless of sentences.
        cues: The cues of the window.
        opening: For each token whether it begins a sentence.
    """
    within = np.flatnonzero(opening[content.start + 1 : content.end])
    before = any(cue.end <= content.start and not opening[cue.end : content.start + 1].any() for cue in cues)
    behind = any(cue.start >= content.end and not opening[content.end : cue.start + 1].any() for cue in cues)
    cuts = [content.start + 1 + int(within[-1])] if len(within) and before and behind else []
    for start, end in pairwise((content.start, *cuts, content.end)):
        yield Tagged(start, end, content.probability)


def linked(content: Tagged, stretches: dict[Part, list[Tagged]], window: Window, encoder: Encoder) -> Linked:
    """Links a content of a window to its source and its cue, both in its paragraph, and converts all three to tokens of the document."""
    pointing, none, gains = encoder.run("links", ends=window.states[[content.start, content.end - 1]].reshape(1, -1))
    near = nearness(content.start, content.end - 1, len(window.tokens))
    sides = zip(np.split(window.keys, 2, axis=1), np.split(pointing[0], 2), np.split(gains[0], 2), none[0], strict=True)
    scores = [np.append(keys @ points + gained[near], nobody) for keys, points, gained, nobody in sides]
    far = np.append(window.paragraphs != window.paragraphs[content.start], False)
    far[content.start : content.end] = True
    for one in scores:
        one[far] = NEVER
    cue, cue_probability = pointed(stretches["cue"], scores[1])
    others = [] if cue is None else [untagged(scores[0])]
    source, source_probability = pointed([*stretches["source"], *others], scores[0])

    def placed(one: Tagged | None) -> Tagged | None:
        return one and Tagged(int(window.tokens[one.start]), int(window.tokens[one.end - 1]) + 1, one.probability)

    whole = Tagged(int(window.tokens[content.start]), int(window.tokens[content.end - 1]) + 1, content.probability)
    return Linked(whole, placed(source), source_probability, placed(cue), cue_probability)


def pointed(among: Sequence[Tagged], scores: Floats) -> tuple[Tagged | None, float]:
    """Returns the span with the highest probability; None, and the probability of none, if that is higher.

    Args:
        among: The spans; ties go to the first.
        scores: The score of each token and, last, of none.
    """
    masses = softmax(scores)
    best = max(among, key=lambda one: float(masses[one.start : one.end].sum()), default=None)
    mass = 0.0 if best is None else float(masses[best.start : best.end].sum())
    return (best, mass) if mass > masses[-1] else (None, float(masses[-1]))


def untagged(scores: Floats) -> Tagged:
    """Returns the token pointed to most, with its neighbours as far as they are pointed to as well: a source that was not tagged."""
    masses = softmax(scores)[:-1]
    top = int(masses.argmax())
    start = end = top
    while start and masses[start - 1] > FAINT:
        start -= 1
    while end < len(masses) and masses[end] > FAINT:
        end += 1
    return Tagged(start, max(end, top + 1), float(masses[top]))
