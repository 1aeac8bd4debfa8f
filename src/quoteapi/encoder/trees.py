"""Trees: dependency trees from arc scores, with one head per token, one root per sentence and no cycle.

Each token first takes its best head. A cycle is then cut where that costs least, after Chu and Liu (1965), one cycle at a time rather
than by contraction, because cycles are rare.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def tree(scores: Floats) -> list[int]:
    """Returns the head of each token of a sentence, as an index into it; the root is its own head.

    Args:
        scores: Of each token (row) under each head (column); the diagonal scores roots.
    """
    length = len(scores)
    if length == 1:
        return [0]
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    root = int((scores.diagonal() - others.max(axis=1)).argmax())
    heads: list[int] = others.argmax(axis=1).tolist()
    heads[root] = root
    held = under(heads, root)
    while len(held) < length:
        circle = circle_outside(heads, held)
        inside = sorted(held)
        gains = others[np.ix_(circle, inside)]
        costs = others[circle, [heads[i] for i in circle]][:, None] - gains
        row, column = divmod(int(costs.argmin()), len(inside))
        heads[circle[row]] = inside[column]
        held = under(heads, root)
    return heads


def under(heads: list[int], root: int) -> set[int]:
    """Returns the tokens that depend on the root, directly or not, including the root."""
    held = {root}
    lost: set[int] = set()
    for start in range(len(heads)):
        path = []
        i = start
        while i not in held and i not in lost and i not in path:
            path.append(i)
            i = heads[i]
        (held if i in held else lost).update(path)
    return held


def circle_outside(heads: list[int], held: set[int]) -> list[int]:
    """Returns the tokens of a cycle that is not connected to the root."""
    i = next(i for i in range(len(heads)) if i not in held)
    seen: list[int] = []
    while i not in seen:
        seen.append(i)
        i = heads[i]
    return seen[seen.index(i) :]
