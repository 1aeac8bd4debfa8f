"""Disconnects: cancels work for a caller who has closed the connection, and gives long answers access to their connection."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from litestar import Request
from litestar.datastructures import State
from litestar.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")

LEFT = 499
"""nginx's status for a client that closed the connection; it appears only in the log."""
_EXTENSION = "quoteapi.connection"


class Connection:
    """The connection of a request. ASGI reports its loss only to an application that asks for more of the body.

    Args:
        cut: Ends it at once, without waiting until the client has read what was sent.
    """

    def __init__(self, cut: Callable[[], None] = lambda: None) -> None:
        self.cut = cut
        self.stopping = asyncio.Event()
        """Set when the server is stopping."""
        self.lost = asyncio.Event()
        """Set when the connection has ended."""
        self.streams = False
        """Whether its answer is a stream, which checks itself whether the client reads it."""


def with_connection(app: ASGIApp, connection: Connection) -> ASGIApp:
    """Wrap the application to put the connection in the scope of its requests."""

    async def introduced(scope: Scope, receive: Receive, send: Send) -> None:
        cast("dict[str, Any]", scope)["extensions"] = {**(scope.get("extensions") or {}), _EXTENSION: connection}
        await app(scope, receive, send)

    return introduced


def connection_in(scope: Scope) -> Connection:
    """Return the connection of a request; one that never signals anything if the server provides none."""
    return cast("dict[str, Any]", scope.get("extensions") or {}).get(_EXTENSION) or Connection()


async def unless_disconnected(request: Request[None, None, State], work: Coroutine[Any, Any, T]) -> T | None:
    """Return the result of the work; cancel it and return None if the caller disconnects first.

    Args:
        request: Its body has been read.
        work: What the caller waits for; its exceptions propagate.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(request.receive())  # after the body, only a disconnect can be received
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)
