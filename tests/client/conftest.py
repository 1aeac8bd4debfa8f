"""A real service for the client, and small servers that answer as no service should."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from serving import Server


class Scripted(NamedTuple):
    """A server that answers each request with the next of its replies, and with the last one for ever."""

    url: str
    requests: list[tuple[str, dict[str, str], bytes]]
    """What it was sent: path, headers, body."""


class ScriptedReply(NamedTuple):
    """What it answers; without a status it closes the connection."""

    status: int | None
    headers: dict[str, str]
    body: bytes


def reply(status: int | None, body: bytes = b"", **headers: str) -> ScriptedReply:
    """A reply; `Retry_After` is the header Retry-After."""
    return ScriptedReply(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.fixture(scope="session")
def replying() -> Callable[..., ScriptedReply]:
    """Makes a reply."""
    return reply


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scripted]]:
    """Starts servers that answer so, `listens_after` some seconds; they end with the test."""
    servers: list[ThreadingHTTPServer] = []

    def start(*replies: ScriptedReply, listens_after: float = 0) -> Scripted:
        requests: list[tuple[str, dict[str, str], bytes]] = []
        turn = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                with turn:
                    answer = replies[min(len(requests), len(replies) - 1)]
                    requests.append((self.path, dict(self.headers), body))
                if answer.status is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST  # noqa: N815  the name that http.server calls

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        server.server_bind()  # connections are refused until it listens
        servers.append(server)

        def serve() -> None:
            time.sleep(listens_after)
            server.server_activate()
            server.serve_forever()

        threading.Thread(target=serve, daemon=True).start()
        return Scripted(f"http://127.0.0.1:{server.server_port}", requests)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def service(start_servers: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A real service that asks for a key, ready."""
    keys = tmp_path_factory.mktemp("keys") / "keys.txt"
    keys.write_text("newsroom: kRz0bXUnm5PMeQ3aWv9d\n")
    server = start_servers(QUOTEAPI_API_KEYS=str(keys))
    server.wait_until_ready()
    return server
