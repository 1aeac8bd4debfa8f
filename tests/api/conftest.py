"""A running server: `quoteapi serve` in a process of its own on a free port, called over HTTP."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

PATIENCE = 120.0
"""Seconds after which a server that does not start, or stop, has failed; far more than it ever takes."""

SETTINGS = {"QUOTEAPI_QUEUE_SIZE": "2", "QUOTEAPI_MAX_TEXT_LENGTH": "50000", "QUOTEAPI_MAX_BODY_SIZE": "400000"}
"""Small limits, so that tests reach them soon."""


class Server(NamedTuple):
    """A server that runs."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    first_readiness: int
    """The status of `/health/ready` as soon as the server listened."""

    def worker_ids(self) -> list[int]:
        """The process ids of its engine processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]

    def wait_until_ready(self) -> None:
        """Return once every engine is loaded."""
        wait_for(lambda: httpx.get(f"{self.url}/health/ready").status_code == 200, self.log)

    def stop(self) -> int:
        """End the server as a container's host does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def wait_for(condition: Callable[[], bool], log: Path) -> None:
    """Return once the condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)


def start(folder: Path, **settings: str) -> Server:
    """A server that listens, its engines still loading."""
    log = folder / "server.log"
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", "from quoteapi.cli import main; main()", "serve", "--port", "0", "--workers", "1"],
            stderr=stderr,
            env={**os.environ, **SETTINGS, **settings},
        )
    found: list[str] = []

    def listening() -> bool:
        assert process.poll() is None, log.read_text()
        found.extend(re.findall(r"running on (http://[\d.:]+)", log.read_text()))
        return bool(found)

    wait_for(listening, log)
    return Server(found[0], process, log, first_readiness=httpx.get(f"{found[0]}/health/ready").status_code)


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


@contextmanager
def starting(folder: Path) -> Iterator[Callable[..., Server]]:
    """What starts servers with settings; they are ended at last if they still run."""
    servers: list[Server] = []

    def started(**settings: str) -> Server:
        servers.append(start(folder, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.process.kill()
        server.process.wait(PATIENCE)


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
