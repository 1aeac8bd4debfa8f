"""Growth: how the work for a longer input grows, told by ratios of processor time, the same on a slow machine as on a fast one."""

import gc
import math
import time
from collections.abc import Callable

NOTICED = 0.002
"""Seconds of work from which a ratio tells something; what takes less at the greatest length is nobody's trouble."""
STEEPEST = 1.5
"""The exponent from which growth is no longer taken for linear: 2 is quadratic, and noise moves 1 by a few tenths at most."""
_FACTOR = 8
_TRIES = 3


def exponent(work: Callable[[int], Callable[[], object]], *, shortest: int = 250, longest: int = 256_000) -> float:
    """With which power of its input's length work grows: 1 is linear, 2 quadratic; 0 where even the longest input takes no time.

    Args:
        work: Makes, for a length, what is then timed.
        shortest: The length to begin with; it is doubled until the time is noticed.
        longest: The length to end with.
    """
    length = shortest
    while (base := seconds(work(length))) < NOTICED:
        length *= 2
        if length > longest:
            return 0.0
    before, steps = base, round(math.log2(_FACTOR))
    for step in range(1, steps + 1):
        taken = seconds(work(length * 2**step))
        if taken > before * 2 ** (2 * STEEPEST):  # steeper than any noise: there is no need to wait for what comes behind
            return math.log2(taken / before)
        before = taken
    return math.log(before / base, _FACTOR)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that work takes, the best of some tries; neither what is not noticed nor long work is tried again.

    As in `timeit`, garbage is not collected meanwhile: that takes the longer the more other tests have left.
    """
    gc.disable()
    try:
        return _best_of_tries(work)
    finally:
        gc.enable()


def _best_of_tries(work: Callable[[], object]) -> float:
    best = math.inf
    for _ in range(_TRIES):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
        if not NOTICED < best < 50 * NOTICED:
            break
    return best
