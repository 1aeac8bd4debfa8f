"""Tries: what is sent again, when, and when the client gives up; small real servers answer as the test says."""

import asyncio
import pickle
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import msgspec
import pytest

import quoteapi
from quoteapi.client import (
    AsyncClient,
    BrokenAnswerError,
    BusyError,
    Client,
    NoAnswerError,
    ProblemError,
)
from quoteapi.structs import Answer, Problem
from scripted import Scripted, reply

TEXT = "“The wall held,” said Jane Roe."
FULL = msgspec.json.encode(Problem("/problems/queue-full", "Too many articles are waiting", 503, "They wait."))


@pytest.fixture(scope="module")
def answer() -> bytes:
    """A true answer."""
    return msgspec.json.encode(quoteapi.extract(TEXT))


def send_with(kind: type[Client | AsyncClient], url: str, **options: Any) -> Answer:  # noqa: ANN401  of any argument
    """The answer to the text, by either client."""
    if issubclass(kind, Client):
        with kind(url, **options) as client:
            return client.quotes(TEXT)

    async def inner() -> Answer:
        async with AsyncClient(url, **options) as client:
            return await client.quotes(TEXT)

    return asyncio.run(inner())


@pytest.fixture(params=[Client, AsyncClient])
def send(request: pytest.FixtureRequest) -> Callable[..., Answer]:
    """Sends the text to a server, by a client of each kind."""
    return lambda url, **options: send_with(request.param, url, **options)


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_is_sent_again_after_the_seconds_that_it_names(
    send: Callable[..., Answer], scripted: Callable[..., Scripted], answer: bytes, status: int
) -> None:
    """Not sooner; the body is the same."""
    server = scripted(reply(status, FULL, Retry_After="1"), reply(200, answer))
    start = time.monotonic()
    assert send(server.url, api_key="secret").quotes[0].speaker is not None
    assert time.monotonic() - start >= 1
    (first, second) = server.requests
    assert first == second
    assert (first[0], first[1]["Authorization"]) == ("/quotes", "Bearer secret")


def test_a_date_is_waited_for(send: Callable[..., Answer], scripted: Callable[..., Scripted], answer: bytes) -> None:
    """`Retry-After` in its other form, with the second as its smallest unit."""
    when = (datetime.now(UTC) + timedelta(seconds=2)).replace(microsecond=0)
    server = scripted(reply(503, FULL, Retry_After=format_datetime(when, usegmt=True)), reply(200, answer))
    send(server.url)
    assert datetime.now(UTC) >= when
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "value", ["", "soon", "-1", "Mon, 01 Jan 2024 00:00:00 GMT", "9" * 400, "Mon, 01 Jan 2024 00:00:00 +99999999999999"]
)
def test_without_a_time_that_makes_sense_it_backs_off(
    send: Callable[..., Answer], scripted: Callable[..., Scripted], answer: bytes, value: str
) -> None:
    """None, no number, a past date, a number of no clock: at random, a little longer each time."""
    server = scripted(reply(503, FULL, Retry_After=value), reply(503, FULL), reply(200, answer))
    send(server.url)
    assert len(server.requests) == 3


def test_it_gives_up_after_the_last_try(send: Callable[..., Answer], scripted: Callable[..., Scripted]) -> None:
    """With the problem, and when to come again."""
    server = scripted(reply(503, FULL, Retry_After="0"))
    with pytest.raises(BusyError, match="They wait") as raised:
        send(server.url, tries=3)
    assert len(server.requests) == 3
    assert (raised.value.name, raised.value.retry_after) == ("queue-full", 0)


def test_a_pause_beyond_the_deadline_is_not_begun(send: Callable[..., Answer], scripted: Callable[..., Scripted]) -> None:
    """Who has ten seconds is not kept waiting for an hour, nor for ten seconds."""
    server = scripted(reply(429, Retry_After="3600"))
    with pytest.raises(BusyError) as raised:
        send(server.url, deadline=10)
    assert (len(server.requests), raised.value.retry_after) == (1, 3600)
    assert (raised.value.type, raised.value.status) == ("about:blank", 429)


