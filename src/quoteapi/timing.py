"""Timing: the seconds that each stage of the engine took for an article, for metrics and logs."""

import time
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from quoteapi.structs import Answer

Stage = Literal["text", "quotes", "document", "encoder", "attributions", "reports", "speakers", "roles", "answer"]


class Stopwatch:
    """Seconds per stage, measured by a clock from the moment the stopwatch is created."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.laps: dict[Stage, float] = {}
        self._clock = clock
        self._since = clock()

    def lap(self, stage: Stage) -> None:
        """Adds the time since the last lap to the stage that has just ended; a stage that runs in two parts gets their sum."""
        now = self._clock()
        self.laps[stage] = self.laps.get(stage, 0.0) + now - self._since
        self._since = now


class Timed(Struct, frozen=True):
    """An answer, and the seconds of each stage in the order in which they ran."""

    answer: Answer
    stages: dict[Stage, float]
