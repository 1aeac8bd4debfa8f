"""Tries: when a request is sent again, after how long, and when to give up. tenacity does the trying.

Only what certainly cost the service nothing is tried again: a refusal for lack of room (429, 503), or no connection. What was sent and
not answered is not; the article itself may have ended the connection.
"""

import time
from typing import Any

import httpx
from msgspec import Struct
from tenacity import RetryCallState, retry_if_exception_type, stop_after_attempt, stop_before_delay, wait_random_exponential

from quoteapi.client.errors import BusyError, UnreachableError
from quoteapi.client.exchange import CONNECT_TIMEOUT, TIMEOUT

TRIES = 8
DEADLINE = 1_200.0
_BACK_OFF = wait_random_exponential(multiplier=0.5, max=30)
"""Where the service does not say how long to wait: at random up to half a second, one, two …, so that many callers do not come at once."""


class Patience(Struct, frozen=True):
    """How long a client waits; seconds.

    Raises:
        ValueError: One of them is nothing at all.
    """

    timeout: float = TIMEOUT
    """Silence, at most, after a request was sent."""
    tries: int = TRIES
    deadline: float = DEADLINE
    """All tries and the pauses between them: no pause goes beyond it, and near it each try has as long as is left."""

    def __post_init__(self) -> None:
        """Refuse what would let no request through."""
        if self.timeout <= 0 or self.deadline <= 0 or self.tries < 1:
            message = "timeout and deadline must be more than 0 seconds, and tries at least 1."
            raise ValueError(message)

    def options(self) -> dict[str, Any]:
        """What either of tenacity's loops is made with."""
        return {
            "retry": retry_if_exception_type((BusyError, UnreachableError)),
            "stop": stop_after_attempt(self.tries) | stop_before_delay(self.deadline),
            "wait": _pause,
            "reraise": True,
        }

    def end(self) -> float:
        """When a request that begins now is given up, by the monotonic clock."""
        return time.monotonic() + self.deadline

    def timeout_until(self, end: float) -> httpx.Timeout:
        """The time of one try."""
        left = max(end - time.monotonic(), 0.001)
        return httpx.Timeout(min(self.timeout, left), connect=min(CONNECT_TIMEOUT, left))


def checked_concurrency(concurrency: int) -> int:
    """How many articles are sent at a time.

    Raises:
        ValueError: None at all.
    """
    if concurrency < 1:
        message = "concurrency must be at least 1."
        raise ValueError(message)
    return concurrency


def _pause(state: RetryCallState) -> float:
    """Seconds until the next try: what the service says, or more with every try."""
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, BusyError) and error.retry_after is not None:
        return error.retry_after
    return _BACK_OFF(state)
