"""Growth: how CPU time grows with the length of the input, measured by ratios, which do not depend on the speed of the machine."""

import gc
import math
import time
from collections.abc import Callable

NOTICED = 0.002
"""Minimum seconds for a meaningful ratio; work that takes less at the greatest length is fast enough."""
STEEPEST = 1.5
"""The exponent from which growth does not count as linear: 2 is quadratic, and noise moves 1 by a few tenths at most."""
_FACTOR = 8
_TRIES = 3
"""Number of measurements of which the best counts: other programs on the machine can make work slower, but never faster."""


def exponent(work: Callable[[int], Callable[[], object]], *, shortest: int = 250, longest: int = 256_000) -> float:
    """The exponent of the growth of time with length: 1 is linear, 2 quadratic; 0 if even the longest input takes no measurable time.

    Growth that looks steep is measured again, since only steep work looks steep each time.

    Args:
        work: Makes the function to time for a length.
        shortest: The initial length; it is doubled until the time is measurable.
        longest: The maximum length.
    """
    lowest = math.inf
    for _ in range(_TRIES):
        lowest = min(lowest, _exponent(work, shortest, longest))
        if lowest < STEEPEST:
            break
    return lowest


def _exponent(work: Callable[[int], Callable[[], object]], shortest: int, longest: int) -> float:
    length = shortest
    while (base := seconds(work(length))) < NOTICED:
        length *= 2
        if length > longest:
            return 0.0
    before, steps = base, round(math.log2(_FACTOR))
    for step in range(1, steps + 1):
        taken = seconds(work(length * 2**step))
        if taken > before * 2 ** (2 * STEEPEST):  # steeper than any noise: the longer inputs need not be run
            return math.log2(taken / before)
        before = taken
    return math.log(before / base, _FACTOR)


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of some work, the best of several tries; work that is too short or too long is run only once.

    As in `timeit`, garbage collection is off: its time depends on how much other tests have left.
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
