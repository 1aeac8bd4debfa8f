"""A server for all attacks, and servers of a test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving import Server, starting
from target import Target


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server with the shipped engine, ready."""
    with starting(tmp_path_factory.mktemp("target")) as started:
        server = started(QUOTEAPI_QUEUE_SIZE="64")
        server.wait_until_ready()
        yield Target(server, server.worker_ids())


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
