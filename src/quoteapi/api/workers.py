"""Workers: the seam between the event loop and the engine processes, with a bounded queue in front.

The handlers know only `answer`, `ready` and the two errors below; what runs the engines can be replaced behind them.
"""

import asyncio
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import Pipe
from typing import TYPE_CHECKING

import structlog

from quoteapi.errors import QuoteapiError
from quoteapi.processes import EngineUnavailableError, Refused, Reply, check_engine, engine_pool, reply_to
from quoteapi.settings import Settings
from quoteapi.structs import Article

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

logger = structlog.get_logger("quoteapi")

_NOT_RUNNING = "The server is starting or stopping."


class QueueFullError(QuoteapiError):
    """As many requests wait as may."""

    def __init__(self, queue_size: int) -> None:
        super().__init__(f"{queue_size} requests are waiting for a worker already, which is all that may wait.")


class WorkersDownError(QuoteapiError):
    """No engine process can answer now; says why."""


class Workers:
    """Engine processes that answer articles for the event loop of one application."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held = 0
        self._failure: str | None = None
        self._loaded = 0
        self._reports: Connection[bytes, bytes] | None = None
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Start the processes; they load their engines while the server is already listening."""
        self._loaded = 0
        self._failure = None
        self._reports, loaded = Pipe(duplex=False)
        self._pool = engine_pool(self._settings, loaded=loaded)
        for _ in range(self._settings.workers):  # a pool starts a process for each job that finds none idle
            self._pool.submit(check_engine).add_done_callback(self._note_failure)

    async def stop(self) -> None:
        """End the processes: what runs is finished, what waits is dropped."""
        if self._pool is not None:
            await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
            self._pool = None

    def why_not_ready(self) -> str | None:
        """None where every process has its engine and can answer; otherwise what is missing."""
        if self._failure is not None:
            return self._failure
        if self._pool is None or self._reports is None:
            return _NOT_RUNNING
        while self._reports.poll():
            self._reports.recv_bytes()
            self._loaded += 1
        if self._loaded < self._settings.workers:
            return f"{self._loaded} of {self._settings.workers} engines are loaded."
        try:
            self._pool.submit(check_engine)  # a pool tells of a process that died only when it is given a job
        except BrokenProcessPool:
            self._replace(self._pool)
            return "A worker process died; new ones are starting."
        return None

    async def answer(self, article: Article) -> Reply | Refused:
        """The answer as JSON with what it took, or why the engine does not read the article.

        Raises:
            QueueFullError: As many requests wait as may.
            WorkersDownError: No engine process can answer now.
            EngineFailedError: The engine broke on this article.
        """
        if self._held >= self._settings.workers + self._settings.queue_size:
            raise QueueFullError(self._settings.queue_size)
        if (pool := self._pool) is None:
            raise WorkersDownError(_NOT_RUNNING)
        self._held += 1
        try:
            return await asyncio.wrap_future(pool.submit(reply_to, article))
        except BrokenProcessPool:
            self._replace(pool)
            message = "A worker process died while the article was waiting or being read; new ones are starting."
            raise WorkersDownError(message) from None
        except EngineUnavailableError as error:
            raise WorkersDownError(str(error)) from None
        finally:
            self._held -= 1

    def _replace(self, broken: ProcessPoolExecutor | None) -> None:
        """Start anew, once, however many requests saw the same pool break."""
        if broken is not None and self._pool is broken:
            logger.error("a worker process died, starting new ones")
            broken.shutdown(wait=False, cancel_futures=True)
            self.start()

    def _note_failure(self, check: Future[None]) -> None:
        """Remember why an engine could not be loaded."""
        if not check.cancelled() and isinstance(error := check.exception(), EngineUnavailableError):
            self._failure = str(error)
            logger.error("the engine could not be loaded", reason=self._failure)
