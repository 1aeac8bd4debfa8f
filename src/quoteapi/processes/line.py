"""The line: articles that wait for a worker, the oldest first, those of streams behind others; whoever leaves gives up the place."""

import asyncio
import time
from collections import deque

import structlog

from quoteapi.processes.reading import Order, Refused, Reply

MOST_PASSED = 8
"""Articles in a row that go before one of a stream: however many come, a stream goes on, if slowly."""


class Job:
    """An article that was accepted, and whoever waits for its answer.

    Args:
        order: What is to be read.
        patient: Whether it is of a stream, and lets others go first.
    """

    def __init__(self, order: Order, *, patient: bool = False) -> None:
        self.order = order
        self.patient = patient
        self.answer: asyncio.Future[Reply | Refused] = asyncio.get_running_loop().create_future()
        self.since = time.monotonic()
        self.request_id: str | None = structlog.contextvars.get_contextvars().get("request_id")
        """The request that it came by, for the log."""
        self.deaths = 0
        """Workers that died while they read it."""

    def settle(self, answer: Reply | Refused) -> None:
        """Give the answer, unless nobody waits for it any more."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        """Give up on it, for a reason that the caller is told."""
        if not self.answer.done():
            self.answer.set_exception(error)


class Line:
    """Jobs that wait: those of callers who sent one article, and the patient ones of streams, each in the order in which they came."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._patient: deque[Job] = deque()
        self._passed = 0  # jobs in a row that went before patient ones
        self._filled = asyncio.Event()

    def __len__(self) -> int:
        """How many wait, without the patient ones."""
        return len(self._jobs)

    @property
    def patient(self) -> int:
        """How many patient ones wait."""
        return len(self._patient)

    def join(self, job: Job) -> None:
        """Let a job wait behind all others of its kind."""
        self._kind(job).append(job)
        self._filled.set()

    def rejoin(self, job: Job) -> None:
        """Let a job wait before all others of its kind: it has been waiting for longer than they."""
        self._kind(job).appendleft(job)
        self._filled.set()

    def leave(self, job: Job) -> None:
        """Give up a job's place, if it still waits."""
        if job in self._kind(job):
            self._kind(job).remove(job)

    async def next(self) -> Job:
        """The job whose turn it is, which waits no more; as soon as there is one. Being cancelled loses no job."""
        while not self._jobs and not self._patient:
            self._filled.clear()
            await self._filled.wait()
        if self._jobs and (not self._patient or self._passed < MOST_PASSED):
            self._passed = self._passed + 1 if self._patient else 0
            return self._jobs.popleft()
        self._passed = 0
        return self._patient.popleft()

    def fail(self, error: Exception) -> None:
        """Give up on all that wait."""
        for jobs in (self._jobs, self._patient):
            while jobs:
                jobs.popleft().fail(error)

    def _kind(self, job: Job) -> deque[Job]:
        return self._patient if job.patient else self._jobs
