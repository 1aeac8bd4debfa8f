"""A running server, called over HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from serving import PATIENCE, SERVE, Server, start


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the session, ready."""
    server = start(tmp_path_factory.mktemp("server"))
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server of the test's own, with settings; it is ended with the test if it still runs."""
    servers: list[Server] = []

    def started(program: str = SERVE, **settings: str) -> Server:
        servers.append(start(tmp_path, program=program, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.process.kill()
        server.process.communicate(timeout=PATIENCE)


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A client of the session's server."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        yield client
