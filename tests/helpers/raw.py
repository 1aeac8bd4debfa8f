"""Raw connections: sends arbitrary bytes to a server and parses the responses."""

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
    """One of the responses on a connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> str:
        """The kind of the problem in the response, after checking its shape."""
        assert self.headers["content-type"] == MEDIA_TYPE, self
        told = msgspec.json.decode(self.body)
        assert told.keys() == {"type", "title", "status", "detail", "errors"}
        assert told["status"] == self.status
        return str(told["type"]).removeprefix("/problems/")


class _Received(io.BytesIO):
    """Received bytes, in the form that the standard library's response parser expects: a socket that it closes."""

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
    """Everything that the server still sends, until it closes the connection."""
    received = b""
    try:
        while part := line.recv(65536):
            received += part
    except ConnectionResetError:
        pass  # it did not read everything sent to it
    return received


def sent(url: str, *parts: bytes) -> bytes:
    """Everything that the server sends to a client that sends these parts and then closes its sending direction."""
    with connection(url) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # the server may close early
            for part in parts:
                line.sendall(part)
            line.shutdown(socket.SHUT_WR)
        return rest(line)


def replies(received: bytes, method: str = "POST") -> list[Reply]:
    """The final responses in the received bytes; each must be complete."""
    stream = _Received(received)
    found = []
    while stream.tell() < len(received):
        response = HTTPResponse(cast("socket.socket", stream), method=method)
        response.begin()
        body = response.read()
        found.append(Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, body))
    return [reply for reply in found if reply.status >= 200]


def asked(url: str, data: bytes) -> Reply:
    """The single response to a request."""
    (reply,) = replies(sent(url, data))
    return reply


def post(body: bytes, *headers: str, kind: str = "application/json", length: int | None = None) -> bytes:
    """The bytes of a request with an article.

    Args:
        body: The body as sent.
        *headers: Additional header lines.
        kind: The content type.
        length: The Content-Length, if not the true one; negative for none.
    """
    told = len(body) if length is None else length
    lines = ["POST /quotes HTTP/1.1", "Host: test", f"Content-Type: {kind}", *([f"Content-Length: {told}"] if told >= 0 else []), *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def article(text: str, **fields: Any) -> bytes:  # noqa: ANN401  any JSON value
    """An article as JSON."""
    return msgspec.json.encode({"text": text, **fields})
