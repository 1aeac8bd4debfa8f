"""Timing: the seconds that each stage of the engine took with an article, for those who run a service."""

import time
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from quoteapi.structs import Answer

Stage = Literal["text", "quotes", "document", "encoder", "attributions", "reports", "speakers", "roles", "answer"]


class Stopwatch:
    """Seconds by stage, as its clock counts them; it runs from the moment it is made."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.laps: dict[Stage, float] = {}
        self._clock = clock
        self._since = clock()

    def lap(self, stage: Stage) -> None:
        """Give the time since the last lap to a stage that has just ended; a stage in two parts has their sum."""
        now = self._clock()
        self.laps[stage] = self.laps.get(stage, 0.0) + now - self._since
        self._since = now


class Timed(Struct, frozen=True):
    """An answer, and the seconds of each stage in their order."""

    answer: Answer
    stages: dict[Stage, float]
