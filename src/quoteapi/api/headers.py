"""Security headers: sent with every answer, so that browsers do not run, frame, embed or cache any content of an article."""

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from quoteapi.exports.pages import POLICY

PAGES = "/schema"
"""Path of the pages for people, which have a policy of their own and contain nothing of an article."""

NEGOTIATED = ("/quotes", "/problems")
"""Routes whose answers depend on `Accept`, as do those of the paths below them."""

PAGE_POLICY = f"{POLICY}; frame-ancestors 'none'"
"""The content security policy of standalone pages."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",  # restricts only embedding, not the pages that CORS allows
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Sent with every answer that does not set its own, including problems and answers for unknown routes."""


def secure(app: ASGIApp) -> ASGIApp:
    """Wrap the application to send the security headers with every answer; browsers may cache the pages below `PAGES`."""

    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        path = f"{scope['path']}/" if scope["type"] == ScopeType.HTTP else ""
        page = path.startswith(f"{PAGES}/")
        negotiated = path.startswith(tuple(f"{route}/" for route in NEGOTIATED))

        async def add_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in HEADERS.items():
                    if name not in headers and not (page and name == "Cache-Control"):
                        headers[name] = value
                if negotiated:  # here, because the CORS middleware overwrites the header
                    headers["Vary"] = ", ".join([*headers.getall("Vary", []), "Accept"])
            await send(message)

        await app(scope, receive, add_and_send)

    return secured
