"""Connections used as no browser does: many at once, many requests on one, two lengths for one body, answers that nobody takes."""

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from raw import article, asked, connection, post, replies, sent
from serving import PATIENCE, SERVE_POISONED, Server, wait_for
from target import Target

TEXT = "“The sea wall held,” said Jane Roe, the harbour master."
LIVE = b"GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n"
LARGEST = "/schema/assets/scalar.js"
"""The largest answer that the server has, of several megabytes."""


def test_requests_that_come_before_the_answers_are_answered_in_order(target: Target) -> None:
    """A hundred of them in one piece, articles among them."""
    asked_for = [post(article(TEXT, id=f"a{number}")) if number % 10 == 0 else LIVE for number in range(100)]
    found = replies(sent(target.url, b"".join(asked_for)))
    assert [reply.status for reply in found] == [200] * 100
    assert all(f'"id":"a{number}"'.encode() in found[number].body for number in range(0, 100, 10))


def test_what_follows_the_last_request_is_not_read(target: Target) -> None:
    """`Connection: close` is the caller's own word."""
    found = replies(sent(target.url, post(article(TEXT), "Connection: close") + LIVE))
    assert [reply.status for reply in found] == [200]


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5, 6",),
        ("Content-Length: -5",),
        ("Content-Length: +5",),
        ("Content-Length: 0x5",),
        ("Content-Length: five",),
        ("Transfer-Encoding: gzip",),
        ("Transfer-Encoding: chunked, gzip",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding : chunked",),
        ("X: y\rTransfer-Encoding: chunked",),
        ("X: y\x00",),
        ("Host: another",),
    ],
    ids=str,
)
def test_a_length_that_can_be_read_in_two_ways_ends_the_connection(target: Target, headers: tuple[str, ...]) -> None:
    """Whoever stands in front may have read it the other way: nothing behind it is taken for a request."""
    found = replies(sent(target.url, post(b"hello" + LIVE, *headers, length=-1)))
    assert [(reply.status, reply.problem()) for reply in found] == [(found[0].status, "bad-request")]
    assert found[0].status in {400, 501}
    assert found[0].headers["connection"] == "close"


@pytest.mark.parametrize("before", [b"", LIVE], ids=["first", "second"])
def test_a_request_with_chunks_and_a_length_is_the_last(target: Target, before: bytes) -> None:
    """The chunks count, and nothing behind them is taken for a request, as the length may say that it is none."""
    body = article(TEXT)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    *_, last = found = replies(sent(target.url, before + post(chunks + LIVE, "Transfer-Encoding: chunked")))
    assert len(found) == 1 + bool(before)
    assert b"Jane Roe" in last.body
    assert last.headers["connection"] == "close"


def test_the_same_length_twice_is_one(target: Target) -> None:
    """As HTTP has it."""
    body = article(TEXT)
    assert asked(target.url, post(body, f"Content-Length: {len(body)}")).status == 200


def test_chunks_with_extensions_and_trailers_are_read(target: Target) -> None:
    """Neither has a meaning here."""
    body = article(TEXT)
    chunks = b"5;name=value\r\n%s\r\n%x\r\n%s\r\n0\r\nX-Trailer: a\r\n\r\n" % (body[:5], len(body) - 5, body[5:])
    assert asked(target.url, post(chunks, "Transfer-Encoding: chunked", length=-1)).status == 200


def test_a_caller_who_asks_first_is_told_to_go_on(target: Target) -> None:
    """`Expect: 100-continue`: the body is asked for where an article is read."""
    body = article(TEXT)
    head = post(b"", "Expect: 100-continue", length=len(body))
    with connection(target.url) as line:
        line.sendall(head)
        assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
        line.sendall(body)
        assert line.recv(12) == b"HTTP/1.1 200"


def test_a_caller_who_asks_first_is_not_told_to_send_what_is_not_read(target: Target) -> None:
    """The refusal comes in its place."""
    with connection(target.url) as line:
        line.sendall(post(b"", "Expect: 100-continue", kind="image/png", length=1_000_000))
        assert line.recv(12) == b"HTTP/1.1 415"


def test_five_hundred_idle_connections_keep_nobody_out(target: Target) -> None:
    """Articles are answered beside them, and then they still work."""
    with ExitStack() as held, ThreadPoolExecutor(8) as callers:
        lines = [held.enter_context(connection(target.url)) for _ in range(500)]
        responses = list(callers.map(target.server.post, [TEXT] * 40))
        assert [response.status_code for response in responses] == [200] * 40
        for line in lines[:20]:
            line.sendall(LIVE)
        assert all(line.recv(12) == b"HTTP/1.1 200" for line in lines[:20])


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory in /proc")
def test_callers_who_never_take_their_answer_cost_one_answer_each(start_server: Callable[..., Server]) -> None:
    """A hundred requests for the largest one on each connection: what waits to be sent does not grow with them, and others are answered."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    size = len(httpx.get(f"{server.url}{LARGEST}", timeout=PATIENCE).content)
    before = resident(server.process.pid)
    with ExitStack() as held:
        for _ in range(5):
            line = held.enter_context(connection(server.url))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(f"GET {LARGEST} HTTP/1.1\r\nHost: test\r\n\r\n".encode() * 100)
        wait_for(lambda: server.log.read_text().count(LARGEST) >= 6, server.log)
        assert server.post(TEXT).status_code == 200
        assert resident(server.process.pid) - before < 5 * 4 * size
    assert httpx.get(f"{server.url}/health/live", timeout=PATIENCE).status_code == 200


def resident(process: int) -> int:
    """Bytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096


def test_the_server_is_unharmed(target: Target) -> None:
    """By all of that."""
    target.assert_unharmed()
