"""Raw connections: bytes to a server as a test wants them, and whatever it answers, told apart again."""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from typing import Any, NamedTuple, cast

import httpx
import msgspec

from serving import PATIENCE

MEDIA_TYPE = "application/problem+json"


class Reply(NamedTuple):
    """One answer of those on a connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> str:
        """The kind of problem that it tells, its shape checked."""
        assert self.headers["content-type"] == MEDIA_TYPE, self
        told = msgspec.json.decode(self.body)
        assert told.keys() == {"type", "title", "status", "detail", "errors"}
        assert told["status"] == self.status
        return str(told["type"]).removeprefix("/problems/")


class _Received(io.BytesIO):
    """Bytes for the standard library's reader of answers, which takes them from a socket and closes it."""

    def makefile(self, _: str) -> "_Received":
        return self

    def close(self) -> None:
        pass


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    """A connection to a server."""
    parts = httpx.URL(url)
    assert parts.port is not None
    with socket.create_connection((parts.host, parts.port), timeout=PATIENCE) as line:
        yield line


def rest(line: socket.socket) -> bytes:
    """All that the server still sends; returns when it has ended the connection."""
    received = b""
    try:
        while part := line.recv(65536):
            received += part
    except ConnectionResetError:
        pass  # it did not read all that it was sent
    return received


def sent(url: str, *parts: bytes) -> bytes:
    """All that the server answers to a caller who sends this, part by part, and closes the direction in which it was sent."""
    with connection(url) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # it may have heard enough
            for part in parts:
                line.sendall(part)
            line.shutdown(socket.SHUT_WR)
        return rest(line)


def replies(received: bytes, method: str = "POST") -> list[Reply]:
    """The final answers in what was received; each must be whole."""
    stream = _Received(received)
    found = []
    while stream.tell() < len(received):
        response = HTTPResponse(cast("socket.socket", stream), method=method)
        response.begin()
        body = response.read()
        found.append(Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, body))
    return [reply for reply in found if reply.status >= 200]


def asked(url: str, data: bytes) -> Reply:
    """The one answer to the bytes of a request."""
    (reply,) = replies(sent(url, data))
    return reply


def post(body: bytes, *headers: str, kind: str = "application/json", length: int | None = None) -> bytes:
    """The bytes of an article on its way.

    Args:
        body: As it is sent.
        *headers: Lines beside those that every request has.
        kind: Its content type.
        length: The length that is told, where it is not the true one; negative: none is told.
    """
    told = len(body) if length is None else length
    lines = ["POST /quotes HTTP/1.1", "Host: test", f"Content-Type: {kind}", *([f"Content-Length: {told}"] if told >= 0 else []), *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def article(text: str, **fields: Any) -> bytes:  # noqa: ANN401  whatever JSON has
    """An article as JSON."""
    return msgspec.json.encode({"text": text, **fields})
