"""The job queue: articles that wait for a worker. The caller who has had the least work done is next, so that heavy use delays nobody else.

It implements start-time fair queueing (Goyal, Vin and Cheng, 1996): each caller has a virtual time, `turn`, which advances by the cost of
each of its articles when a worker takes it; the caller with the lowest is next. A new caller starts at the queue's own virtual time.
Articles of streams wait behind those sent singly; a job whose caller leaves is removed.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import structlog

from quoteapi.processes.costs import cost_of
from quoteapi.processes.engine_process import Order, Refused, Reply

MAX_PASSED = 8
"""Articles in a row that may overtake one of a stream: however many arrive, a stream continues, if slowly."""
COMPANY = 30.0
"""Seconds for which a caller counts as present after its last activity: while another is present, no caller gets every worker."""


class Job:
    """An accepted article, and the future of its answer.

    Args:
        order: What to read.
        caller: The identity of its sender.
        low_priority: Whether it belongs to a stream, and lets others go first.
    """

    def __init__(self, order: Order, *, caller: str = "", low_priority: bool = False) -> None:
        self.order = order
        self.caller = caller
        self.low_priority = low_priority
        self.cost = cost_of(order.article)
        self.answer: asyncio.Future[Reply | Refused] = asyncio.get_running_loop().create_future()
        self.since = time.monotonic()
        self.request_id: str | None = structlog.contextvars.get_contextvars().get("request_id")
        """The id of its request, for the log."""
        self.deaths = 0
        """Workers that died while reading it."""

    def settle(self, answer: Reply | Refused) -> None:
        """Set the answer, unless the job has failed or its caller has left."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        """Set the error that the caller receives, unless the job is already done or its caller has left."""
        if not self.answer.done():
            self.answer.set_exception(error)


class _Caller:
    """One caller's virtual time (`turn`) and its jobs, in the queue and with the workers."""

    def __init__(self, turn: float) -> None:
        self.turn = turn
        self.jobs: deque[Job] = deque()
        self.low_priority: deque[Job] = deque()
        self.reading: set[Job] = set()

    @property
    def waits(self) -> bool:
        """Whether any of its jobs wait."""
        return bool(self.jobs or self.low_priority)

    @property
    def held(self) -> int:
        """Number of its jobs that wait or are being read, without those of streams."""
        return len(self.jobs) + sum(not job.low_priority for job in self.reading)

    def kind(self, job: Job) -> deque[Job]:
        """Return its waiting jobs that have the priority of a job."""
        return self.low_priority if job.low_priority else self.jobs


