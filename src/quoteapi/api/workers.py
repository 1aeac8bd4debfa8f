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
from quoteapi.processes import ENGINE, Cause, EngineSource, Job, Line, Order, Refused, Reply, Slot, Task
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
    patient: int
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
        self._line = Line()
        self._slots: list[Slot] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._open: set[asyncio.Future[Reply | Refused]] = set()
        self._refused = 0
        self._left = 0

    def start(self) -> None:
        """Start the processes; they load their engines while the server is already listening."""
        self._slots = [Slot(self._source, self._line, on_failure=self._give_up) for _ in range(self._wanted)]
        self._tasks = [asyncio.create_task(slot.run()) for slot in self._slots]

    async def stop(self) -> None:
        """Answer everything that was accepted, and nothing more; then end the processes."""
        tasks, self._tasks = self._tasks, []
        self._line.keep_none()
        if self._open:
            await asyncio.wait(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def why_not_ready(self) -> str | None:
        """None where every worker has its engine and an article of a new caller would be accepted; otherwise what is missing."""
        loaded = sum(slot.loaded for slot in self._slots)
        if loaded == self._wanted and self._tasks:
            return None if self._has_room(_NEWCOMER) else f"{len(self._line)} articles are waiting, and no more may."
        failures = [slot.failure for slot in self._slots if slot.failure is not None]
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
            raise WorkersDownError(self._slots[0].failure)

    def check_room(self, caller: str = "") -> None:
        """Return where an article of a caller would be accepted now, maybe in the place of another's.

        Raises:
            QueueFullError: As many wait as may.
            WorkersDownError: No engine process can answer now.
        """
        self.check_running()
        self._line.notice(caller)
        if not self._has_room(caller):
            reason = f"The queue is full: {self._places} articles are waiting for a worker."
            raise self._full(reason)

    async def answer(
        self, article: Article | Sent, form: Form = JSON, *, caller: str = "", patient: bool = False, task: Task = "extract"
    ) -> Reply | Refused:
        """The answer in a form, or why the engine does not read the article. Cancelled, it gives up the article's place.

        Args:
            article: What is read; as it was sent, it is decoded there.
            form: In which the answer is written.
            caller: Who sent it; callers share workers and places alike.
            patient: Whether it waits for as long as it takes, behind all who are not patient, and is never refused for want of room.
            task: What is done with it; a draft and its sources are verified as they were sent.

        Raises:
            QueueFullError: As many articles wait as may; or the article waited, and its place was another's due.
            WorkersDownError: No engine process can answer now.
            TooSlowError: It took too long.
            FatalArticleError: Workers die of it.
            EngineFailedError: The engine broke on it.
        """
        if patient:
            self.check_running()
        else:
            self.check_room(caller)
            self._make_room(caller)
        job = Job(Order(article, form.name, echo=self._echo, task=task), caller=caller, patient=patient)
        self._open.add(job.answer)
        self._line.join(job)
        try:
            return await job.answer
        finally:
            self._open.discard(job.answer)
            self._line.leave(job)
            self._left += job.answer.cancelled()

    def figures(self) -> WorkerFigures:
        """How the workers are."""
        replaced = sum((slot.replaced for slot in self._slots), Counter[Cause]())
        return WorkerFigures(
            loaded=sum(slot.loaded for slot in self._slots),
            wanted=self._wanted,
            reading=sum(slot.job is not None for slot in self._slots),
            waiting=len(self._line),
            patient=self._line.patient,
            places=self._places,
            replaced=dict(replaced),
            refused=self._refused,
            left=self._left,
        )

    def _usable(self) -> list[Slot]:
        """The slots that have a worker, or will soon."""
        return [slot for slot in self._slots if slot.failure is None]

    def _held(self) -> int:
        """Articles that wait or are being read; not those of streams, which take nobody's place."""
        return len(self._line) + sum(slot.job is not None and not slot.job.patient for slot in self._slots)

    def _room(self, caller: str) -> int:
        """Articles of a caller that would be accepted now and take nobody's place."""
        usable = len(self._usable())
        kept = usable > 1 and self._line.kept_from(caller)
        return usable - kept + self._places - self._held()

    def _has_room(self, caller: str) -> bool:
        """Whether an article of a caller would be accepted now."""
        return self._room(caller) > 0 or self._line.giving_way(caller) is not None

    def _make_room(self, caller: str) -> None:
        """Where there is no room, let the article that has to give way leave the line."""
        if self._room(caller) <= 0 and (job := self._line.giving_way(caller)) is not None:
            self._line.leave(job)
            job.fail(self._full("A caller with fewer articles took this article's place in the queue."))

    def _full(self, reason: str) -> QueueFullError:
        """What refuses an article."""
        usable = self._usable()
        self._refused += 1
        pace = fmean([slot.pace for slot in usable if slot.pace is not None] or [_FIRST_PACE])
        return QueueFullError(reason, retry_after=max(1, math.ceil(pace * self._held() / len(usable))))

    def _give_up(self) -> None:
        """Where no worker is left that can answer, let nobody wait for one."""
        if not self._usable():
            self._line.fail(WorkersDownError(self._slots[0].failure))
