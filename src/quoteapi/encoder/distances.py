"""Distances: how far each piece of a window is from the pieces that point, and what lies between.

Referents are near, and seldom across another quote or a paragraph end. Distance buckets as in Raffel et al. (2020).
"""

import numpy as np
from msgspec import Struct

from quoteapi.encoder.pieces import PARAGRAPH, Ints

STEPS = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256])
"""Lower limits of the buckets, in pieces."""
STEP_OF = np.searchsorted(STEPS, np.arange(STEPS[-1] + 1), side="right") - 1
"""The bucket of each distance up to the last limit."""
LIMIT = 2
"""Number up to which paragraph ends, and quotes, in between are counted."""
NEAR_NUMBER = 2 * len(STEPS) + 1
LAYOUT_NUMBER = 2 * (LIMIT + 1) ** 2 + 1


class Ground(Struct, frozen=True):
    """The number of paragraphs opened, and of quotes begun, up to and including each piece of a window."""

    paragraphs: Ints
    quotes: Ints


def ground(opens: Ints, quoted: Ints) -> Ground:
    """Returns the ground of a window.

    Args:
        opens: For each piece, 1 where a paragraph opens.
        quoted: For each piece, 1 if it is quoted.
    """
    return Ground(np.cumsum(opens), np.cumsum(np.diff(quoted, prepend=0) == 1))


def distances(start: int, end: int, on: Ground) -> tuple[Ints, Ints]:
    """Returns, for each piece of a window, the bucket of its distance and the class of what lies between it and pieces `start` to `end`.

    Args:
        start: The first piece that points.
        end: The last piece that points.
        on: The ground of the window.

    Returns:
        Numbers below `NEAR_NUMBER` and below `LAYOUT_NUMBER`; the highest of each stands for pieces `start` to `end` themselves.
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
    """Returns the class of what lies between, from the numbers of paragraph ends and quotes."""
    return (LIMIT + 1) * np.minimum(paragraphs, LIMIT) + np.minimum(quotes, LIMIT)


def openings(shapes: Ints) -> Ints:
    """Returns, for each piece of a window, 1 where a paragraph opens."""
    return (np.diff(shapes >= PARAGRAPH, prepend=False) & (shapes >= PARAGRAPH)).astype(np.int64)
