"""A running server, called over HTTP."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from serving import PATIENCE, Server


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
