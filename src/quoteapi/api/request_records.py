"""Sightings: what is seen of a request from outside, noted on its way and told once it is answered, to the log and the metrics."""

import time
from collections.abc import Callable, Sequence

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec import Struct

from quoteapi.processes import Refused, Reply
from quoteapi.timing import Stage

_KEY = "quoteapi.seen"


class RequestRecord(Struct):
    """A request and its answer, without a word of the article but where the settings ask for it. Times are seconds."""

    method: str = ""
    path: str = ""
    route: str | None = None
    """The path's template (`/problems/{name}`); None where there is nothing."""
    status: int | None = None
    """None where the caller left before the answer."""
    seconds: float = 0.0
    caller: str | None = None
    """The name of the API key that was sent."""
    problem: str | None = None
    characters: int | None = None
    quotes: int | None = None
    waited: float | None = None
    read: float | None = None
    stages: dict[Stage, float] = {}
    text: str | None = None
    lines: int | None = None
    """Articles of a stream; the characters and quotes are then those of all."""
    refused: int | None = None
    """Those of them that were answered with a problem."""

    def note_reply(self, reply: Reply | Refused) -> None:
        """Note what the engine processes say of an article."""
        self.characters = reply.characters
        self.text = reply.text or self.text
        if isinstance(reply, Reply):
            self.quotes = reply.quotes
            self.stages = reply.stages
            self.waited = reply.waited
            self.read = reply.read


def record_in(scope: Scope) -> RequestRecord:
    """The notes on a request."""
    seen: RequestRecord = scope.setdefault("state", {}).setdefault(_KEY, RequestRecord())
    return seen


def watch(app: ASGIApp, tellers: Sequence[Callable[[RequestRecord], None]]) -> ASGIApp:
    """The application, with every request told when its answer's last part is about to leave, or its caller has left.

    It stands around the whole application, whose own middleware does not see a request for a route that is not there.
    """

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began = time.perf_counter()
        seen = record_in(scope)
        seen.method, seen.path = str(scope.get("method")), scope["path"]
        told = False

        def tell() -> None:
            nonlocal told
            if not told:
                told = True
                seen.route = scope.get("path_template")
                seen.seconds = time.perf_counter() - began
                for teller in tellers:
                    teller(seen)

        async def note_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                tell()
            await send(message)

        try:
            await app(scope, receive, note_and_send)
        finally:
            tell()

    return watched
