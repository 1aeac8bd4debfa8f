"""Workers: the interface between the handlers and the engine processes, with a short queue whose places callers share.

The handlers know only `check_running`, `check_room`, `answer`, `why_not_ready` and the errors; what runs the engines can be replaced.
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
"""Seconds in which a new process usually loads its engine."""
_NEWCOMER = "newcomer"
"""The identity of an imaginary caller, who has no articles here."""
_FIRST_PACE = 1.0
"""Seconds per article that are assumed before any has been read."""


class QueueFullError(QuoteapiError):
    """The queue has no room for the article.

    Args:
        reason: The message for the caller.
        retry_after: Whole seconds in which the articles that wait now should be read.
    """

    def __init__(self, reason: str, *, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class WorkersDownError(QuoteapiError):
    """No engine process can answer now; says why."""

    retry_after = _LOADING_TIME


class WorkerFigures(Struct, frozen=True):
    """The state of the workers, for monitoring; counts are since the start."""

    loaded: int
    """Workers that can read."""
    wanted: int
    """Workers that the settings ask for."""
    reading: int
    """Articles that are being read."""
    waiting: int
    """Articles that wait, without those of streams."""
    low_priority: int
    """Articles of streams that wait."""
    places: int
    """Articles that may wait, without those of streams."""
    replaced: dict[Cause, int]
    """Workers that were replaced, by cause."""
    refused: int
    """Articles for which there was no room."""
    left: int
    """Articles whose callers left before they were answered."""


class Workers:
    """Engine processes that answer articles for the event loop of one application.

    Args:
        settings: Set how many there are, how many articles may wait, and how long reading one may take.
        engine: Import path of the factory that makes an engine from the settings, `module:name`.
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
        """Accept nothing more, answer everything that was accepted, then end the processes."""
        tasks, self._tasks = self._tasks, []
        self._queue.keep_none()
        if self._open:
            await asyncio.wait(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def why_not_ready(self) -> str | None:
        """Return what is missing; None if every worker has its engine and an article of a new caller would be accepted."""
        loaded = sum(supervisor.loaded for supervisor in self._supervisors)
        if loaded == self._wanted and self._tasks:
            return None if self._has_room(_NEWCOMER) else f"{len(self._queue)} articles are waiting, and no more may."
        failures = [supervisor.failure for supervisor in self._supervisors if supervisor.failure is not None]
        if not self._tasks:
            return _NOT_RUNNING
        return failures[0] if failures else f"{loaded} of {self._wanted} engines are loaded."

    def check_running(self) -> None:
        """Raise unless an article would be read, sooner or later.

        Raises:
            WorkersDownError: No engine process can answer now.
        """
        if not self._tasks:
            raise WorkersDownError(_NOT_RUNNING)
        if not self._usable():
            raise WorkersDownError(self._supervisors[0].failure)

    def check_room(self, caller: str = "") -> None:
        """Raise unless an article of a caller would be accepted now, perhaps in the place of another's.

        Raises:
            QueueFullError: The queue is full.
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
        """Return the answer in a form, or why the engine does not read the article. Cancellation gives up the article's place.

        Args:
            article: What to read; if it is still as it was sent, the engine process decodes it.
            form: The form of the answer.
            caller: The identity of its sender; callers share workers and places equally.
            low_priority: Whether it waits as long as it takes, behind all with normal priority, and is never refused for lack of room.
            task: What to do with it; a draft and its sources are passed as they were sent.

        Raises:
            QueueFullError: The queue is full, or another caller took the place of the waiting article.
            WorkersDownError: No engine process can answer now.
            TooSlowError: Reading it exceeded the time limit.
            FatalArticleError: Reading it repeatedly killed its worker.
            EngineFailedError: The engine failed on it.
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
        """Return the state of the workers."""
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
        """Return the supervisors that have a worker, or will soon."""
        return [supervisor for supervisor in self._supervisors if supervisor.failure is None]

    def _held(self) -> int:
        """Count the articles that wait or are being read, without those of streams, which take nobody's place."""
        return len(self._queue) + sum(supervisor.job is not None and not supervisor.job.low_priority for supervisor in self._supervisors)

    def _room(self, caller: str) -> int:
        """Return how many articles of a caller would be accepted now and take nobody's place; 0 or less if none."""
        usable = len(self._usable())
        kept = usable > 1 and self._queue.kept_from(caller)
        return usable - kept + self._places - self._held()

    def _has_room(self, caller: str) -> bool:
        """Whether an article of a caller would be accepted now."""
        return self._room(caller) > 0 or self._queue.giving_way(caller) is not None

    def _make_room(self, caller: str) -> None:
        """If there is no room, remove and fail the article that has to give way."""
        if self._room(caller) <= 0 and (job := self._queue.giving_way(caller)) is not None:
            self._queue.leave(job)
            job.fail(self._full("A caller with fewer articles took this article's place in the queue."))

    def _full(self, reason: str) -> QueueFullError:
        """Count a refusal and return its error."""
        usable = self._usable()
        self._refused += 1
        pace = fmean([supervisor.pace for supervisor in usable if supervisor.pace is not None] or [_FIRST_PACE])
        return QueueFullError(reason, retry_after=max(1, math.ceil(pace * self._held() / len(usable))))

    def _give_up(self) -> None:
        """If no supervisor has a usable worker, fail all waiting jobs."""
        if not self._usable():
            self._queue.fail(WorkersDownError(self._supervisors[0].failure))
