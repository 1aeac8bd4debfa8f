"""Workers: the seam between the handlers and the engine processes, with a short line in front, whose places callers share.

The handlers know only `check_room`, `answer`, `why_not_ready` and the errors; what runs the engines can be replaced behind them.
"""

import asyncio
import math
from collections import Counter
from statistics import fmean

from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.exports import JSON, Form
from quoteapi.processes import ENGINE, Cause, EngineSource, Job, JobQueue, Order, Refused, Reply, Supervisor, Task
from quoteapi.request import Sent
from quoteapi.settings import Settings
from quoteapi.structs import Article

_NOT_RUNNING = "The server is starting or stopping."
_LOADING_TIME = 5
"""Seconds in which a new process has loaded its engine."""
_NEWCOMER = "newcomer"
"""Nobody's identity: a caller who has nothing here."""
_FIRST_PACE = 1.0
"""Seconds an article, before any has been read."""


class QueueFullError(QuoteapiError):
    """As many articles wait as may.

    Args:
        reason: What is in the way.
        retry_after: Whole seconds in which what waits now should be read.
    """

    def __init__(self, reason: str, *, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class WorkersDownError(QuoteapiError):
    """No engine process can answer now; says why."""

    retry_after = _LOADING_TIME


class WorkerFigures(Struct, frozen=True):
    """How the workers are, for who watches the service; counts are since the start."""

    loaded: int
    """Workers that can read."""
    wanted: int
    """Workers that there should be."""
    reading: int
    """Articles that are being read."""
    waiting: int
    """Articles that wait, those of streams apart."""
    low_priority: int
    """Articles of streams that wait."""
    places: int
    """Articles that may wait, those of streams apart."""
    replaced: dict[Cause, int]
    """Workers that were replaced, by cause."""
    refused: int
    """Articles for which there was no room."""
    left: int
    """Articles whose callers left before they were answered."""


class Workers:
    """Engine processes that answer articles for the event loop of one application.

    Args:
        settings: Say how many there are, how many articles may wait, and how long one may take.
        engine: Names what makes an engine from the settings, as `module:name`.
    """

    def __init__(self, settings: Settings, *, engine: str = ENGINE) -> None:
        self._source = EngineSource(engine, settings)
        self._wanted = settings.worker_count
        self._places = settings.waiting_places
        self._echo = settings.log_text
        self._queue = JobQueue()
        self._supervisors: list[Supervisor] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._open: set[asyncio.Future[Reply | Refused]] = set()
        self._refused = 0
        self._left = 0

    def start(self) -> None:
        """Start the processes; they load their engines while the server is already listening."""
        self._supervisors = [Supervisor(self._source, self._queue, on_failure=self._give_up) for _ in range(self._wanted)]
        self._tasks = [asyncio.create_task(supervisor.run()) for supervisor in self._supervisors]

    async def stop(self) -> None:
        """Answer everything that was accepted, and nothing more; then end the processes."""
        tasks, self._tasks = self._tasks, []
        self._queue.keep_none()
        if self._open:
            await asyncio.wait(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def why_not_ready(self) -> str | None:
        """None where every worker has its engine and an article of a new caller would be accepted; otherwise what is missing."""
        loaded = sum(supervisor.loaded for supervisor in self._supervisors)
        if loaded == self._wanted and self._tasks:
            return None if self._has_room(_NEWCOMER) else f"{len(self._queue)} articles are waiting, and no more may."
        failures = [supervisor.failure for supervisor in self._supervisors if supervisor.failure is not None]
        if not self._tasks:
            return _NOT_RUNNING
        return failures[0] if failures else f"{loaded} of {self._wanted} engines are loaded."

    def check_running(self) -> None:
        """Return where an article would be read, sooner or later.

        Raises:
            WorkersDownError: No engine process can answer now.
        """
        if not self._tasks:
            raise WorkersDownError(_NOT_RUNNING)
        if not self._usable():
            raise WorkersDownError(self._supervisors[0].failure)

    def check_room(self, caller: str = "") -> None:
        """Return where an article of a caller would be accepted now, maybe in the place of another's.

        Raises:
            QueueFullError: As many wait as may.
            WorkersDownError: No engine process can answer now.
        """
        self.check_running()
        self._queue.notice(caller)
        if not self._has_room(caller):
            reason = f"The queue is full: {self._places} articles are waiting for a worker."
            raise self._full(reason)

    async def answer(
        self, article: Article | Sent, form: Form = JSON, *, caller: str = "", low_priority: bool = False, task: Task = "extract"
    ) -> Reply | Refused:
        """The answer in a form, or why the engine does not read the article. Cancelled, it gives up the article's place.

        Args:
            article: What is read; as it was sent, it is decoded there.
            form: In which the answer is written.
            caller: Who sent it; callers share workers and places alike.
            low_priority: Whether it waits for as long as it takes, behind all with normal priority, and is never refused for want of room.
            task: What is done with it; a draft and its sources are verified as they were sent.

        Raises:
            QueueFullError: As many articles wait as may; or the article waited, and its place was another's due.
            WorkersDownError: No engine process can answer now.
            TooSlowError: It took too long.
            FatalArticleError: Workers die of it.
            EngineFailedError: The engine broke on it.
        """
        if low_priority:
            self.check_running()
        else:
            self.check_room(caller)
            self._make_room(caller)
        job = Job(Order(article, form.name, echo=self._echo, task=task), caller=caller, low_priority=low_priority)
        self._open.add(job.answer)
        self._queue.join(job)
        try:
            return await job.answer
        finally:
            self._open.discard(job.answer)
            self._queue.leave(job)
            self._left += job.answer.cancelled()

    def figures(self) -> WorkerFigures:
        """How the workers are."""
        replaced = sum((supervisor.replaced for supervisor in self._supervisors), Counter[Cause]())
        return WorkerFigures(
            loaded=sum(supervisor.loaded for supervisor in self._supervisors),
            wanted=self._wanted,
            reading=sum(supervisor.job is not None for supervisor in self._supervisors),
            waiting=len(self._queue),
            low_priority=self._queue.low_priority,
            places=self._places,
            replaced=dict(replaced),
            refused=self._refused,
            left=self._left,
        )

    def _usable(self) -> list[Supervisor]:
        """The supervisors that have a worker, or will soon."""
        return [supervisor for supervisor in self._supervisors if supervisor.failure is None]

    def _held(self) -> int:
        """Articles that wait or are being read; not those of streams, which take nobody's place."""
        return len(self._queue) + sum(supervisor.job is not None and not supervisor.job.low_priority for supervisor in self._supervisors)

    def _room(self, caller: str) -> int:
        """Articles of a caller that would be accepted now and take nobody's place."""
        usable = len(self._usable())
        kept = usable > 1 and self._queue.kept_from(caller)
        return usable - kept + self._places - self._held()

    def _has_room(self, caller: str) -> bool:
        """Whether an article of a caller would be accepted now."""
        return self._room(caller) > 0 or self._queue.giving_way(caller) is not None

    def _make_room(self, caller: str) -> None:
        """Where there is no room, let the article that has to give way leave the line."""
        if self._room(caller) <= 0 and (job := self._queue.giving_way(caller)) is not None:
            self._queue.leave(job)
            job.fail(self._full("A caller with fewer articles took this article's place in the queue."))

    def _full(self, reason: str) -> QueueFullError:
        """What refuses an article."""
        usable = self._usable()
        self._refused += 1
        pace = fmean([supervisor.pace for supervisor in usable if supervisor.pace is not None] or [_FIRST_PACE])
        return QueueFullError(reason, retry_after=max(1, math.ceil(pace * self._held() / len(usable))))

    def _give_up(self) -> None:
        """Where no worker is left that can answer, let nobody wait for one."""
        if not self._usable():
            self._queue.fail(WorkersDownError(self._supervisors[0].failure))
