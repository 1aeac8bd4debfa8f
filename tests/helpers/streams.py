"""Streams: sends lines to a server and reads its answers one by one, at the same time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import httpx
import msgspec

from serving import PATIENCE

NDJSON = {"Content-Type": "application/x-ndjson"}


class Talk:
    """An open stream."""

    def __init__(self, connection: HTTPConnection, response: HTTPResponse) -> None:
        self.connection = connection
        self.response = response

    def say(self, data: bytes) -> None:
        """Send bytes as a chunk."""
        self.connection.send(b"%x\r\n%s\r\n" % (len(data), data))

    def tell(self, *texts: str) -> None:
        """Send articles."""
        self.say(lines(*texts))

    def hear(self) -> dict[str, Any]:
        """The next answer."""
        return msgspec.json.decode(self.response.readline(), type=dict[str, Any])

    def end(self) -> list[dict[str, Any]]:
        """End the request and return the remaining answers."""
        self.connection.send(b"0\r\n\r\n")
        return self.rest()

    def rest(self) -> list[dict[str, Any]]:
        """The remaining answers, to the end of the stream."""
        return answers(self.response.read())


@contextmanager
def talking(url: str, *, patience: float = PATIENCE, headers: Mapping[str, str] | None = None) -> Iterator[Talk]:
    """A stream to a server that has begun to answer."""
    parts = httpx.URL(url)
    connection = HTTPConnection(parts.host, parts.port, timeout=patience)
    connection.putrequest("POST", "/quotes/batch")
    for name, value in {**NDJSON, "Transfer-Encoding": "chunked", **(headers or {})}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 200, response.read()
    try:
        yield Talk(connection, response)
    finally:
        response.close()
        connection.close()


def lines(*texts: str) -> bytes:
    """One article per line, with its number as its id."""
    return b"".join(msgspec.json.encode({"id": str(number), "text": text}) + b"\n" for number, text in enumerate(texts))


def answers(body: bytes) -> list[dict[str, Any]]:
    """The lines of a body."""
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in body.splitlines()]


def streamed(url: str, body: bytes, **headers: str) -> list[dict[str, Any]]:
    """The answers to lines that are all sent before any is read, as most clients do."""
    response = httpx.post(f"{url}/quotes/batch", content=body, headers=NDJSON | headers, timeout=PATIENCE)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == NDJSON["Content-Type"]
    return answers(response.content)


def kinds(told: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The line numbers and kinds of the problems among the answers."""
    return [(one["line"], one["type"].removeprefix("/problems/")) for one in told if "type" in one]