@pytest.mark.parametrize("status", [400, 401, 404, 413, 422, 500, 502, 504])
def test_other_problems_are_not_sent_again(send: Callable[..., Answer], scripted: Callable[..., Scripted], status: int) -> None:
    """Nor does `Retry-After` make them be; a body in another shape than ours is told by its status."""
    server = scripted(reply(status, b'{"type": "\xff"}', Retry_After="0"))
    with pytest.raises(ProblemError) as raised:
        send(server.url)
    assert (len(server.requests), raised.value.status, raised.value.type) == (1, status, "about:blank")


def test_an_article_that_was_sent_is_not_sent_again(send: Callable[..., Answer], scripted: Callable[..., Scripted]) -> None:
    """Where the connection drops, the article may be why."""
    server = scripted(reply(None))
    with pytest.raises(NoAnswerError, match="broke before the answer") as raised:
        send(server.url)
    assert raised.value.url == f"{server.url}/quotes"
    assert raised.value.url in str(raised.value)
    assert raised.value.__cause__ is not None
    assert len(server.requests) == 1


def test_silence_ends(send: Callable[..., Answer]) -> None:
    """A server that takes the article and says nothing is waited for no longer than allowed, also by the deadline alone."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for options in ({"timeout": 0.2}, {"deadline": 0.2}):
            with pytest.raises(NoAnswerError, match="did not answer in time"):
                send(url, **options)


def test_a_connection_that_is_refused_is_tried_again(send: Callable[..., Answer], scripted: Callable[..., Scripted], answer: bytes) -> None:
    """Nothing was sent, so nothing can go wrong: a service that starts meanwhile answers."""
    server = scripted(reply(200, answer), listens_after=1.0)
    assert send(server.url, tries=100).quotes


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": null}', b"\xff", b'{"id": "\xff"}', b'{"mood": ' + b"[" * 100_000, b"<html>"])
def test_an_answer_that_is_none_is_told(send: Callable[..., Answer], scripted: Callable[..., Scripted], body: bytes) -> None:
    """Broken JSON, another shape, a page of a proxy."""
    server = scripted(reply(200, body))
    with pytest.raises(BrokenAnswerError, match="does not understand the answer") as raised:
        send(server.url)
    assert raised.value.url == f"{server.url}/quotes"
    assert raised.value.__cause__ is not None
    assert len(server.requests) == 1


def test_fields_of_a_later_version_are_passed_over(send: Callable[..., Answer], scripted: Callable[..., Scripted], answer: bytes) -> None:
    """The service may be newer than its client."""
    later = msgspec.json.encode({**msgspec.json.decode(answer), "mood": "calm"})
    assert send(scripted(reply(200, later)).url).quotes


def test_another_service_is_not_ready(scripted: Callable[..., Scripted]) -> None:
    """A wrong address is told, where waiting would wait for ever; a 503 is waited for."""
    with Client(scripted(reply(404)).url) as client, pytest.raises(ProblemError, match="404"):
        client.ready()
    with Client(scripted(reply(503)).url) as client:
        assert not client.ready()


def test_errors_can_be_pickled() -> None:
    """They come back whole from another process."""
    error = BusyError(Problem("/problems/queue-full", "Full", 503, "They wait."), 2.0, "http://127.0.0.1:9/quotes")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  made in the line itself
    assert (type(again), str(again), again.retry_after, again.url) == (BusyError, str(error), 2.0, error.url)
    unanswered = NoAnswerError("Nothing came.", "http://127.0.0.1:9/quotes")
    told = pickle.loads(pickle.dumps(unanswered))  # noqa: S301  the same
    assert (str(told), told.url) == ("Nothing came.", unanswered.url)
