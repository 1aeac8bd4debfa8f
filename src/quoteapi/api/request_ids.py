"""Request ids: every request has one, the caller's own if it is valid; the answer and every line of the log carry it."""

import re
from uuid import uuid4

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

HEADER = "X-Request-ID"
_SANE = re.compile(rb"[\x21-\x7e]{1,128}")


def new_request_id() -> str:
    """Return a new unique id."""
    return uuid4().hex


def identify(app: ASGIApp) -> ASGIApp:
    """Wrap the application to give every request an id: in the answer's `X-Request-ID`, and as `request_id` in what is logged meanwhile."""

    async def identified(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        request_id = _sent_id(scope) or new_request_id()
        clear_contextvars()  # requests on one connection may share a context
        bind_contextvars(request_id=request_id)

        async def echo(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableScopeHeaders.from_message(message)[HEADER] = request_id
            await send(message)

        await app(scope, receive, echo)

    return identified


def _sent_id(scope: Scope) -> str | None:
    """Return the caller's own id; None unless it sent one of 1 to 128 visible ASCII characters."""
    name = HEADER.lower().encode()
    return next((value.decode() for header, value in scope["headers"] if header == name and _SANE.fullmatch(value)), None)
