"""Connections: callers who send slowly, never end, or send what is no HTTP; by raw sockets to a server with little patience."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from quoteapi.api.connections import HEAD_SIZE
from quoteapi.api.headers import HEADERS
from raw import connection, replies, rest
from serving import PATIENCE, SERVE_POISONED, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from serving import Server

POST = b"POST /quotes HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def impatient(start_servers: "Callable[..., Server]") -> "Server":
    """A server that waits a second for headers and bodies."""
    return start_servers(SERVE_POISONED, QUOTEAPI_HEADER_TIMEOUT="1", QUOTEAPI_BODY_TIMEOUT="1")


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


@pytest.mark.parametrize(
    "head",
    [
        b"GET /health/live?" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: test",
        b"GET /health/live HTTP/1.1\r\nHost: test\r\nX-Long: " + b"a" * 20_000,
    ],
    ids=["address", "header"],
)
def test_400_a_head_that_is_too_large_and_comes_in_one_piece(line: socket.socket, head: bytes) -> None:
    """The limit holds for a whole head as for one that is still to end."""
    line.sendall(head + b"\r\n\r\n")
    assert "16,384" in problem(rest(line), 400, "bad-request")["detail"]


def test_a_head_just_below_the_limit_is_read(line: socket.socket) -> None:
    """As documented."""
    start = b"GET /health/live HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Long: "
    line.sendall(start + b"a" * (HEAD_SIZE - len(start) - 4) + b"\r\n\r\n")
    assert rest(line).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("empty", [b"\r\n", b"\n", b"\r\n\r\n"])
def test_an_empty_line_before_a_request_is_passed_over(line: socket.socket, empty: bytes) -> None:
    """Before the first, and between two in one piece."""
    live = b"GET /health/live HTTP/1.1\r\nHost: test\r\n"
    line.sendall(empty + live + b"\r\n" + empty + live + b"Connection: close\r\n\r\n")
    assert [reply.status for reply in replies(rest(line))] == [200, 200]


def test_a_line_break_that_comes_in_two_pieces_is_passed_over(line: socket.socket) -> None:
    """As a slow caller sends it."""
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(b"\r")
    time.sleep(0.1)
    line.sendall(b"\nGET /health/live HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
    assert rest(line).startswith(b"HTTP/1.1 200")


def test_413_a_caller_who_asks_first_and_would_send_too_much(line: socket.socket) -> None:
    """`Expect: 100-continue`: the refusal comes in place of the word to go on, and no byte of the body is waited for."""
    line.sendall(POST + b"Content-Length: 400001\r\nExpect: 100-continue\r\n\r\n")
    head, _, body = rest(line).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413")
    assert msgspec.json.decode(body)["type"] == "/problems/body-too-large"


@pytest.mark.parametrize("path", ["/", "/health/live", "/health/ready", "/metrics", "/schema/openapi.json", "/problems"])
def test_head_is_answered_as_get_without_a_body(impatient: "Server", path: str) -> None:
    """The same status, type and length; the connection goes on."""
    impatient.wait_until_ready()
    with httpx.Client(base_url=impatient.url, timeout=PATIENCE) as client:
        head, got = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    if path != "/metrics":
        assert head.headers["content-length"] == got.headers["content-length"]


def test_head_of_what_is_not_there_or_takes_post(impatient: "Server") -> None:
    """As for GET; where GET is allowed, so is HEAD."""
    with httpx.Client(base_url=impatient.url, timeout=PATIENCE) as client:
        assert [client.head(path).status_code for path in ("/nothing", "/quotes")] == [404, 405]
        assert {"GET", "HEAD"} <= set(client.post("/health/live").headers["allow"].split(", "))
        assert "HEAD" not in client.get("/quotes").headers["allow"]


LARGEST = b"GET /schema/assets/scalar.js HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"


def test_a_caller_who_does_not_take_an_answer_is_cut(impatient: "Server") -> None:
    """The largest one there is: what nobody takes is not held for ever."""
    cut = impatient.log.read_text().count("its answer is not taken")
    with ExitStack() as held:
        for _ in range(3):
            line = held.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # before the connection tells the server how much it takes
            url = httpx.URL(impatient.url)
            line.connect((url.host, url.port))
            line.sendall(LARGEST)
        wait_for(lambda: impatient.log.read_text().count("its answer is not taken") == cut + 3, impatient.log)


def test_a_caller_who_takes_an_answer_slowly_is_not_cut(impatient: "Server") -> None:
    """For longer than anything may stand still, as long as some of it is taken."""
    with connection(impatient.url) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        line.sendall(LARGEST)
        received = b""
        began = time.monotonic()
        while time.monotonic() - began < 4:
            received += line.recv(65_536)
            time.sleep(0.05)
        received += rest(line)
    (reply,) = replies(received, "GET")
    assert len(reply.body) == int(reply.headers["content-length"])
