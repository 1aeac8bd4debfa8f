"""Places of streams: limits on open streams, in total and per caller; an idle stream gives its place up to a caller with fewer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import structlog

from quoteapi.api.failures import retry_after
from quoteapi.api.problem_kinds import QUEUE_FULL
from quoteapi.api.problems import ProblemException

logger = structlog.get_logger("quoteapi")

IDLE = 1.0
"""Seconds without an article after which a stream is idle."""
_STREAM_TIME = 30
"""Seconds in which one of several streams is likely to end, for `Retry-After`."""


class Placed(Protocol):
    """A stream that takes a place."""

    @property
    def idle(self) -> float:
        """Seconds for which it has had no article to read."""

    def give_up(self) -> None:
        """Stop taking in lines."""


class StreamPlaces:
    """The places that streams take.

    Args:
        most: Maximum number of open streams.
        each: Maximum number of open streams per caller.
    """

    def __init__(self, most: int, *, each: int) -> None:
        self._most, self._each = most, each
        self._open: dict[Placed, str] = {}

    @contextmanager
    def taken(self, caller: str, stream: Placed) -> Iterator[None]:
        """Hold a place for a stream until it ends, or gives the place up.

        Raises:
            ProblemException: No place is free.
        """
        self._make_room(Counter(self._open.values()), caller)
        self._open[stream] = caller
        try:
            yield
        finally:
            self._open.pop(stream, None)

    def _make_room(self, held: Counter[str], caller: str) -> None:
        if held[caller] >= self._each:
            detail = f"You have {self._each} streams open, the most that one caller may have."
            raise ProblemException(QUEUE_FULL, detail, headers=retry_after(_STREAM_TIME))
        if len(self._open) < self._most:
            return
        idle = [stream for stream, holder in self._open.items() if stream.idle >= IDLE and held[holder] > held[caller]]
        if not idle:
            detail = f"{self._most} streams are open, the most that this service allows."
            raise ProblemException(QUEUE_FULL, detail, headers=retry_after(_STREAM_TIME))
        longest = max(idle, key=lambda stream: (held[self._open[stream]], stream.idle))
        del self._open[longest]
        logger.info("an idle stream gives its place up", streams=self._most)
        longest.give_up()
