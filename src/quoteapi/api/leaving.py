"""Leaving: a caller who closes the connection is waited for no longer."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from litestar import Request
from litestar.datastructures import State

T = TypeVar("T")


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
