"""A running server, called over HTTP."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving import PATIENCE, Server, start, starting


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
    with starting(tmp_path) as started:
        yield started


@pytest.fixture(scope="module")
def start_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """The same for a server that the tests of a module share."""
    with starting(tmp_path_factory.mktemp("servers")) as started:
        yield started


@pytest.fixture(scope="session")
def answers() -> Callable[..., list[httpx.Response]]:
    """Sends requests to an application in this process, one after the other, from an address; no engine runs behind it."""

    def send(app: Any, *requests: httpx.Request, address: str = "192.0.2.1") -> list[httpx.Response]:  # noqa: ANN401  any ASGI application
        async def all_of_them() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
            async with httpx.AsyncClient(transport=transport) as client:
                return [await client.send(request) for request in requests]

        return asyncio.run(all_of_them())

    return send


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A client of the session's server."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        yield client
