"""The line: articles that wait for a worker. Who has been given the least work is next, so that nobody who sends much keeps others waiting.

It is start-time fair queueing (Goyal, Vin and Cheng, 1996): each caller has a turn, which moves on with the cost of every article that is
read for it, and the caller whose turn is lowest is next. Who comes anew starts at the turn that the line has reached. Articles of streams
wait behind those that are sent alone; whoever leaves gives up the place.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import structlog

from quoteapi.processes.costs import cost_of
from quoteapi.processes.reading import Order, Refused, Reply

MOST_PASSED = 8
"""Articles in a row that go before one of a stream: however many come, a stream goes on, if slowly."""
COMPANY = 30.0
"""Seconds for which a caller who was here counts as company: while there is any, nobody gets every worker."""


class Job:
    """An article that was accepted, and whoever waits for its answer.

    Args:
        order: What is to be read.
        caller: Who sent it.
        low_priority: Whether it is of a stream, and lets others go first.
    """

    def __init__(self, order: Order, *, caller: str = "", low_priority: bool = False) -> None:
        self.order = order
        self.caller = caller
        self.low_priority = low_priority
        self.cost = cost_of(order.article)
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


class _Caller:
    """What one caller has in the line and with the workers."""

    def __init__(self, turn: float) -> None:
        self.turn = turn
        self.jobs: deque[Job] = deque()
        self.low_priority: deque[Job] = deque()
        self.reading: set[Job] = set()

    @property
    def waits(self) -> bool:
        """Whether it has an article that waits."""
        return bool(self.jobs or self.low_priority)

    @property
    def held(self) -> int:
        """Its articles that wait or are being read, those of streams apart."""
        return len(self.jobs) + sum(not job.low_priority for job in self.reading)

    def kind(self, job: Job) -> deque[Job]:
        """Those that wait as a job does."""
        return self.low_priority if job.low_priority else self.jobs


class JobQueue:
    """Jobs that wait, those of each caller in the order in which they came.

    The last free worker is kept for callers for whom none reads, as long as there is company. Somebody alone may have all of them.

    Args:
        clock: Tells the time in seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._callers: dict[str, _Caller] = {}
        self._turn = 0.0
        self._passed = 0  # jobs in a row that went before low-priority ones
        self._free = 0  # workers that ask for a job
        self._about: list[tuple[str, float]] = []  # the last two different callers and when they were here, the last one first
        self._keeps = True
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        """How many wait, without the low-priority ones."""
        return sum(len(caller.jobs) for caller in self._callers.values())

    @property
    def low_priority(self) -> int:
        """How many low-priority ones wait."""
        return sum(len(caller.low_priority) for caller in self._callers.values())

    def join(self, job: Job) -> None:
        """Let a job wait behind all others of its caller and kind."""
        self.notice(job.caller)
        caller = self._callers.setdefault(job.caller, _Caller(self._turn))
        if not caller.waits:
            caller.turn = max(caller.turn, self._turn)  # time in which nothing was wanted is not made up for
        caller.kind(job).append(job)
        self._changed.set()

    def rejoin(self, job: Job) -> None:
        """Let a job that a worker had wait before all others of its caller and kind."""
        caller = self._callers.setdefault(job.caller, _Caller(self._turn))
        caller.reading.discard(job)
        caller.kind(job).appendleft(job)
        self._changed.set()

    def leave(self, job: Job) -> None:
        """Give up a job's place, if it still waits."""
        caller = self._callers.get(job.caller)
        if caller is not None and job in caller.kind(job):
            caller.kind(job).remove(job)
            self._forget()

    def finish(self, job: Job) -> None:
        """Say that no worker has a job any more."""
        caller = self._callers.get(job.caller)
        if caller is not None and job in caller.reading:
            caller.reading.discard(job)
            self.notice(job.caller)
            self._forget()
            self._changed.set()

    def notice(self, caller: str) -> None:
        """Note that a caller is about."""
        self._about = [(caller, self._clock()), *(other for other in self._about if other[0] != caller)][:2]

    def keep_none(self) -> None:
        """Keep no worker free any more: nobody comes who could want it."""
        self._keeps = False
        self._changed.set()

    def held(self, caller: str) -> int:
        """A caller's articles that wait or are being read, those of streams apart."""
        return self._callers[caller].held if caller in self._callers else 0

    def kept_from(self, caller: str) -> bool:
        """Whether the last free worker is kept from a caller: one who has something under way, in company."""
        known = self._callers.get(caller)
        return known is not None and (known.waits or bool(known.reading)) and self._company_of(caller) > 0

    def giving_way(self, caller: str) -> Job | None:
        """The job whose place a caller may have: the newest that waits of whoever has most, at least two more than the caller."""
        waiting = [other for other in self._callers.values() if other.jobs]
        most = max(waiting, key=lambda other: other.held, default=None)
        return most.jobs[-1] if most is not None and most.held >= self.held(caller) + 2 else None

    async def next(self) -> Job:
        """The job whose turn it is, which waits no more; as soon as there is one. Being cancelled loses no job."""
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
        """Give up on all that wait."""
        for caller in self._callers.values():
            for jobs in (caller.jobs, caller.low_priority):
                while jobs:
                    jobs.popleft().fail(error)
        self._forget()

    def _next_caller(self) -> tuple[_Caller, deque[Job]] | None:
        """The caller who is next, and which of its jobs; None where nobody waits who may have a worker."""
        may = [caller for name, caller in self._callers.items() if caller.waits and not self._is_kept_from(name, caller)]
        single = min((caller for caller in may if caller.jobs), key=lambda caller: (caller.turn, caller.jobs[0].since), default=None)
        stream = min(
            (caller for caller in may if caller.low_priority), key=lambda caller: (caller.turn, caller.low_priority[0].since), default=None
        )
        if single is not None and (stream is None or self._passed < MOST_PASSED):
            self._passed = 0 if stream is None else self._passed + 1
            return single, single.jobs
        if stream is None:
            return None
        self._passed = 0
        return stream, stream.low_priority

    def _take(self, caller: _Caller, jobs: deque[Job]) -> Job:
        """The first of a caller's jobs, for a worker."""
        job = jobs.popleft()
        caller.reading.add(job)
        busy = sum(other.waits or bool(other.reading) for other in self._callers.values())
        # Beside the start of what is read, as in the paper, the line moves on with the work itself: however many newcomers are let in
        # at the turn that it has reached, those who wait are reached, too. It stays behind who is alone, so that a newcomer goes first.
        self._turn = max(self._turn, caller.turn) + job.cost / (busy + 1)
        caller.turn += job.cost
        return job

    def _forget(self) -> None:
        """Keep nothing of callers who have nothing here and are not ahead of others."""
        idle = [name for name, caller in self._callers.items() if not caller.waits and not caller.reading]
        if len(idle) == len(self._callers):
            self._callers.clear()
            self._turn = 0.0
        for name in idle:
            if name in self._callers and self._callers[name].turn <= self._turn:
                del self._callers[name]

    def _is_kept_from(self, name: str, caller: _Caller) -> bool:
        """Whether the only worker that is free now is not for a caller."""
        return self._free == 1 and bool(caller.reading) and self._company_of(name) > 0

    def _company_of(self, caller: str) -> float:
        """Seconds for which a caller still has company; none or fewer where it is alone."""
        others = [when for other, when in self._about if other != caller]
        return others[0] + COMPANY - self._clock() if others and self._keeps else 0.0

    def _until_alone(self) -> float | None:
        """Seconds in which a worker that is kept free is free for somebody who waits; None where nobody waits."""
        kept = [self._company_of(name) for name, caller in self._callers.items() if caller.waits]
        return max(0.0, min(kept)) if kept else None
