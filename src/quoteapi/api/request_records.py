"""Request records: what is known of a request, collected while it is processed and passed to the log and the metrics at its end."""

import time
from collections.abc import Callable, Sequence

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec import Struct

from quoteapi.processes import Refused, Reply
from quoteapi.timing import Stage

_KEY = "quoteapi.seen"


class RequestRecord(Struct):
    """A request and its answer, without text of the article unless the settings ask for it. Times are seconds."""

    method: str = ""
    path: str = ""
    route: str | None = None
    """The path's template (`/problems/{name}`); None if no route matches."""
    status: int | None = None
    """None if the caller left before the answer."""
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
    """Articles of a stream; the characters and quotes are then totals."""
    refused: int | None = None
    """Those of them that were answered with a problem."""

    def note_reply(self, reply: Reply | Refused) -> None:
        """Record what the engine processes return for an article."""
        self.characters = reply.characters
        self.text = reply.text or self.text
        if isinstance(reply, Reply):
            self.quotes = reply.quotes
            self.stages = reply.stages
            self.waited = reply.waited
            self.read = reply.read


def record_in(scope: Scope) -> RequestRecord:
    """Return the record of a request; created on first use."""
    record: RequestRecord = scope.setdefault("state", {}).setdefault(_KEY, RequestRecord())
    return record


def watch(app: ASGIApp, observers: Sequence[Callable[[RequestRecord], None]]) -> ASGIApp:
    """Wrap the application to report each request when the last part of its answer is about to be sent, or its caller has left.

    It wraps the whole application, because Litestar's own middleware does not see requests that match no route.
    """

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began = time.perf_counter()
        record = record_in(scope)
        record.method, record.path = str(scope.get("method")), scope["path"]
        reported = False

        def report() -> None:
            nonlocal reported
            if not reported:
                reported = True
                record.route = scope.get("path_template")
                record.seconds = time.perf_counter() - began
                for observer in observers:
                    observer(record)

        async def note_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                report()
            await send(message)

        try:
            await app(scope, receive, note_and_send)
        finally:
            report()

    return watched
