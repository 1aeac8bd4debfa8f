"""Supervisors: each keeps one worker running, gives it the jobs of the queue one by one, and replaces it when it ends."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec
import structlog

from quoteapi.errors import QuoteapiError
from quoteapi.processes.costs import length_of
from quoteapi.processes.engine_process import EngineFailedError, EngineUnavailableError, Reply
from quoteapi.processes.job_queue import Job, JobQueue
from quoteapi.processes.worker import Worker, WorkerEndedError
from quoteapi.processes.worker_process import EngineSource

logger = structlog.get_logger("quoteapi")

Cause = Literal["died", "too-slow", "not-loaded"]
"""Why a worker was replaced: its process died, an article took too long, its engine could not be loaded."""

TRIES = 2
"""Workers that may die of an article before it is given up."""
FIRST_PAUSE = 0.5
"""Seconds before a new worker starts after one that did not load, doubled each time, or after two in a row that died without a job."""
DOUBLINGS = 6
LONGEST_PAUSE = 30.0


class TooSlowError(QuoteapiError):
    """Reading the article took too long."""

    def __init__(self, limit: float) -> None:
        super().__init__(
            f"Reading this article was stopped after {limit:.3g} seconds, the limit for its length. Shorten it, or raise"
            " QUOTEAPI_TIME_LIMIT or QUOTEAPI_TIME_LIMIT_PER_THOUSAND."
        )


class FatalArticleError(QuoteapiError):
    """Reading the article repeatedly killed its worker."""

    def __init__(self) -> None:
        super().__init__(f"The worker that read this article died {TRIES} times: do not send it again unchanged.")


class Supervisor:
    """Keeps one worker running.

    Args:
        source: The engine of its workers, and the settings that limit how long reading an article may take.
        queue: Where its jobs come from.
        on_failure: Called when a worker could not be loaded, after `failure` is set.
    """

    def __init__(self, source: EngineSource, queue: JobQueue, *, on_failure: Callable[[], None]) -> None:
        self._source = source
        self._queue = queue
        self._on_failure = on_failure
        self._vain = 0  # workers in a row that ended before they got a job
        self._ended: dict[str, object] = {}  # how the last worker ended, for the log
        self.loaded = False
        """Whether its worker has an engine."""
        self.job: Job | None = None
        """The job that its worker is reading."""
        self.failure: str | None = None
        """Why it has no usable worker; None while it has one, or is starting one and the last one had loaded."""
        self.replaced: Counter[Cause] = Counter()
        self.pace: float | None = None
        """Seconds per article: an exponential moving average in which the latest article has a weight of 0.2."""

    async def run(self) -> None:
        """Keep a worker running until this is cancelled, which ends the worker."""
        while True:
            cause: Cause = "not-loaded"
            try:
                cause = await self._employ()
            except (EngineUnavailableError, OSError) as error:
                self.failure = str(error)
            except WorkerEndedError:
                self.failure = "A worker process died while it loaded its engine."
            except Exception as error:
                # A bug of ours. If the supervisor ended here, the service would lose a worker for good, and the caller would get no answer.
                logger.exception("a worker could not be kept")
                self.failure = f"A worker could not be kept: {type(error).__name__}."
                if self.job is not None:
                    self.job.fail(error)
                if (task := asyncio.current_task()) is None or task.cancelling():
                    raise
            fields = {"cause": cause, **self._ended, **({} if self.job is None else {"request_id": self.job.request_id})}
            self.job = None
            self.replaced[cause] += 1
            if self.failure is not None:
                pause = min(FIRST_PAUSE * 2 ** min(self._vain - 1, DOUBLINGS), LONGEST_PAUSE)
                logger.error("the engine could not be loaded", reason=self.failure, seconds_to_next_try=pause, **self._ended)
                self._on_failure()
            else:
                pause = FIRST_PAUSE if self._vain > 1 else 0.0
                logger.warning("a worker is replaced", **fields)
            await asyncio.sleep(pause)

    async def _employ(self) -> Cause:
        """Start a worker and give it jobs; return why it ended."""
        self._vain += 1
        self._ended = {}
        worker = await Worker.start(self._source)
        try:
            shared = await worker.load()
            logger.info("a worker can read", worker=worker.pid, shares_memory=shared)
            self.loaded, self.failure = True, None
            return await self._work(worker)
        finally:
            idle = self.loaded and self.job is None
            self.loaded = False
            await worker.stop(at_once=not idle)
            self._ended = {"worker": worker.pid, "signal": worker.end()}

    async def _work(self, worker: Worker) -> Cause:
        """Give the worker jobs until it has ended, or has to be; return why."""
        while (job := await self._next_job(worker)) is not None:
            self._vain = 0
            self.job = job
            limit = self._source.settings.reading_limit(length_of(job.order.article))
            began = time.monotonic()
            try:
                answer = await worker.read(job.order, limit=limit)
            except EngineFailedError as error:
                job.fail(error)
            except TimeoutError:
                job.fail(TooSlowError(limit))
                return "too-slow"
            except WorkerEndedError:
                self._try_again(job)
                return "died"
            else:
                read = time.monotonic() - began
                self.pace = read if self.pace is None else 0.8 * self.pace + 0.2 * read
                job.settle(msgspec.structs.replace(answer, waited=began - job.since, read=read) if isinstance(answer, Reply) else answer)
            finally:
                self._queue.finish(job)
            self.job = None
        return "died"

    async def _next_job(self, worker: Worker) -> Job | None:
        """Wait for the next job; None if the worker ends first."""
        coming = asyncio.ensure_future(self._queue.next())
        ending = asyncio.ensure_future(worker.ended())
        try:
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended = ending.done()
            ending.cancel()
            if not coming.done():
                coming.cancel()
            elif ended:
                self._queue.rejoin(coming.result())
            await asyncio.gather(ending, return_exceptions=True)  # only one task may read from a worker at a time
        return None if ended else coming.result()

    def _try_again(self, job: Job) -> None:
        """Requeue a job whose worker died; fail it if it has killed `TRIES` of them, drop it if its caller has left."""
        job.deaths += 1
        if job.deaths >= TRIES:
            job.fail(FatalArticleError())
        elif not job.answer.done():
            self._queue.rejoin(job)
