"""CORS: which origins' pages may call the service from a browser; none unless the settings name some."""

import msgspec
from litestar.config.cors import CORSConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from quoteapi.api.problem_kinds import BAD_REQUEST
from quoteapi.api.problems import MEDIA_TYPE, problem_of
from quoteapi.api.request_records import record_in
from quoteapi.settings import Settings

EXPOSED = ["Retry-After", "RateLimit", "RateLimit-Policy", "Server-Timing", "X-Request-ID"]
"""Response headers that a page's script may read, in addition to those that are always readable."""


def cors_config(settings: Settings) -> CORSConfig | None:
    """Return Litestar's CORS configuration; None without origins. It allows no cookies, because keys are sent in headers."""
    if not settings.cors_origins:
        return None
    return CORSConfig(
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-ID"],
        expose_headers=EXPOSED,
    )


def explain_preflights(app: ASGIApp) -> ASGIApp:
    """Wrap the application to answer with a problem where Litestar refuses a preflight in plain text."""

    async def explained(scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None

        async def send_explained(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == BAD_REQUEST.status:
                start = message
            elif message["type"] == "http.response.body" and start is not None:
                detail = f"{message['body'].decode()}: see QUOTEAPI_CORS_ORIGINS, and the methods and headers of the routes in /schema."
                body = msgspec.json.encode(problem_of(BAD_REQUEST, detail))
                record_in(scope).problem = BAD_REQUEST.name
                headers = MutableScopeHeaders.from_message(start)
                headers["Content-Type"], headers["Content-Length"] = MEDIA_TYPE, str(len(body))
                await send(start)
                await send({**message, "body": body})
            else:
                await send(message)

        preflight = scope["type"] == ScopeType.HTTP and scope.get("method") == HttpMethod.OPTIONS  # no route answers it with its own 400
        await app(scope, receive, send_explained if preflight else send)

    return explained
