"""Distances: how far, and across what, each piece of a window stands from what points.

Who is meant stands near, seldom behind another quote or a paragraph's end. Steps of distance as in Raffel et al. (2020).
"""

import numpy as np

from quoteapi.encoder.pieces import PARAGRAPH, Ints

STEPS = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256])
"""Lower limits of the steps in which pieces between are counted."""
LIMIT = 2
"""Paragraphs' ends and quotes between are counted up to this."""
NEAR_NUMBER = 2 * len(STEPS) + 1
LAYOUT_NUMBER = 2 * (LIMIT + 1) ** 2 + 1


def distances(start: int, end: int, opens: Ints, quoted: Ints) -> tuple[Ints, Ints]:
    """For each piece of a window the step of its distance, and the class of what lies between it and the pieces from `start` to `end`.

    Args:
        start: The first place of what points.
        end: Its last place.
        opens: 1 where a paragraph opens, for each piece.
        quoted: 1 where a piece is quoted.

    Returns:
        Numbers below `NEAR_NUMBER` and below `LAYOUT_NUMBER`; the last of either for the pieces from `start` to `end` themselves.
    """
    places = np.arange(len(opens))
    after = places > end
    apart = np.where(after, places - end, start - places)
    step = np.searchsorted(STEPS, apart, side="right") - 1 + len(STEPS) * after
    paragraphs = np.cumsum(opens)
    stretches = np.cumsum(np.diff(quoted, prepend=0) == 1)
    ends = np.where(after, paragraphs - paragraphs[end], paragraphs[start] - paragraphs)
    quotes = np.where(after, stretches - stretches[end], stretches[max(0, start - 1)] - stretches)
    side = np.where(after, (LIMIT + 1) ** 2, 0)
    layout = side + (LIMIT + 1) * np.clip(ends, 0, LIMIT) + np.clip(quotes, 0, LIMIT)
    inside = (places >= start) & (places <= end)
    return np.where(inside, NEAR_NUMBER - 1, step), np.where(inside, LAYOUT_NUMBER - 1, layout)


def openings(shapes: Ints) -> Ints:
    """1 where a paragraph opens, for each piece of a window."""
    return (np.diff(shapes >= PARAGRAPH, prepend=False) & (shapes >= PARAGRAPH)).astype(np.int64)
