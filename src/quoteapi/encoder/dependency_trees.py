"""Dependency trees from arc scores, with one head per token, one root per sentence and no cycle.

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
    attached = descendants(heads, root)
    while len(attached) < length:
        cycle = cycle_outside(heads, attached)
        inside = sorted(attached)
        gains = others[np.ix_(cycle, inside)]
        costs = others[cycle, [heads[i] for i in cycle]][:, None] - gains
        row, column = divmod(int(costs.argmin()), len(inside))
        heads[cycle[row]] = inside[column]
        attached = descendants(heads, root)
    return heads


def descendants(heads: list[int], root: int) -> set[int]:
    """Returns the tokens that depend on the root, directly or not, including the root."""
    attached = {root}
    detached: set[int] = set()
    for start in range(len(heads)):
        path = []
        i = start
        while i not in attached and i not in detached and i not in path:
            path.append(i)
            i = heads[i]
        (attached if i in attached else detached).update(path)
    return attached


def cycle_outside(heads: list[int], attached: set[int]) -> list[int]:
    """Returns the tokens of a cycle that is not connected to the root."""
    i = next(i for i in range(len(heads)) if i not in attached)
    seen: list[int] = []
    while i not in seen:
        seen.append(i)
        i = heads[i]
    return seen[seen.index(i) :]
