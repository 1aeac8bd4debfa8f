"""Streams that no client would send: torn, endless, empty, of nothing but mistakes, broken off."""

import socket
import struct
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from raw import connection
from serving import wait_for
from streams import NDJSON, kinds, lines, streamed, talking
from target import Target

TEXT = "“The sea wall held,” said Jane Roe, the harbour master."
HEAD = b"POST /quotes/batch HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"


def open_streams(target: Target) -> float:
    """Streams that the server holds open."""
    figures = httpx.get(f"{target.url}/metrics").text
    return next(float(line.split()[1]) for line in figures.splitlines() if line.startswith("quoteapi_streams "))


def test_lines_that_are_torn_into_bytes_are_whole(target: Target) -> None:
    """A chunk a byte, in the middle of characters, too."""
    with talking(target.url) as talk:
        for byte in lines(TEXT, " "):
            talk.say(bytes([byte]))
        assert [one["id"] for one in talk.end()] == ["0", "1"]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory in /proc")
def test_a_line_without_an_end_costs_no_memory(target: Target) -> None:
    """200 MB of it; it is refused, and the next one is read."""
    before = resident(target.server.process.pid)
    with talking(target.url) as talk:
        for _ in range(200):
            talk.say(b"x" * 1_000_000)
        talk.say(b"\n")
        talk.tell(TEXT)
        told = talk.end()
    assert kinds(told) == [(1, "body-too-large")]
    assert len(told) == 2
    assert resident(target.server.process.pid) - before < 50_000_000


def test_nothing_but_blank_lines_is_nothing(target: Target) -> None:
    """Seven million of them."""
    assert streamed(target.url, b"\n" * 5_000_000 + b" \r\n" * 2_000_000) == []


def test_ten_thousand_mistakes_are_ten_thousand_problems(target: Target) -> None:
    """In order; others are answered beside them."""
    told = streamed(target.url, b"x\n" * 5_000 + b'{"id": "7"}\n' * 5_000)
    assert kinds(told) == [(number, "not-json" if number <= 5_000 else "wrong-shape") for number in range(1, 10_001)]
    assert target.server.post(TEXT).status_code == 200


def test_bytes_that_are_no_lines_are_problems(target: Target) -> None:
    """Every byte there is, many times."""
    told = streamed(target.url, bytes(range(256)) * 100)
    assert {one["status"] for one in told} == {400}


@pytest.mark.parametrize(
    "part", [b"5\r\nab", b"zz\r\n", b"-1\r\n", b"5\r\nabcdefgh\r\n", b""], ids=["half", "no size", "minus", "longer", "nothing"]
)
def test_a_chunk_that_is_none_ends_the_stream(target: Target, part: bytes) -> None:
    """As leaving does."""
    body = lines(TEXT)
    with connection(target.url) as line:
        line.sendall(HEAD + b"%x\r\n%s\r\n" % (len(body), body) + part)
        line.shutdown(socket.SHUT_WR)
    wait_for(lambda: open_streams(target) == 0, target.server.log)


def test_streams_that_are_broken_off_leave_nothing_behind(target: Target) -> None:
    """Thirty, each in the middle of a line, with articles waiting; then as many may be open as before."""
    body = lines(*[TEXT] * 20) + b'{"text": "Hi'
    for _ in range(30):
        with connection(target.url) as line:
            line.sendall(HEAD + b"%x\r\n%s\r\n" % (len(body), body))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wait_for(lambda: open_streams(target) == 0, target.server.log)
    assert len(streamed(target.url, lines(TEXT))) == 1


def test_more_streams_than_may_be_open_are_refused(target: Target) -> None:
    """At once, with a time to come back; a caller has four."""
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(connection(target.url)).sendall(HEAD)
        wait_for(lambda: open_streams(target) == 4, target.server.log)
        refused = httpx.post(f"{target.url}/quotes/batch", content=lines(TEXT), headers=NDJSON)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/queue-full")
    wait_for(lambda: open_streams(target) == 0, target.server.log)


def resident(process: int) -> int:
    """Bytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096


def test_the_server_is_unharmed(target: Target) -> None:
    """By all of that."""
    target.assert_unharmed()
