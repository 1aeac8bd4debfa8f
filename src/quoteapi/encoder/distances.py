"""Distances: how far, and across what, each piece of a window stands from what points.

Who is meant stands near, seldom behind another quote or a paragraph's end. Steps of distance as in Raffel et al. (2020).
"""

import numpy as np
from msgspec import Struct

from quoteapi.encoder.pieces import PARAGRAPH, Ints

STEPS = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256])
"""Lower limits of the steps in which pieces between are counted."""
STEP_OF = np.searchsorted(STEPS, np.arange(STEPS[-1] + 1), side="right") - 1
"""The step of each distance up to the last limit."""
LIMIT = 2
"""Paragraphs' ends and quotes between are counted up to this."""
NEAR_NUMBER = 2 * len(STEPS) + 1
LAYOUT_NUMBER = 2 * (LIMIT + 1) ** 2 + 1


class Ground(Struct, frozen=True):
    """How many paragraphs have opened, and how many quotes have begun, up to each piece of a window, that piece included."""

    paragraphs: Ints
    quotes: Ints


def ground(opens: Ints, quoted: Ints) -> Ground:
    """The ground of a window.

    Args:
        opens: 1 where a paragraph opens, for each piece.
        quoted: 1 where a piece is quoted.
    """
    return Ground(np.cumsum(opens), np.cumsum(np.diff(quoted, prepend=0) == 1))


def distances(start: int, end: int, on: Ground) -> tuple[Ints, Ints]:
    """For each piece of a window the step of its distance, and the class of what lies between it and the pieces from `start` to `end`.

    Args:
        start: The first place of what points.
        end: Its last place.
        on: What lies in the window.

    Returns:
        Numbers below `NEAR_NUMBER` and below `LAYOUT_NUMBER`; the last of either for the pieces from `start` to `end` themselves.
    """
    total = len(on.paragraphs)
    near, layout = np.full(total, NEAR_NUMBER - 1), np.full(total, LAYOUT_NUMBER - 1)
    before, after = slice(0, start), slice(end + 1, total)
    near[before] = STEP_OF.take(np.arange(start, 0, -1), mode="clip")
    near[after] = STEP_OF.take(np.arange(1, total - end), mode="clip") + len(STEPS)
    layout[before] = between(on.paragraphs[start] - on.paragraphs[before], on.quotes[max(0, start - 1)] - on.quotes[before])
    layout[after] = between(on.paragraphs[after] - on.paragraphs[end], on.quotes[after] - on.quotes[end]) + (LIMIT + 1) ** 2
    return near, layout


def between(paragraphs: Ints, quotes: Ints) -> Ints:
    """The class of what lies between, told by the paragraphs' ends and the quotes there."""
    return (LIMIT + 1) * np.minimum(paragraphs, LIMIT) + np.minimum(quotes, LIMIT)


def openings(shapes: Ints) -> Ints:
    """1 where a paragraph opens, for each piece of a window."""
    return (np.diff(shapes >= PARAGRAPH, prepend=False) & (shapes >= PARAGRAPH)).astype(np.int64)
