"""Sightings: every request is told once, whatever becomes of it."""

import asyncio
from typing import Any

import pytest

from quoteapi.api.request_records import RequestRecord, record_in, watch

SCOPE = {"type": "http", "method": "GET", "path": "/here", "headers": []}


async def receive() -> Any:  # noqa: ANN401  whatever ASGI sends
    """Nothing more from the caller."""
    return {"type": "http.disconnect"}


def told(app: Any) -> list[RequestRecord]:  # noqa: ANN401  any ASGI application
    """What is told of a request to an application."""
    seen: list[RequestRecord] = []

    async def send(_: object) -> None:
        """The answer goes nowhere."""

    asyncio.run(watch(app, [seen.append])(dict(SCOPE), receive, send))  # type: ignore[arg-type]  a scope with what is looked at
    return seen


def test_an_answer_is_told_once_with_its_status() -> None:
    """At its last part."""

    async def app(_: object, __: object, send: Any) -> None:  # noqa: ANN401  ASGI's
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b", "more_body": False})

    (seen,) = told(app)
    assert (seen.method, seen.path, seen.status, seen.route) == ("GET", "/here", 418, None)
    assert seen.seconds > 0


def test_a_request_without_an_answer_is_told_too() -> None:
    """Its caller has left."""

    async def app(_: object, receive: Any, __: object) -> None:  # noqa: ANN401  ASGI's
        await receive()

    (seen,) = told(app)
    assert seen.status is None


def test_what_breaks_is_told_and_breaks_on() -> None:
    """The server has to hear of it."""

    async def app(scope: Any, _: object, __: object) -> None:  # noqa: ANN401  ASGI's
        record_in(scope).caller = "newsroom"
        raise RuntimeError

    seen: list[RequestRecord] = []
    with pytest.raises(RuntimeError):
        asyncio.run(watch(app, [seen.append])(dict(SCOPE), receive, receive))  # type: ignore[arg-type]  as above
    assert [one.caller for one in seen] == ["newsroom"]


def test_notes_are_a_requests_own() -> None:
    """No two share them."""
    one, other = dict(SCOPE), dict(SCOPE)
    record_in(one).quotes = 1  # type: ignore[arg-type]  as above
    assert record_in(other).quotes is None  # type: ignore[arg-type]  as above
    assert record_in(one).quotes == 1  # type: ignore[arg-type]  as above
