"""Small servers that misbehave as no service should: they answer each request with the next of a test's replies."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Scripted(NamedTuple):
    """A server that answers each request with the next of its replies, and repeats the last one."""

    url: str
    requests: list[tuple[str, dict[str, str], bytes]]
    """The requests it received: path, headers, body."""


class Reply(NamedTuple):
    """A reply; without a status, the server closes the connection."""

    status: int | None
    headers: dict[str, str]
    body: bytes


def reply(status: int | None, body: bytes = b"", **headers: str) -> Reply:
    """A reply; `Retry_After` is the header Retry-After."""
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@contextmanager
def scripting() -> Iterator[Callable[..., Scripted]]:
    """Starts such servers, which listen only after `listens_after` seconds, and stops them at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(*replies: Reply, listens_after: float = 0) -> Scripted:
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

            do_GET = do_POST  # noqa: N815  the name that http.server expects

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        server.server_bind()  # connections are refused until it listens
        servers.append(server)

        def serve() -> None:
            if listens_after:
                time.sleep(listens_after)
                server.server_activate()
            server.serve_forever()

        if not listens_after:
            server.server_activate()
        threading.Thread(target=serve, daemon=True).start()
        return Scripted(f"http://127.0.0.1:{server.server_port}", requests)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
