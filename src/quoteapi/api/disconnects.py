"""Leaving: a caller who closes the connection is waited for no longer; and what else a long answer has to know of its connection."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from litestar import Request
from litestar.datastructures import State
from litestar.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")

LEFT = 499
"""The status, nginx's, under which the log tells of a caller who left; nobody receives it."""
_EXTENSION = "quoteapi.connection"


class Connection:
    """The connection that a request came by. ASGI tells that it is lost only to who asks for more of the body.

    Args:
        cut: Ends it at once, without waiting for what was sent to be taken.
    """

    def __init__(self, cut: Callable[[], None] = lambda: None) -> None:
        self.cut = cut
        self.stopping = asyncio.Event()
        """The server stops."""
        self.lost = asyncio.Event()
        """The connection has ended."""
        self.streams = False
        """Whether its answer is a stream, whose sender minds by itself how it is taken."""


def introduce(app: ASGIApp, connection: Connection) -> ASGIApp:
    """The application, which is told by which connection its requests come."""

    async def introduced(scope: Scope, receive: Receive, send: Send) -> None:
        cast("dict[str, Any]", scope)["extensions"] = {**(scope.get("extensions") or {}), _EXTENSION: connection}
        await app(scope, receive, send)

    return introduced


def connection_in(scope: Scope) -> Connection:
    """The connection that a request came by; one that tells nothing where the server introduces none."""
    return cast("dict[str, Any]", scope.get("extensions") or {}).get(_EXTENSION) or Connection()


async def unless_left(request: Request[None, None, State], work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives; None, and the work is cancelled, where the caller leaves before.

    Args:
        request: Its body has been read.
        work: What the caller waits for; what it raises is raised.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(request.receive())  # behind the body there is nothing to be received but the connection's end
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)
