"""A stream: one article per line in, one answer per line out in the same order, concurrently, taking in only a few articles ahead.

One task takes lines in; each article waits for a worker in a task of its own; one puts the answers in order into a spool, and one sends
its contents. The spool is for callers that send everything before they read, as most HTTP clients do.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

import msgspec
import structlog
from litestar.types import Receive, Scope, Send
from msgspec import Struct

from quoteapi.api.body import raise_refusal
from quoteapi.api.callers import allowance_in
from quoteapi.api.disconnects import LEFT, connection_in
from quoteapi.api.failures import FAILURES, problem_of_failure, retry_after
from quoteapi.api.line_decoder import DecodedLine, LineDecoder
from quoteapi.api.problem_kinds import ANSWERS_UNREAD, BODY_TOO_LARGE, INTERNAL, QUEUE_FULL, REQUEST_TOO_SLOW
from quoteapi.api.problems import ProblemException, problem_of
from quoteapi.api.request_records import RequestRecord, record_in
from quoteapi.api.spool import Spool
from quoteapi.api.workers import Workers, WorkersDownError
from quoteapi.processes import Refused
from quoteapi.request import Sent, read_id
from quoteapi.settings import Settings
from quoteapi.structs import LineProblem

logger = structlog.get_logger("quoteapi")

ARTICLES_AHEAD = 4
"""Maximum articles taken in per worker; more than one, so that a long one does not leave the other workers idle."""
_STOPPING = problem_of_failure(WorkersDownError("The server is stopping."))
_GIVEN_UP = ProblemException(
    QUEUE_FULL, "The stream was idle, and another caller needed its place: continue in a new stream.", headers=retry_after(1)
)
_LOOKS = 10
"""How many times a time limit is checked during its length."""


class _PendingLine(Struct, frozen=True):
    """A line that was taken in, and the task of its answer."""

    line: DecodedLine
    answer: "asyncio.Task[bytes]"


class Stream:
    """The answer to one request, as an ASGI application for a single call.

    Args:
        workers: Read the articles, behind those that are sent singly.
        settings: Their limits for a request apply to each line.
        tell: Called for every article, for the metrics.
        caller: The identity of the sender.
        media_type: The media type of the answer.
    """

    def __init__(
        self, workers: Workers, settings: Settings, on_article: Callable[[RequestRecord], None], *, caller: str, media_type: str
    ) -> None:
        self._workers = workers
        self._settings = settings
        self._on_article = on_article
        self._caller = caller
        self._media_type = media_type
        self._window = _Window(ARTICLES_AHEAD * settings.worker_count, settings.max_body_size)
        self._pending: asyncio.Queue[_PendingLine | None] = asyncio.Queue()
        self._answers: set[asyncio.Task[bytes]] = set()
        self._following = 1  # the first line that has not been taken in
        self._open = True  # whether lines are taken in
        self._last = b""
        self._sending = False
        self._moved = 0.0  # when the caller last accepted answers, or the intake of lines ended
        self._busy_until: float | None = _now()  # when its last article was answered; None while one is open

    @property
    def idle(self) -> float:
        """Seconds for which it has had no article to read."""
        return 0.0 if self._busy_until is None else _now() - self._busy_until

    def give_up(self) -> None:
        """Stop taking in lines, because another caller needs the place."""
        self._end(_GIVEN_UP)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer until the body has ended and everything is answered, the caller leaves, or the server stops."""
        self._seen = record_in(scope)
        self._seen.lines = self._seen.refused = self._seen.quotes = self._seen.characters = 0
        self._connection = connection_in(scope)
        self._connection.streams = True
        self._allowance = allowance_in(scope)
        self._receive, self._send = receive, send
        self._intake = asyncio.ensure_future(self._take_in())
        await asyncio.sleep(0)  # lets the intake ask for the body, so that `100 Continue` is sent before the answer
        headers = [(b"content-type", self._media_type.encode()), (b"x-accel-buffering", b"no")]  # nginx would buffer answers
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async with aclosing(Spool(self._settings.stream_spool)) as spool:
            answering = asyncio.ensure_future(_all(self._write_in_order(spool), self._send_all(spool)))
            watching = asyncio.ensure_future(_all(self._stop_with_server(), self._watch_unread(spool)))
            leaving = asyncio.ensure_future(self._wait_for_disconnect())
            losing = asyncio.ensure_future(self._connection.lost.wait())
            parts: list[asyncio.Future[Any]] = [answering, watching, leaving, losing]
            try:
                done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
                for part in done:
                    part.result()  # raises what failed
                if answering not in done:
                    self._seen.status = LEFT
            finally:
                parts += [self._intake, *self._answers]
                for part in parts:
                    part.cancel()
                await asyncio.gather(*parts, return_exceptions=True)

    async def _take_in(self) -> None:
        """Take in lines until the body ends."""
        cutter = LineDecoder(longest=self._settings.max_body_size)
        due, more = self._due(), True
        while more:
            try:
                async with asyncio.timeout_at(due):
                    message: Any = await self._receive()
            except TimeoutError:
                detail = f"Line {self._following} did not arrive within {self._settings.body_timeout:g} s. Blank lines keep a stream open."
                self._end(ProblemException(REQUEST_TOO_SLOW, detail))
                return
            if message["type"] == "http.disconnect":
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            for line in cutter.feed(body):
                await self._take(line)
            if b"\n" in body:
                due = self._due()
        for line in cutter.end():
            await self._take(line)
        self._close()

    async def _take(self, line: DecodedLine) -> None:
        """Take in a line, once there is room for it and the rate limit allows one more."""
        await self._window.enter(len(line.body or b""))
        if self._allowance is not None and self._seen.lines:  # the first was counted with the request
            while not (standing := await self._allowance()).allowed:  # noqa: ASYNC110  there is no event to wait for, only the clock
                await asyncio.sleep(standing.reset)
        self._following = line.number + 1
        answer = asyncio.create_task(self._answer(line))
        self._answers.add(answer)
        answer.add_done_callback(self._note_answer)
        self._busy_until = None
        self._pending.put_nowait(_PendingLine(line, answer))
        self._count("lines")

    def _note_answer(self, answer: "asyncio.Task[bytes]") -> None:
        self._answers.discard(answer)
        if not self._answers:
            self._busy_until = _now()

    async def _answer(self, line: DecodedLine) -> bytes:
        """Return the line that answers a line."""
        record = RequestRecord()
        try:
            return await self._read(line, record)
        except FAILURES as error:
            problem = problem_of_failure(error)
            if isinstance(error, WorkersDownError):
                self._end(problem)
        except ProblemException as error:
            problem = error
        except Exception:
            logger.exception("article failed", line=line.number)
            problem = ProblemException(INTERNAL, INTERNAL.meaning)
        finally:
            self._count("characters", record.characters or 0)
            self._count("quotes", record.quotes or 0)
        self._count("refused")
        self._on_article(RequestRecord(characters=record.characters, problem=problem.kind.name))
        return _problem_line(problem, line)

    async def _read(self, line: DecodedLine, record: RequestRecord) -> bytes:
        """Return the engine's answer.

        Raises:
            ProblemException: The line is too long, or its article is refused.
        """
        if line.body is None:
            raise ProblemException(BODY_TOO_LARGE, f"The line has more than {self._settings.max_body_size:,} bytes.")
        record.text = line.body.decode(errors="replace") if self._settings.log_text else None  # until a worker returns it decoded
        try:
            reply = await self._workers.answer(Sent(line.body), caller=self._caller, low_priority=True)
            record.note_reply(reply)
        finally:
            if record.text is not None:
                logger.info("article", line=line.number, text=record.text)
        if isinstance(reply, Refused):
            raise_refusal(reply)
        self._on_article(record)
        return reply.body + b"\n"

    async def _write_in_order(self, spool: Spool) -> None:
        """Write the answers into the spool in the order of their lines."""
        while (pending := await self._pending.get()) is not None:
            await asyncio.wait({pending.answer})
            await spool.put(_problem_line(_STOPPING, pending.line) if pending.answer.cancelled() else pending.answer.result())
            self._window.leave(len(pending.line.body or b""))
        if self._last:
            await spool.put(self._last)
        spool.end()

    async def _send_all(self, spool: Spool) -> None:
        """Send the contents of the spool, as fast as the caller reads."""
        while part := await spool.get():
            await self._send_part(part, more=True)
        await self._send_part(b"", more=False)

    async def _send_part(self, part: bytes, *, more: bool) -> None:
        self._sending = True
        await self._send({"type": "http.response.body", "body": part, "more_body": more})
        self._sending = False
        self._moved = _now()

    async def _wait_for_disconnect(self) -> None:
        """Wait until the caller leaves; discard what it still sends after the intake has ended, so that it gets to read its answers."""
        await asyncio.wait({self._intake})
        if not self._intake.cancelled():
            self._intake.result()
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _stop_with_server(self) -> None:
        """End the stream when the server stops; cancel what is not answered in the time that one article may take."""
        await self._connection.stopping.wait()
        self._end(_STOPPING)
        await asyncio.sleep(self._settings.reading_limit(self._settings.max_text_length))
        for answer in self._answers:
            answer.cancel()

    async def _watch_unread(self, spool: Spool) -> None:
        """End the stream if the spool is full and the caller reads nothing; if it reads nothing after the end, cut the connection."""
        limit = self._settings.body_timeout
        while True:
            await asyncio.sleep(limit / _LOOKS)
            if not self._sending or _now() - self._moved < limit:
                continue
            if not self._open:
                logger.warning("stream cut, since its answers are not taken")
                self._connection.cut()
                return
            if spool.full:
                self._end(ProblemException(ANSWERS_UNREAD, ANSWERS_UNREAD.meaning))

    def _end(self, problem: ProblemException) -> None:
        """Stop taking in lines, and say why after the last answer."""
        if self._open:
            self._intake.cancel()
            self._seen.problem = problem.kind.name
            self._last = _problem_line(problem, DecodedLine(self._following, None))
            self._close()

    def _close(self) -> None:
        self._open = False
        self._moved = _now()
        self._pending.put_nowait(None)

    def _count(self, name: str, number: int = 1) -> None:
        setattr(self._seen, name, getattr(self._seen, name) + number)

    def _due(self) -> float:
        return _now() + self._settings.body_timeout


