"""Connections: callers who send slowly, send what is no HTTP, or close the one direction in which they have sent all.

uvicorn times the pause between two requests alone, its application sees a request only when all its headers are there, and it answers
nobody who has closed a direction. It waits for ever for an answer to be taken.
"""

import re
from typing import TYPE_CHECKING, Any, ClassVar

import h11
import msgspec
import structlog
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.h11_impl import H11Protocol

from quoteapi.api.disconnects import Connection, introduce
from quoteapi.api.headers import HEADERS
from quoteapi.api.kinds import BAD_REQUEST, REQUEST_TOO_SLOW, ProblemKind
from quoteapi.api.problems import MEDIA_TYPE, problem_of
from quoteapi.api.request_ids import HEADER, new_request_id

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

logger = structlog.get_logger("quoteapi")

HEAD_SIZE = 16 * 1024
"""Bytes of a request's first line and headers at most; h11's own default."""
FIRST_PROBE = 0.05
"""Seconds until a caller who has closed one direction is first asked whether the other is open; soon longer each time."""
LONGEST_PROBE = 2.0
LEAST_TAKEN = 64 * 1024
"""Bytes of an answer that a caller takes, at the least, in the time in which nothing may stand still."""
_WHOLE = {h11.DONE, h11.MUST_CLOSE}
"""The caller's states behind a request: others may follow it, or not."""
_EMPTY_LINE = re.compile(rb"(?:\r?\n)+")


class _Conversation(h11.Connection):
    """What h11 makes of a connection, less strict with what stands before a request, and stricter with its size.

    h11 itself counts the bytes only of a request that is not yet whole.
    """

    def next_event(self) -> Any:  # noqa: ANN401  h11's own
        """The next part of a request; empty lines before one are passed over, as RFC 9112 has it.

        Raises:
            RemoteProtocolError: A request's first line and headers have more bytes than they may.
        """
        while self.their_state is h11.IDLE and (empty := _EMPTY_LINE.match(self.trailing_data[0])):
            self._receive_buffer.maybe_extract_at_most(empty.end())
        if self.their_state is h11.IDLE and self.trailing_data == (b"\r", False):
            return h11.NEED_DATA  # half an empty line, which h11 takes for the start of something else
        event = super().next_event()
        if isinstance(event, h11.Request) and _size_of(event) > HEAD_SIZE:
            message = "The first line and headers are too large."
            raise h11.RemoteProtocolError(message)
        return event


class PatientProtocol(H11Protocol):
    """A connection on which a caller who does not go on is not waited for; `patient_protocol` says for how long it is."""

    patience: ClassVar[float]
    patience_with_readers: ClassVar[float]
    _deadline: "TimerHandle | None" = None
    _probe: "TimerHandle | None" = None
    _untaken: "TimerHandle | None" = None
    _sends_no_more = False

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for a first request."""
        super().connection_made(transport)
        self.conn = _Conversation(h11.SERVER, HEAD_SIZE)
        self._connection = Connection(transport.abort)
        self.app = introduce(self.app, self._connection)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Read on, and see whose turn it is then."""
        super().data_received(data)
        self._distrust()
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for what is left of the request, or for the next."""
        super().on_response_complete()
        self._connection.streams = False
        self._await_taking()
        self._distrust()
        if self._sends_no_more and not self.transport.is_closing() and not self._stays_open():
            self.transport.close()
        self._watch()

    def pause_writing(self) -> None:
        """Wait for the caller to take what was sent; whoever sends a stream waits by itself."""
        super().pause_writing()
        if not self._connection.streams:
            self._await_taking()

    def eof_received(self) -> bool:  # type: ignore[override] # as asyncio has it; uvicorn's own does nothing
        """Leave the connection open for the answer, where there is one to come."""
        self._sends_no_more = True
        return self._stays_open()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._connection.lost.set()
        self._stop()
        for timer in (self._probe, self._untaken):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Tell whoever works on a long answer that the server stops."""
        self._connection.stopping.set()
        super().shutdown()

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

    def _await_taking(self) -> None:
        """Cut the connection where the caller stops to take an answer; the system's own buffers are not looked at."""
        if self._untaken is None and (waiting := self.transport.get_write_buffer_size()):
            self._untaken = self.loop.call_later(self.patience_with_readers, self._look_whether_taken, waiting)

    def _look_whether_taken(self, before: int) -> None:
        self._untaken = None
        waiting = self.transport.get_write_buffer_size()
        if self._connection.streams or not waiting:
            return
        if before - waiting < LEAST_TAKEN:
            logger.warning("connection cut, since its answer is not taken", bytes=waiting)
            self.transport.abort()
        else:
            self._await_taking()

    def _distrust(self) -> None:
        """Let a request with two lengths be the connection's last, as RFC 9112 has it: what follows is a request by one of them alone."""
        if self.headers and {b"content-length", b"transfer-encoding"} <= {name for name, _ in self.headers}:
            self.headers.append(CLOSE_HEADER)  # as if the caller had said so

    def _stays_open(self) -> bool:
        """Whether a caller who sends no more still gets an answer; a problem, where the request is not whole."""
        theirs, ours = self.conn.their_state, self.conn.our_state
        if theirs in _WHOLE and ours is h11.SEND_RESPONSE and self.conn.their_http_version != b"1.0":  # in which there is no 102
            self._probe = self.loop.call_later(FIRST_PROBE, self._ask_whether_left, FIRST_PROBE)
            return True
        if theirs in _WHOLE and ours is h11.SEND_BODY:
            return True
        if (theirs is h11.IDLE and self.conn.trailing_data[0]) or (theirs is h11.SEND_BODY and ours is h11.SEND_RESPONSE):
            self.conn.receive_data(b"")
            self.handle_events()  # h11 misses the rest, and uvicorn has that answered
        return False

    def _ask_whether_left(self, pause: float) -> None:
        """Send a 102 now and then until the answer begins.

        Whoever has closed both directions looks the same as whoever has closed one, until something is sent: it is thrown back, and what
        is sent next finds the connection lost.
        """
        if self.conn.our_state is h11.SEND_RESPONSE and not self.transport.is_closing():
            self.transport.write(self.conn.send(h11.InformationalResponse(status_code=102, headers=[], reason=b"Processing")) or b"")
            self._probe = self.loop.call_later(pause, self._ask_whether_left, min(2 * pause, LONGEST_PROBE))

    def _end(self, kind: ProblemKind, detail: str) -> None:
        """Answer with a problem if no answer was begun, and end the connection, for whoever works on an answer, too."""
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
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()


def patient_protocol(patience: float, *, with_readers: float) -> type[PatientProtocol]:
    """The protocol for uvicorn.

    Args:
        patience: Seconds that a caller may take for a request's first line and headers, and for the rest of a body after the request
            was answered. The body itself is waited for by whoever reads it.
        with_readers: Seconds in which a caller has to take some of an answer that waits, streams apart.
    """
    return type("PatientProtocol", (PatientProtocol,), {"patience": patience, "patience_with_readers": with_readers})


def _size_of(request: h11.Request) -> int:
    """Bytes of a request's first line and headers."""
    line = len(request.method) + len(request.target) + len(b"  HTTP/1.1\r\n")
    return line + sum(len(name) + len(value) + len(b": \r\n") for name, value in request.headers) + len(b"\r\n")
