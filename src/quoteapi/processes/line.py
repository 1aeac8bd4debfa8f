"""The line: articles that wait for a worker, the oldest first, and no more than may; whoever leaves gives up the place."""

import asyncio
import time
from collections import deque

from quoteapi.processes.reading import Order, Refused, Reply


class Job:
    """An article that was accepted, and whoever waits for its answer.

    Args:
        order: What is to be read.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.answer: asyncio.Future[Reply | Refused] = asyncio.get_running_loop().create_future()
        self.since = time.monotonic()
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
    """Jobs that wait."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._filled = asyncio.Event()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._jobs)

    def join(self, job: Job) -> None:
        """Let a job wait behind all others."""
        self._jobs.append(job)
        self._filled.set()

    def rejoin(self, job: Job) -> None:
        """Let a job wait before all others: it has been waiting for longer than they."""
        self._jobs.appendleft(job)
        self._filled.set()

    def leave(self, job: Job) -> None:
        """Give up a job's place, if it still waits."""
        if job in self._jobs:
            self._jobs.remove(job)

    async def next(self) -> Job:
        """The job that waits longest, which waits no more; as soon as there is one. Being cancelled loses no job."""
        while not self._jobs:
            self._filled.clear()
            await self._filled.wait()
        return self._jobs.popleft()

    def fail(self, error: Exception) -> None:
        """Give up on all that wait."""
        while self._jobs:
            self._jobs.popleft().fail(error)
