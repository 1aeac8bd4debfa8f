"""Connections: callers who send slowly, never end, or send what is no HTTP; by raw sockets to a server with little patience."""

import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from quoteapi.api.headers import HEADERS
from raw import connection, rest
from serving import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from serving import Server

POST = b"POST /quotes HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def impatient(start_servers: "Callable[..., Server]") -> "Server":
    """A server that waits a second for headers and bodies."""
    return start_servers(QUOTEAPI_HEADER_TIMEOUT="1", QUOTEAPI_BODY_TIMEOUT="1")


@pytest.fixture
def line(impatient: "Server") -> Iterator[socket.socket]:
    """A connection to it."""
    with connection(impatient.url) as line:
        yield line


def problem(answer: bytes, status: int, kind: str) -> dict[str, Any]:
    """The problem in an answer, its head checked."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first.startswith(f"HTTP/1.1 {status}")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert headers["x-request-id"]
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS
    told: dict[str, Any] = msgspec.json.decode(body)
    assert (told["type"], told["status"]) == (f"/problems/{kind}", status)
    return told


def drip(line: socket.socket, part: bytes) -> bytes:
    """Send a part again and again, little by little, until the server ends the connection; all that it answers."""
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            line.sendall(part)
            time.sleep(0.05)
    except (BrokenPipeError, ConnectionResetError):
        return b""
    return pytest.fail("the server goes on waiting")


def test_a_connection_on_which_nothing_comes_is_ended(line: socket.socket) -> None:
    """Without a word: nothing was asked."""
    assert rest(line) == b""


def test_408_headers_that_do_not_end(line: socket.socket) -> None:
    """The caller hears why."""
    line.sendall(POST)
    told = problem(rest(line), 408, "request-too-slow")
    assert "headers" in told["detail"]


def test_headers_that_drip_are_not_waited_for_any_longer(line: socket.socket) -> None:
    """Each byte starts no clock anew: this is how slow-loris holds a server."""
    line.sendall(POST)
    drip(line, b"X-A: b\r\n")


def test_headers_that_do_not_end_on_a_connection_in_use(line: socket.socket) -> None:
    """After an answer the same holds for the next request."""
    line.sendall(b"GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n")
    assert line.recv(65536).startswith(b"HTTP/1.1 200")
    line.sendall(POST)
    assert b"HTTP/1.1 408" in rest(line)


def test_408_a_body_that_does_not_come(line: socket.socket) -> None:
    """With a length or in chunks."""
    line.sendall(POST + b'Content-Length: 100\r\n\r\n{"text"')
    told = problem(rest(line), 408, "request-too-slow")
    assert "body" in told["detail"]


def test_408_a_body_that_drips(line: socket.socket) -> None:
    """Bytes that come do not lengthen the time."""
    line.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
    drip(line, b"1\r\n \r\n")


def test_what_is_left_of_a_body_is_not_waited_for_after_the_answer(line: socket.socket) -> None:
    """A caller who was answered early holds nothing by dripping on."""
    line.sendall(b"POST /nothing HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert line.recv(65536).startswith(b"HTTP/1.1 404")
    drip(line, b"1\r\n \r\n")


@pytest.mark.parametrize(
    "sent", [b"Hi, said Roe.\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00" + b"\r\n" * 9]
)
def test_400_what_is_no_http(line: socket.socket, sent: bytes) -> None:
    """TLS on the wrong port, too."""
    line.sendall(sent)
    problem(rest(line), 400, "bad-request")


@pytest.mark.parametrize(
    "head",
    [b"GET /health/live?" + b"a" * 20_000, b"GET /health/live HTTP/1.1\r\nHost: test\r\nX-Long: " + b"a" * 20_000],
    ids=["address", "header"],
)
def test_400_a_head_that_is_too_large(line: socket.socket, head: bytes) -> None:
    """The limit is told."""
    line.sendall(head)
    assert "16,384" in problem(rest(line), 400, "bad-request")["detail"]


def test_400_chunks_that_are_none(line: socket.socket) -> None:
    """In the middle of a body that is being waited for."""
    line.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\nno chunk\r\n")
    problem(rest(line), 400, "bad-request")


def test_an_upgrade_is_passed_over(line: socket.socket) -> None:
    """There are no web sockets here: the request is answered as any other."""
    line.sendall(
        b"GET /health/live HTTP/1.1\r\nHost: test\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert rest(line).startswith(b"HTTP/1.1 200")


def test_those_who_hold_connections_keep_nobody_out(impatient: "Server") -> None:
    """While many of them wait to be ended, others are answered."""
    url = httpx.URL(impatient.url)
    lines = [socket.create_connection((url.host, url.port), timeout=PATIENCE) for _ in range(200)]
    try:
        for line in lines:
            line.sendall(POST)
        assert httpx.get(f"{impatient.url}/health/live", timeout=PATIENCE).status_code == 200
        assert all(b"HTTP/1.1 408" in rest(line) for line in lines)
    finally:
        for line in lines:
            line.close()


def test_no_traceback_is_left_in_the_log(impatient: "Server") -> None:
    """Whatever was sent above is a line each."""
    log = impatient.log.read_text()
    assert "Traceback" not in log
    assert "request not read" in log
