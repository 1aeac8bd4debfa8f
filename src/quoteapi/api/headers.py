"""Security headers: what every answer tells browsers, so that nothing which an article holds is run, framed, embedded or kept."""

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from quoteapi.exports.pages import POLICY

PAGES = "/schema"
"""Where pages for people lie: they bring a policy of their own, and hold nothing of an article."""

NEGOTIATED = ("/quotes", "/problems")
"""Routes whose answers depend on `Accept`, and the paths below them."""

PAGE_POLICY = f"{POLICY}; frame-ancestors 'none'"
"""The policy of pages that stand alone."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",  # of embedding alone; pages that CORS lets in are not affected
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""On every answer that does not set its own, problems and answers to a route that is not there among them."""


def secure(app: ASGIApp) -> ASGIApp:
    """The application, with the security headers on every answer; pages may be kept by browsers."""

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
                if negotiated:  # here, since what lets other origins in writes over the header
                    headers["Vary"] = ", ".join([*headers.getall("Vary", []), "Accept"])
            await send(message)

        await app(scope, receive, add_and_send)

    return secured
