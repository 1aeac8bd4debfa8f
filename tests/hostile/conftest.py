"""A server for all attacks."""

from collections.abc import Iterator

import pytest

from serving import starting
from target import Target


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server with the shipped engine, ready."""
    with starting(tmp_path_factory.mktemp("target")) as started:
        server = started(QUOTEAPI_QUEUE_SIZE="64")
        server.wait_until_ready()
        yield Target(server, server.worker_ids())
