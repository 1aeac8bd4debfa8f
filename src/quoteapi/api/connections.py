"""Connections: what uvicorn leaves open that a caller holds by sending slowly, and what it answers itself where the bytes are no HTTP.

uvicorn times the pause between two requests alone, and its application sees a request only when all its headers are there.
"""

from typing import TYPE_CHECKING, ClassVar

import h11
import msgspec
import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

from quoteapi.api.headers import HEADERS
from quoteapi.api.problems import BAD_REQUEST, MEDIA_TYPE, REQUEST_TOO_SLOW, ProblemKind, problem_of
from quoteapi.api.request_ids import HEADER, new_request_id

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

logger = structlog.get_logger("quoteapi")

HEAD_SIZE = 16 * 1024
"""Bytes of a request's first line and headers at most; h11's own default."""


class PatientProtocol(H11Protocol):
    """A connection on which a caller who does not go on is not waited for; `patient_protocol` says for how long it is."""

    patience: ClassVar[float]
    _deadline: "TimerHandle | None" = None

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for a first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Read on, and see whose turn it is then."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for what is left of the request, or for the next."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What uvicorn answers to bytes that are no HTTP, as a problem."""
        self._end(BAD_REQUEST, f"{msg} It is malformed, or its first line and headers have more than {HEAD_SIZE:,} bytes.")

    def _watch(self) -> None:
        """Start the clock where it is the caller's turn, and stop it where it is ours."""
        state = self.conn.their_state
        unread = state is h11.SEND_BODY and self.conn.our_state is h11.DONE  # the answer is out, the body still comes
        if not (state is h11.IDLE or unread) or self.transport.is_closing():
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self._give_up)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        """End the connection, with a word where a request was begun."""
        self._deadline = None
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._end(REQUEST_TOO_SLOW, f"The request's headers did not arrive within {self.patience:g} s.")
        else:
            self.transport.close()

    def _end(self, kind: ProblemKind, detail: str) -> None:
        """Answer with a problem if no answer was begun, and end the connection."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            request_id = new_request_id()
            logger.warning("request not read", problem=kind.name, request_id=request_id)
            body = msgspec.json.encode(problem_of(kind, detail))
            headers = {
                "Content-Type": MEDIA_TYPE,
                "Content-Length": str(len(body)),
                "Connection": "close",
                HEADER: request_id,
                **HEADERS,
            }
            for event in (
                h11.Response(status_code=kind.status, headers=list(headers.items())),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def patient_protocol(patience: float) -> type[PatientProtocol]:
    """The protocol for uvicorn.

    Args:
        patience: Seconds that a caller may take for a request's first line and headers, and for the rest of a body after the request
            was answered. The body itself is waited for by whoever reads it.
    """
    return type("PatientProtocol", (PatientProtocol,), {"patience": patience})