class _Window:
    """Limits the number and size of the lines that are taken in and not yet answered; a single one always fits.

    Args:
        lines: Maximum number of lines.
        size: Maximum bytes of all.
    """

    def __init__(self, lines: int, size: int) -> None:
        self._most, self._size = lines, size
        self._lines = self._bytes = 0
        self._moved = asyncio.Event()

    async def enter(self, size: int) -> None:
        """Admit a line, once there is room."""
        while self._lines and (self._lines >= self._most or self._bytes + size > self._size):
            self._moved.clear()
            await self._moved.wait()
        self._lines += 1
        self._bytes += size

    def leave(self, size: int) -> None:
        """Release the room of a line."""
        self._lines -= 1
        self._bytes -= size
        self._moved.set()


def _problem_line(problem: ProblemException, line: DecodedLine) -> bytes:
    """Return the line that reports a problem with a line."""
    fields = msgspec.structs.asdict(problem_of(problem.kind, problem.detail, errors=problem.errors))
    after = (problem.headers or {}).get("Retry-After")
    problem_line = LineProblem(**fields, id=read_id(line.body or b""), line=line.number, retry_after=None if after is None else int(after))
    return msgspec.json.encode(problem_line) + b"\n"


async def _all(*parts: Coroutine[Any, Any, None]) -> None:
    """Run coroutines concurrently; if one fails, the others are cancelled."""
    async with asyncio.TaskGroup() as group:
        for part in parts:
            group.create_task(part)


def _now() -> float:
    return asyncio.get_running_loop().time()
