"""Request ids: in and out, and in every line that is logged meanwhile."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import msgspec
import pytest

from quoteapi.api import create_app
from quoteapi.settings import Settings

if TYPE_CHECKING:
    from conftest import Server

Answers = Callable[..., list[httpx.Response]]


def sent(request_id: str | bytes) -> httpx.Request:
    """A request with an id."""
    value = request_id if isinstance(request_id, bytes) else request_id.encode()
    return httpx.Request("GET", "http://test/health/live", headers=[(b"X-Request-ID", value)])


@pytest.mark.parametrize("request_id", ["a", "7b0e-11", "!~{}", "x" * 128])
def test_a_sane_id_comes_back(answers: Answers, request_id: str) -> None:
    """Whatever shape the caller's ids have."""
    (response,) = answers(create_app(Settings()), sent(request_id))
    assert response.headers["x-request-id"] == request_id


@pytest.mark.parametrize("request_id", [b"", b"x" * 129, b"two words", b"a\tb", "é".encode(), b"\xff"])
def test_another_is_given_in_place_of_one_that_is_not(answers: Answers, request_id: bytes) -> None:
    """So that nobody writes what he likes into the log."""
    (response,) = answers(create_app(Settings()), sent(request_id))
    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["x-request-id"])


def test_each_request_has_its_own(answers: Answers) -> None:
    """On a route that is not there, too."""
    responses = answers(create_app(Settings()), *[httpx.Request("GET", "http://test/nothing")] * 5)
    assert len({response.headers["x-request-id"] for response in responses}) == 5


def test_it_is_in_the_log_of_the_request_alone(client: httpx.Client, server: "Server") -> None:
    """On one connection, too, where the next request has an id of its own."""
    client.get("/nothing", headers={"X-Request-ID": "own-id-17"})
    other = client.get("/nothing").headers["x-request-id"]
    lines = [msgspec.json.decode(line) for line in server.log.read_text().splitlines()]
    for request_id in ("own-id-17", other):
        (line,) = [line for line in lines if line.get("request_id") == request_id]
        assert (line["event"], line["path"], line["status"]) == ("request", "/nothing", 404)
