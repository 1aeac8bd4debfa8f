"""Connections: handles clients that send slowly, send invalid HTTP, or half-close the connection after sending everything.

uvicorn limits only the pause between two requests; the application sees a request only when all its headers have arrived. uvicorn does not
answer a client that has half-closed the connection, and it waits forever for a client to read an answer.
"""

import re
from typing import TYPE_CHECKING, Any, ClassVar

import h11
import msgspec
import structlog
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.h11_impl import H11Protocol

from quoteapi.api.disconnects import Connection, with_connection
from quoteapi.api.headers import HEADERS
from quoteapi.api.problem_kinds import BAD_REQUEST, REQUEST_TOO_SLOW, ProblemKind
from quoteapi.api.problems import MEDIA_TYPE, problem_of
from quoteapi.api.request_ids import HEADER, new_request_id

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

logger = structlog.get_logger("quoteapi")

HEAD_SIZE = 16 * 1024
"""Maximum bytes of a request line and its headers; h11's own default."""
FIRST_PROBE = 0.05
"""Seconds until a half-closed connection is first probed for being fully closed; the pauses double up to `LONGEST_PROBE`."""
LONGEST_PROBE = 2.0
MIN_TAKEN = 64 * 1024
"""Bytes of a pending answer that a client has to read, at least, within `patience_with_readers` seconds."""
_WHOLE = {h11.DONE, h11.MUST_CLOSE}
"""The client's states after a complete request: another may follow, or not."""
_EMPTY_LINE = re.compile(rb"(?:\r?\n)+")


class _Conversation(h11.Connection):
    """An h11 connection that is more lenient with what precedes a request, and stricter with its size.

    h11 itself limits the bytes only of a request that is still incomplete.
    """

    def next_event(self) -> Any:  # noqa: ANN401  h11's signature
        """Return the next part of a request; empty lines before one are skipped, as RFC 9112 says.

        Raises:
            RemoteProtocolError: A request line and its headers have more than `HEAD_SIZE` bytes.
        """
        while self.their_state is h11.IDLE and (empty := _EMPTY_LINE.match(self.trailing_data[0])):
            self._receive_buffer.maybe_extract_at_most(empty.end())
        if self.their_state is h11.IDLE and self.trailing_data == (b"\r", False):
            return h11.NEED_DATA  # half an empty line, which h11 would reject as an invalid request line
        event = super().next_event()
        if isinstance(event, h11.Request) and _size_of(event) > HEAD_SIZE:
            message = "The first line and headers are too large."
            raise h11.RemoteProtocolError(message)
        return event


