"""A worker, as its parent holds it: one process on a link of its own, for one asyncio task at a time.

Nothing is shared among workers, no lock and no queue, so that one that is killed at any moment takes nothing from another.
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
from quoteapi.processes.child import LOADING_LIMIT, SHARED_ENGINE, EngineSource, run_worker
from quoteapi.processes.frames import Failed, Loaded, Report, Unloadable, framed, next_report
from quoteapi.processes.reading import EngineFailedError, EngineUnavailableError, Order, Refused, Reply

logger = structlog.get_logger("quoteapi")

PRELOAD = "quoteapi.processes.preload"
GRACE = 5.0
"""Seconds in which a worker that is told to end, or is killed, is gone."""
_BUFFER = 1 << 20
"""Bytes of a report that are taken in before the link is throttled."""


class WorkerEndedError(QuoteapiError):
    """The worker's process has ended, whoever ended it."""


class Worker:
    """A process that reads one article after the other.

    Args:
        process: Started.
        incoming: The link's reading end.
        outgoing: Its writing end.
    """

    def __init__(self, process: BaseProcess, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        self._process = process
        self._incoming = incoming
        self._outgoing = outgoing
        self.pid = process.pid or 0
        """The number of its process."""

    @classmethod
    async def start(cls, source: EngineSource) -> "Worker":
        """A worker that has been started and loads its engine.

        Raises:
            OSError: The system lets no process start.
        """
        ours, theirs = socket.socketpair()
        try:
            # The first one waits for the fork server's engine. It is not called off with its caller: who starts a process closes its link.
            process = await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, _start_process, theirs, source))
            incoming, outgoing = await _streams(ours)
        except BaseException:
            ours.close()  # a process that did start finds nobody at the other end, and ends
            raise
        return cls(process, incoming, outgoing)

    async def load(self) -> bool:
        """Return once the engine is loaded; whether its memory is shared with other workers.

        Raises:
            EngineUnavailableError: It cannot be loaded; says why.
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
        """The article's answer, or why it is not read. After an error other than EngineFailedError, the worker is of no more use.

        Args:
            order: What is read.
            limit: Seconds that this may take.

        Raises:
            EngineFailedError: The engine broke on the article.
            TimeoutError: The limit is over.
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
        """Return once the process has ended by itself; only for a worker that reads nothing."""
        with suppress(ConnectionError):
            await self._incoming.read(1)

    def end(self) -> str | None:
        """How its process has ended: the signal's name, or its status; None where that is not known, or not yet."""
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
            at_once: Kill it, where it would otherwise be told to end.
        """
        try:
            if not at_once:
                with suppress(OSError):
                    self._outgoing.write_eof()
                await self._gone()
        finally:  # also where whoever waits for it is cancelled, here or while it waits once more
            self._kill()
            try:
                await self._gone()
            finally:
                self._outgoing.close()
                await asyncio.to_thread(self._process.join, GRACE)  # so that no zombie stays

    async def _report(self) -> Report:
        """What the worker tells next."""
        try:
            return await next_report(self._incoming)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerEndedError from None

    def _kill(self) -> None:
        """Kill the process; while its end of the link is open, its number is nobody else's."""
        if not self._incoming.at_eof() and self._incoming.exception() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    async def _gone(self) -> None:
        """Return when the process has closed its end of the link, as every process does that ends; after the grace in any case."""
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(GRACE):
                while await self._incoming.read(_BUFFER):
                    pass


async def _streams(link: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The parent's end of a link."""
    if hasattr(socket, "AF_UNIX") and link.family == socket.AF_UNIX:
        return await asyncio.open_unix_connection(sock=link, limit=_BUFFER)
    return await asyncio.open_connection(sock=link, limit=_BUFFER)


def _start_process(link: socket.socket, source: EngineSource) -> BaseProcess:
    """Start a process, forked where it can share memory; its end of the link is closed here."""
    with link:
        if sys.platform == "linux":  # on macOS, forked processes break in the system's own libraries
            os.environ[SHARED_ENGINE] = source.encoded()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([PRELOAD])
            try:
                return _started(context, link, source)
            except (EOFError, OSError) as error:  # killed, or out of memory while it loads
                logger.warning("the fork server gave no worker, spawning one that shares no memory", reason=repr(error))
        return _started(multiprocessing.get_context("spawn"), link, source)


def _started(context: BaseContext, link: socket.socket, source: EngineSource) -> BaseProcess:
    """A process of a context, started."""
    process: BaseProcess = context.Process(target=run_worker, args=(link, source), name="quoteapi worker")  # type: ignore[attr-defined]
    process.start()
    return process
