"""Timing: the seconds that each stage of the engine took with an article, for those who run a service."""

import time
from typing import Literal

from msgspec import Struct

from quoteapi.structs import Answer

Stage = Literal["text", "quotes", "document", "encoder", "attributions", "speakers", "roles", "answer"]


class Stopwatch:
    """Seconds by stage; it runs from the moment it is made."""

    def __init__(self) -> None:
        self.laps: dict[Stage, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: Stage) -> None:
        """Give the time since the last lap to a stage that has just ended; a stage in two parts has their sum."""
        now = time.perf_counter()
        self.laps[stage] = self.laps.get(stage, 0.0) + now - self._since
        self._since = now


class Timed(Struct, frozen=True):
    """An answer, and the seconds of each stage in their order."""

    answer: Answer
    stages: dict[Stage, float]
