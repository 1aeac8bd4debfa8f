"""Rate limits: articles per minute and caller, counted in a sliding window in this process, which is the only one that serves HTTP.

The headers follow draft-ietf-httpapi-ratelimit-headers-10.
"""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from msgspec import Struct

COUNTERS = 10_000
"""Maximum number of counters, two per caller; every request scans them, which takes a millisecond for so many. When all are taken, new
callers share one: memory stays bounded under a flood of addresses."""

_STRANGERS = "strangers"
_NETWORK = 64
"""Prefix length that identifies a caller in IPv6: whoever has one address of such a network usually has all of them."""


class Standing(Struct, frozen=True):
    """A caller's position against the rate limit."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    """Whole seconds until more requests are allowed, at least 1."""

    @property
    def headers(self) -> dict[str, str]:
        """The rate limit headers, with `Retry-After` if the request is not allowed."""
        headers = {"RateLimit-Policy": f'"minute";q={self.limit};w=60', "RateLimit": f'"minute";r={self.remaining};t={self.reset}'}
        return headers if self.allowed else headers | {"Retry-After": str(self.reset)}


class Rates:
    """Counts the requests of each caller in the last minute.

    Args:
        limit: Requests per minute that a caller may send.
        counters: Maximum number of counters.
    """

    def __init__(self, limit: int, *, counters: int = COUNTERS) -> None:
        self._limit = RateLimitItemPerMinute(limit)
        self._counters = counters
        self._storage = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)

    async def count(self, caller: str) -> Standing:
        """Count a request and return its caller's position; a request over the limit is not counted."""
        stats = await self._limiter.get_window_stats(self._limit, caller)
        if stats.remaining == self._limit.amount and len(self._storage.storage) >= self._counters:
            caller = _STRANGERS
        allowed = await self._limiter.hit(self._limit, caller)
        stats = await self._limiter.get_window_stats(self._limit, caller)
        return Standing(
            allowed,
            limit=self._limit.amount,
            remaining=stats.remaining if allowed else 0,
            reset=max(1, math.ceil(stats.reset_time - time.time())),
        )


def network_of(address: str) -> str:
    """Return what identifies the caller at an address: the address itself, or its network if it is IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]  # a trusted proxy may send any name for a caller
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), _NETWORK), strict=False))
