"""Rates: how many articles a caller may send a minute, counted in a sliding window in this process, which is the only one that serves HTTP.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from msgspec import Struct

COUNTERS = 10_000
"""Counters that are kept at most, two a caller; going through so many takes a millisecond, with every request. When all are taken, new
callers share one: memory stays bounded under a flood of addresses."""

_STRANGERS = "strangers"
_NETWORK = 64
"""Bits of an IPv6 address that stand for a caller: whoever has one such address has the rest of its network, too."""


class Standing(Struct, frozen=True):
    """Where a caller stands."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    """Whole seconds until more is allowed, at least 1."""

    @property
    def headers(self) -> dict[str, str]:
        """The fields that tell it, also when the request is to be sent again."""
        told = {"RateLimit-Policy": f'"minute";q={self.limit};w=60', "RateLimit": f'"minute";r={self.remaining};t={self.reset}'}
        return told if self.allowed else told | {"Retry-After": str(self.reset)}


class Rates:
    """The requests of each caller in the last minute.

    Args:
        limit: Requests a minute that a caller may send.
        counters: Counters that are kept at most.
    """

    def __init__(self, limit: int, *, counters: int = COUNTERS) -> None:
        self._limit = RateLimitItemPerMinute(limit)
        self._counters = counters
        self._storage = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)

    async def count(self, caller: str) -> Standing:
        """Count a request, and tell where its caller stands; one that is over the limit is not counted."""
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
    """What stands for the caller at an address: the address itself, the network of one in IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]  # a proxy that is trusted may name its callers as it likes
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), _NETWORK), strict=False))
