"""A worker as its parent uses it: one process with its own link, for one asyncio task at a time.

Workers share no lock and no queue, so that one that is killed at any moment cannot affect another.
"""

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
from contextlib import suppress
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import structlog

from quoteapi.errors import QuoteapiError
from quoteapi.processes.engine_process import EngineFailedError, EngineUnavailableError, Order, Refused, Reply
from quoteapi.processes.frames import Failed, Loaded, Report, Unloadable, framed, next_report
from quoteapi.processes.worker_process import LOADING_LIMIT, SHARED_ENGINE, EngineSource, run_worker

logger = structlog.get_logger("quoteapi")

PRELOAD = "quoteapi.processes.preload"
GRACE = 5.0
"""Seconds to wait for a worker to end once it is told to, or killed."""
_BUFFER = 1 << 20
"""Bytes of a report that are buffered before the link is throttled."""


class WorkerEndedError(QuoteapiError):
    """The worker's process has ended, for whatever reason."""


class Worker:
    """A process that reads one article after another.

    Args:
        process: The process, started.
        incoming: The link, for reading.
        outgoing: The link, for writing.
    """

    def __init__(self, process: BaseProcess, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        self._process = process
        self._incoming = incoming
        self._outgoing = outgoing
        self.pid = process.pid or 0
        """Its process id."""

    @classmethod
    async def start(cls, source: EngineSource) -> "Worker":
        """Start a worker, which then loads its engine.

        Raises:
            OSError: The system cannot start a process.
        """
        ours, theirs = socket.socketpair()
        try:
            # The first start waits for the fork server's engine. Cancelling does not stop it: it has to close the child's end of the link.
            process = await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, _start_process, theirs, source))
            incoming, outgoing = await _streams(ours)
        except BaseException:
            ours.close()  # a process that did start finds the link closed, and ends
            raise
        return cls(process, incoming, outgoing)

    async def load(self) -> bool:
        """Wait until the engine is loaded; return whether its memory is shared with other workers.

        Raises:
            EngineUnavailableError: It cannot be loaded, or not in time; says why.
            WorkerEndedError: The process ended meanwhile.
        """
        try:
            async with asyncio.timeout(LOADING_LIMIT):
                report = await self._report()
        except TimeoutError:
            message = f"The engine was not loaded within {LOADING_LIMIT:.0f} seconds."
            raise EngineUnavailableError(message) from None
        if isinstance(report, Loaded):
            return report.shared
        reason = report.reason if isinstance(report, Unloadable) else "The worker and this process do not understand each other."
        raise EngineUnavailableError(reason)

    async def read(self, order: Order, *, limit: float) -> Reply | Refused:
        """Return the article's answer, or why it is not read. After any error but EngineFailedError, the worker is no longer usable.

        Args:
            order: What to read.
            limit: Seconds that this may take.

        Raises:
            EngineFailedError: The engine failed on the article.
            TimeoutError: The limit is exceeded.
            WorkerEndedError: The process ended meanwhile.
        """
        async with asyncio.timeout(limit):
            try:
                self._outgoing.write(framed(order))
                await self._outgoing.drain()
            except ConnectionError:
                raise WorkerEndedError from None
            report = await self._report()
        match report:
            case Reply() | Refused():
                return report
            case Failed():
                raise EngineFailedError(report.where)
            case _:
                raise WorkerEndedError

    async def ended(self) -> None:
        """Wait until the process has ended by itself; only for a worker without a job."""
        with suppress(ConnectionError):
            await self._incoming.read(1)

    def end(self) -> str | None:
        """Return how the process ended: the signal's name, or the exit status; None if that is not known, or not yet."""
        status = self._process.exitcode
        if status is None or status >= 0:
            return None if status is None else f"status {status}"
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"

    async def stop(self, *, at_once: bool = False) -> None:
        """End the process and wait until it is gone.

        Args:
            at_once: Kill it, instead of telling it to end first.
        """
        try:
            if not at_once:
                with suppress(OSError):
                    self._outgoing.write_eof()
                await self._gone()
        finally:  # also if the waiting task is cancelled, in the wait above or the one below
            self._kill()
            try:
                await self._gone()
            finally:
                self._outgoing.close()
                await asyncio.to_thread(self._process.join, GRACE)  # leaves no zombie

    async def _report(self) -> Report:
        """Read the worker's next report."""
        try:
            return await next_report(self._incoming)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerEndedError from None

    def _kill(self) -> None:
        """Kill the process, if its end of the link is open: until then, its id cannot belong to another process."""
        if not self._incoming.at_eof() and self._incoming.exception() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    async def _gone(self) -> None:
        """Wait until the process has closed its end of the link, as any process does when it ends; at most `GRACE` seconds."""
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(GRACE):
                while await self._incoming.read(_BUFFER):
                    pass


async def _streams(link: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open asyncio streams on the parent's end of a link."""
    if hasattr(socket, "AF_UNIX") and link.family == socket.AF_UNIX:
        return await asyncio.open_unix_connection(sock=link, limit=_BUFFER)
    return await asyncio.open_connection(sock=link, limit=_BUFFER)


def _start_process(link: socket.socket, source: EngineSource) -> BaseProcess:
    """Start a process, forked where it can share memory, and close the parent's copy of its end of the link."""
    with link:
        if sys.platform == "linux":  # on macOS, forked processes break in the system's own libraries
            os.environ[SHARED_ENGINE] = source.encoded()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([PRELOAD])
            try:
                return _started(context, link, source)
            except (EOFError, OSError) as error:  # it was killed, or ran out of memory while loading
                logger.warning("the fork server gave no worker, spawning one that shares no memory", reason=repr(error))
        return _started(multiprocessing.get_context("spawn"), link, source)


def _started(context: BaseContext, link: socket.socket, source: EngineSource) -> BaseProcess:
    """Start a worker process with a start method's context."""
    process: BaseProcess = context.Process(target=run_worker, args=(link, source), name="quoteapi worker")  # type: ignore[attr-defined]
    process.start()
    return process
