"""Callers who close a connection, in one direction or both, in the middle of whatever it is for."""

import socket
import struct
from collections.abc import Callable
from os import kill
from signal import SIGCONT, SIGSTOP

import httpx
import pytest

from raw import article, asked, connection, post, replies, rest, sent
from serving import PATIENCE, SERVE_POISONED, Server, wait_for
from target import Target

TEXT = "“The sea wall held,” said Jane Roe, the harbour master."
LIVE = b"GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n"


def reset(line: socket.socket) -> None:
    """Close a connection as a crashed host or an impatient proxy does, without a farewell."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (post(article(TEXT)), 200),
        (post(TEXT.encode(), kind="text/plain"), 200),
        (post(article(TEXT), "Connection: close"), 200),
        (post(b"no JSON"), 400),
        (post(article(" ")), 422),
        (LIVE, 200),
    ],
    ids=["JSON", "text", "the last request", "no JSON", "no text", "no article"],
)
def test_who_has_sent_all_and_closes_that_direction_is_answered(target: Target, request_bytes: bytes, status: int) -> None:
    """As `nc -N` does; then the connection ends."""
    assert asked(target.url, request_bytes).status == status


def test_who_has_sent_several_requests_hears_every_answer(target: Target) -> None:
    """In their order."""
    received = sent(target.url, post(article(TEXT, id="first")) + post(b"no JSON") + LIVE + post(article(TEXT, id="last")))
    found = replies(received)
    assert [reply.status for reply in found] == [200, 400, 200, 200]
    assert [b'"id":"first"' in found[0].body, b'"id":"last"' in found[3].body] == [True, True]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /quotes",
        b"POST /quotes HTTP/1.1\r\nHost: test\r\n",
        post(b"", length=100),
        post(b'{"text": "Hi', length=100),
        post(b"5\r\nabc", "Transfer-Encoding: chunked", length=-1),
    ],
    ids=["line", "headers", "no body", "half a body", "half a chunk"],
)
def test_400_what_ends_in_the_middle_of_a_request(target: Target, request_bytes: bytes) -> None:
    """The caller hears that something is missing, at once."""
    reply = asked(target.url, request_bytes)
    assert (reply.status, reply.problem()) == (400, "bad-request")


def test_the_end_of_what_follows_a_request_is_missed_behind_its_answer(target: Target) -> None:
    """The one is answered, the other refused."""
    found = replies(sent(target.url, post(article(TEXT)) + b"POST /quo"))
    assert [reply.status for reply in found] == [200, 400]


def test_who_says_nothing_hears_nothing(target: Target) -> None:
    """A connection that is opened and closed is no request."""
    assert sent(target.url, b"") == b""


def test_who_waits_with_one_direction_closed_is_told_that_it_goes_on(start_server: Callable[..., Server]) -> None:
    """A 102 now and then finds out who has left, and is passed over by all others; HTTP/1.0 has none, and whoever closes has left."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    kill(worker, SIGSTOP)
    with connection(server.url) as line, connection(server.url) as old, connection(server.url) as left:
        for caller, data in ((line, post(article(TEXT))), (left, post(article(TEXT)))):
            caller.sendall(data)
            caller.shutdown(socket.SHUT_WR)
        old.sendall(post(article(TEXT)).replace(b"HTTP/1.1", b"HTTP/1.0"))
        old.shutdown(socket.SHUT_WR)
        assert rest(old) == b""
        assert line.recv(13) == b"HTTP/1.1 102 "
        left.close()
        wait_for(lambda: server.log.read_text().count('"path": "/quotes"') == 2, server.log)  # the two who left
        kill(worker, SIGCONT)
        (reply,) = [reply for reply in replies(b"HTTP/1.1 102 " + rest(line)) if reply.status != 102]
    assert reply.status == 200
    assert server.worker_ids() == [worker]


@pytest.mark.parametrize(
    "part", [b"POST /quotes HT", post(b'{"text": "Hi', length=100), post(article(TEXT))], ids=["head", "body", "answer"]
)
def test_who_breaks_the_connection_takes_nothing_along(target: Target, part: bytes) -> None:
    """In the middle of the head, of the body, and of waiting for the answer; many times."""
    for _ in range(20):
        with connection(target.url) as line:
            line.sendall(part)
            reset(line)
    assert asked(target.url, post(article(TEXT))).status == 200


def test_who_breaks_the_connection_while_the_answer_comes(target: Target) -> None:
    """An answer of which the beginning was read."""
    for _ in range(3):
        with connection(target.url) as line:
            line.sendall(b"GET /schema/assets/scalar.js HTTP/1.1\r\nHost: test\r\n\r\n")
            assert line.recv(13) == b"HTTP/1.1 200 "
            reset(line)
    assert httpx.get(f"{target.url}/health/live", timeout=PATIENCE).status_code == 200


def test_the_server_is_unharmed(target: Target) -> None:
    """By all of that."""
    target.assert_unharmed()
