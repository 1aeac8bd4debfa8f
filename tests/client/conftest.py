"""A real service for the client."""

from collections.abc import Callable

import pytest

from serving import Server


@pytest.fixture(scope="module")
def service(start_servers: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A real service that asks for a key, ready."""
    keys = tmp_path_factory.mktemp("keys") / "keys.txt"
    keys.write_text("newsroom: kRz0bXUnm5PMeQ3aWv9d\n")
    server = start_servers(QUOTEAPI_API_KEYS=str(keys))
    server.wait_until_ready()
    return server
