"""Retries: when a request is sent again, after how long, and when to give up; tenacity runs the loop.

Only failures that cannot have cost the service anything are retried: a refusal because it is busy (429, 503), or no connection. A request
that was sent but not answered is not: its article may have ended the connection.
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
"""The wait if the service gives none: random, up to half a second, then one, two … seconds, so that many callers do not return at once."""


class RetryPolicy(Struct, frozen=True):
    """How long a client waits, in seconds.

    Raises:
        ValueError: A time is not positive, or `tries` is less than 1.
    """

    timeout: float = TIMEOUT
    """Maximum silence after a request was sent."""
    tries: int = TRIES
    deadline: float = DEADLINE
    """All tries with the pauses between them: no pause exceeds it, and close to it each try has only the time that is left."""

    def __post_init__(self) -> None:
        """Reject values that would let no request through."""
        if self.timeout <= 0 or self.deadline <= 0 or self.tries < 1:
            message = "timeout and deadline must be more than 0 seconds, and tries at least 1."
            raise ValueError(message)

    def options(self) -> dict[str, Any]:
        """The options for either of tenacity's loops."""
        return {
            "retry": retry_if_exception_type((BusyError, UnreachableError)),
            "stop": stop_after_attempt(self.tries) | stop_before_delay(self.deadline),
            "wait": _pause,
            "reraise": True,
        }

    def end(self) -> float:
        """The time, on the monotonic clock, at which a request that starts now is given up."""
        return time.monotonic() + self.deadline

    def timeout_until(self, end: float) -> httpx.Timeout:
        """The timeouts of one try."""
        left = max(end - time.monotonic(), 0.001)
        return httpx.Timeout(min(self.timeout, left), connect=min(CONNECT_TIMEOUT, left))


def checked_concurrency(concurrency: int) -> int:
    """The number of articles sent at a time.

    Raises:
        ValueError: It is less than 1.
    """
    if concurrency < 1:
        message = "concurrency must be at least 1."
        raise ValueError(message)
    return concurrency


def _pause(state: RetryCallState) -> float:
    """Seconds until the next try: what the service asks for, or a back-off that grows with every try."""
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, BusyError) and error.retry_after is not None:
        return error.retry_after
    return _BACK_OFF(state)
