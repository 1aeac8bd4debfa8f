"""Heads: `HEAD` is answered as `GET` is, without the body (RFC 9110, 9.3.2), wherever there is something to get."""

from typing import Any, cast

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answer_heads(app: ASGIApp) -> ASGIApp:
    """The application, which is asked `GET` for every `HEAD`; what allows the one allows the other."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["type"] == ScopeType.HTTP and scope.get("method") == HttpMethod.HEAD
        if head:
            cast("dict[str, Any]", scope)["method"] = HttpMethod.GET.value  # in place: what the routes note in the scope is read outside

        async def allow_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                allowed = [method.strip() for method in headers.get("Allow", "").split(",")]
                if HttpMethod.GET in allowed and HttpMethod.HEAD not in allowed:
                    headers["Allow"] = ", ".join([*allowed, HttpMethod.HEAD.value])
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await app(scope, receive, allow_and_send)

    return answered
