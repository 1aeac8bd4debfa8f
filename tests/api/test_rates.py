"""Rates: requests of each caller in a sliding minute."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import http_sf
import pytest

from quoteapi.api.rates import Rates, Standing, network_of

START = 1_700_000_041.0
"""The second second of a minute."""


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that the rates read."""
    return Clock(monkeypatch)


def run(steps: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the steps of a test."""
    asyncio.run(steps())


def test_what_is_over_the_limit_is_refused_and_not_counted(clock: Clock) -> None:
    """Each request tells what is left; a caller who goes on asking is let in no later for it."""

    async def steps() -> None:
        rates = Rates(3)
        assert [(await rates.count("a")).remaining for _ in range(3)] == [2, 1, 0]
        refused = [await rates.count("a") for _ in range(5)]
        assert {standing.allowed for standing in refused} == {False}
        assert {standing.reset for standing in refused} == {59}
        clock.now += 61
        assert (await rates.count("a")).allowed

    run(steps)


def test_who_comes_back_when_told_is_let_in(clock: Clock) -> None:
    """At whatever time of the minute the requests came."""

    async def steps() -> None:
        rates = Rates(5)
        for pause in (0, 7, 13, 2, 1, 0.5, 30, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 0, 0, 0):
            clock.now += pause
            standing = await rates.count("a")
            if not standing.allowed:
                clock.now += standing.reset
                assert (await rates.count("a")).allowed

    run(steps)


def test_callers_are_counted_apart(clock: Clock) -> None:  # noqa: ARG001  it stands
    """One who is over the limit closes nobody else out."""

    async def steps() -> None:
        rates = Rates(1)
        assert (await rates.count("a")).allowed
        assert not (await rates.count("a")).allowed
        assert (await rates.count("b")).allowed

    run(steps)


def test_a_flood_of_addresses_takes_a_bounded_number_of_counters(clock: Clock) -> None:
    """Those that come when all are taken share one; those that came before keep theirs; a quiet minute or two frees them all."""

    async def steps() -> None:
        rates = Rates(10, counters=50)
        await rates.count("old")
        allowed = [(await rates.count(f"new {number}")).allowed for number in range(500)]
        assert allowed.count(True) == 49 + 10
        assert len(rates._storage.storage) == 51  # noqa: SLF001  what must not grow
        assert (await rates.count("old")).allowed
        clock.now += 121
        await rates.count("late")
        await asyncio.sleep(0)
        assert len(rates._storage.storage) <= 2  # noqa: SLF001  the same

    run(steps)


def test_the_headers_are_structured_fields() -> None:
    """As the draft shapes them: the policy with quota and window, the limit with what is left and when there is more."""
    standing = Standing(allowed=False, limit=60, remaining=0, reset=12)
    headers = standing.headers
    assert http_sf.parse(headers["RateLimit-Policy"].encode(), tltype="list") == [("minute", {"q": 60, "w": 60})]
    assert http_sf.parse(headers["RateLimit"].encode(), tltype="list") == [("minute", {"r": 0, "t": 12})]
    assert headers["Retry-After"] == "12"
    assert "Retry-After" not in Standing(allowed=True, limit=60, remaining=1, reset=12).headers


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
        ("x" * 1000, "x" * 64),
    ],
)
def test_an_ipv6_network_is_one_caller(address: str, network: str) -> None:
    """Its owner has 2^64 addresses to send from."""
    assert network_of(address) == network