class JobQueue:
    """Waiting jobs, each caller's in order of arrival.

    The last free worker is reserved for callers that have none, while several callers are present. A caller that is alone may use all.

    Args:
        clock: Returns the time in seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._callers: dict[str, _Caller] = {}
        self._turn = 0.0
        self._passed = 0  # jobs in a row that overtook low-priority ones
        self._free = 0  # workers that wait for a job
        self._about: list[tuple[str, float]] = []  # the two most recent callers and when they were active, newest first
        self._keeps = True
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        """Number of waiting jobs, without low-priority ones."""
        return sum(len(caller.jobs) for caller in self._callers.values())

    @property
    def low_priority(self) -> int:
        """Number of waiting low-priority jobs."""
        return sum(len(caller.low_priority) for caller in self._callers.values())

    def join(self, job: Job) -> None:
        """Add a job behind all others of its caller and priority."""
        self.notice(job.caller)
        caller = self._callers.setdefault(job.caller, _Caller(self._turn))
        if not caller.waits:
            caller.turn = max(caller.turn, self._turn)  # idle time earns no credit
        caller.kind(job).append(job)
        self._changed.set()

    def rejoin(self, job: Job) -> None:
        """Return a job that a worker had to the queue, before all others of its caller and priority."""
        caller = self._callers.setdefault(job.caller, _Caller(self._turn))
        caller.reading.discard(job)
        caller.kind(job).appendleft(job)
        self._changed.set()

    def leave(self, job: Job) -> None:
        """Remove a job, if it still waits."""
        caller = self._callers.get(job.caller)
        if caller is not None and job in caller.kind(job):
            caller.kind(job).remove(job)
            self._forget()

    def finish(self, job: Job) -> None:
        """Record that a worker is done with a job."""
        caller = self._callers.get(job.caller)
        if caller is not None and job in caller.reading:
            caller.reading.discard(job)
            self.notice(job.caller)
            self._forget()
            self._changed.set()

    def notice(self, caller: str) -> None:
        """Record that a caller is active."""
        self._about = [(caller, self._clock()), *(other for other in self._about if other[0] != caller)][:2]

    def keep_none(self) -> None:
        """Stop reserving a worker: no new caller can come any more."""
        self._keeps = False
        self._changed.set()

    def held(self, caller: str) -> int:
        """Number of a caller's jobs that wait or are being read, without those of streams."""
        return self._callers[caller].held if caller in self._callers else 0

    def kept_from(self, caller: str) -> bool:
        """Whether the last free worker is withheld from a caller: one that has jobs here while another caller is present."""
        known = self._callers.get(caller)
        return known is not None and (known.waits or bool(known.reading)) and self._company_of(caller) > 0

    def giving_way(self, caller: str) -> Job | None:
        """Return the job whose place a caller may take: the newest of the caller with the most jobs, if it has at least two more."""
        waiting = [other for other in self._callers.values() if other.jobs]
        most = max(waiting, key=lambda other: other.held, default=None)
        return most.jobs[-1] if most is not None and most.held >= self.held(caller) + 2 else None

    async def next(self) -> Job:
        """Wait for the next job and remove it from the queue. Cancellation loses no job."""
        self._free += 1
        try:
            while (caller := self._next_caller()) is None:
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._until_alone()):
                        await self._changed.wait()
            return self._take(*caller)
        finally:
            self._free -= 1

    def fail(self, error: Exception) -> None:
        """Fail all waiting jobs."""
        for caller in self._callers.values():
            for jobs in (caller.jobs, caller.low_priority):
                while jobs:
                    jobs.popleft().fail(error)
        self._forget()

    def _next_caller(self) -> tuple[_Caller, deque[Job]] | None:
        """Return the next caller, and which of its two queues to take from; None if no waiting caller may have a worker."""
        may = [caller for name, caller in self._callers.items() if caller.waits and not self._is_kept_from(name, caller)]
        single = min((caller for caller in may if caller.jobs), key=lambda caller: (caller.turn, caller.jobs[0].since), default=None)
        stream = min(
            (caller for caller in may if caller.low_priority), key=lambda caller: (caller.turn, caller.low_priority[0].since), default=None
        )
        if single is not None and (stream is None or self._passed < MAX_PASSED):
            self._passed = 0 if stream is None else self._passed + 1
            return single, single.jobs
        if stream is None:
            return None
        self._passed = 0
        return stream, stream.low_priority

    def _take(self, caller: _Caller, jobs: deque[Job]) -> Job:
        """Take the first of a caller's jobs for a worker, and advance the virtual times."""
        job = jobs.popleft()
        caller.reading.add(job)
        busy = sum(other.waits or bool(other.reading) for other in self._callers.values())
        # In the paper, the queue's virtual time follows the start of the job being read. Here it also advances with the work itself, so
        # that waiting callers are served however many newcomers join at it. It stays behind a caller that is alone: a newcomer goes first.
        self._turn = max(self._turn, caller.turn) + job.cost / (busy + 1)
        caller.turn += job.cost
        return job

    def _forget(self) -> None:
        """Drop callers that have no jobs and are not ahead of the queue's virtual time; start at zero again if none has any."""
        idle = [name for name, caller in self._callers.items() if not caller.waits and not caller.reading]
        if len(idle) == len(self._callers):
            self._callers.clear()
            self._turn = 0.0
        for name in idle:
            if name in self._callers and self._callers[name].turn <= self._turn:
                del self._callers[name]

    def _is_kept_from(self, name: str, caller: _Caller) -> bool:
        """Whether a caller may not have the only worker that is free now."""
        return self._free == 1 and bool(caller.reading) and self._company_of(name) > 0

    def _company_of(self, caller: str) -> float:
        """Return the seconds for which another caller still counts as present; zero or less if the caller is alone."""
        others = [when for other, when in self._about if other != caller]
        return others[0] + COMPANY - self._clock() if others and self._keeps else 0.0

    def _until_alone(self) -> float | None:
        """Return the seconds until a waiting caller may have the reserved worker; None if nobody waits."""
        kept = [self._company_of(name) for name, caller in self._callers.items() if caller.waits]
        return max(0.0, min(kept)) if kept else None