class PatientProtocol(H11Protocol):
    """A connection that waits for its client only for a limited time; `patient_protocol` sets the limits."""

    patience: ClassVar[float]
    patience_with_readers: ClassVar[float]
    _deadline: "TimerHandle | None" = None
    _probe: "TimerHandle | None" = None
    _untaken: "TimerHandle | None" = None
    _sends_no_more = False

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override] # as uvicorn's own
        """Start to wait for the first request."""
        super().connection_made(transport)
        self.conn = _Conversation(h11.SERVER, HEAD_SIZE)
        self._connection = Connection(transport.abort)
        self.app = with_connection(self.app, self._connection)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Process the data, then start or stop the timer."""
        super().data_received(data)
        self._distrust()
        self._watch()

    def on_response_complete(self) -> None:
        """Start to wait for the rest of the request, or for the next one."""
        super().on_response_complete()
        self._connection.streams = False
        self._cut_unless_read()
        self._distrust()
        if self._sends_no_more and not self.transport.is_closing() and not self._keeps_half_closed():
            self.transport.close()
        self._watch()

    def pause_writing(self) -> None:
        """Limit the time in which the client has to read what was sent; a stream does so itself."""
        super().pause_writing()
        if not self._connection.streams:
            self._cut_unless_read()

    def eof_received(self) -> bool:  # type: ignore[override] # as asyncio has it; uvicorn's own does nothing
        """Leave the connection open if an answer is still to come."""
        self._sends_no_more = True
        return self._keeps_half_closed()

    def connection_lost(self, exc: Exception | None) -> None:
        """Signal the loss, and cancel all timers."""
        self._connection.lost.set()
        self._stop()
        for timer in (self._probe, self._untaken):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Signal to long answers that the server is stopping."""
        self._connection.stopping.set()
        super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Answer invalid HTTP with a problem, in place of uvicorn's own answer."""
        self._end(BAD_REQUEST, f"{msg} It is malformed, or its first line and headers have more than {HEAD_SIZE:,} bytes.")

    def _watch(self) -> None:
        """Start the timer if the client has to send next, and stop it otherwise."""
        state = self.conn.their_state
        unread = state is h11.SEND_BODY and self.conn.our_state is h11.DONE  # the answer is sent, the body still arrives
        if not (state is h11.IDLE or unread) or self.transport.is_closing():
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self._give_up)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        """Close the connection, with a problem if the headers of a request are incomplete."""
        self._deadline = None
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._end(REQUEST_TOO_SLOW, f"The request's headers did not arrive within {self.patience:g} s.")
        else:
            self.transport.close()

    def _cut_unless_read(self) -> None:
        """Cut the connection if the client stops reading an answer; what the operating system buffers counts as read."""
        if self._untaken is None and (waiting := self.transport.get_write_buffer_size()):
            self._untaken = self.loop.call_later(self.patience_with_readers, self._check_progress, waiting)

    def _check_progress(self, before: int) -> None:
        self._untaken = None
        waiting = self.transport.get_write_buffer_size()
        if self._connection.streams or not waiting:
            return
        if before - waiting < MIN_TAKEN:
            logger.warning("connection cut, since its answer is not taken", bytes=waiting)
            self.transport.abort()
        else:
            self._cut_unless_read()

    def _distrust(self) -> None:
        """Close the connection after a request with both Content-Length and Transfer-Encoding (RFC 9112): they may disagree on its end."""
        if self.headers and {b"content-length", b"transfer-encoding"} <= {name for name, _ in self.headers}:
            self.headers.append(CLOSE_HEADER)  # as if the client had sent it

    def _keeps_half_closed(self) -> bool:
        """Whether to keep a half-closed connection open for an answer; an incomplete request is answered here, with a problem."""
        theirs, ours = self.conn.their_state, self.conn.our_state
        if theirs in _WHOLE and ours is h11.SEND_RESPONSE and self.conn.their_http_version != b"1.0":  # HTTP/1.0 has no 102
            self._probe = self.loop.call_later(FIRST_PROBE, self._probe_client, FIRST_PROBE)
            return True
        if theirs in _WHOLE and ours is h11.SEND_BODY:
            return True
        # The request's head or body is incomplete, and no answer has begun.
        if (theirs is h11.IDLE and self.conn.trailing_data[0]) or (theirs is h11.SEND_BODY and ours is h11.SEND_RESPONSE):
            self.conn.receive_data(b"")
            self.handle_events()  # h11 reports the missing rest, and uvicorn calls `send_400_response`
        return False

    def _probe_client(self, pause: float) -> None:
        """Send a 102 repeatedly until the answer begins.

        A client that has closed both directions cannot be told from one that has closed one, until something is sent: it is then rejected,
        and the next send finds the connection lost.
        """
        if self.conn.our_state is h11.SEND_RESPONSE and not self.transport.is_closing():
            self.transport.write(self.conn.send(h11.InformationalResponse(status_code=102, headers=[], reason=b"Processing")) or b"")
            self._probe = self.loop.call_later(pause, self._probe_client, min(2 * pause, LONGEST_PROBE))

    def _end(self, kind: ProblemKind, detail: str) -> None:
        """Answer with a problem if no answer has begun, and close the connection; a request in progress sees a disconnect."""
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
    """Return the protocol class for uvicorn.

    Args:
        patience: Seconds that a client may take for a request line and headers, and for the rest of a body after the request was
            answered. Otherwise, the time for a body is limited by whoever reads it.
        with_readers: Seconds in which a client has to read `MIN_TAKEN` bytes of a pending answer; streams are exempt.
    """
    return type("PatientProtocol", (PatientProtocol,), {"patience": patience, "patience_with_readers": with_readers})


def _size_of(request: h11.Request) -> int:
    """Count the bytes of a request line and its headers."""
    line = len(request.method) + len(request.target) + len(b"  HTTP/1.1\r\n")
    return line + sum(len(name) + len(value) + len(b": \r\n") for name, value in request.headers) + len(b"\r\n")
