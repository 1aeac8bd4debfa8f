"""The local runner: engine processes on this machine answer tasks in order, with a limited number in flight.

Each article is sent to a process on its own: the overhead per article is a fifth of a millisecond, and reading the shortest one takes ten,
so grouping would gain little; and an article that kills its process affects no other.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress

from quoteapi.batch.records import Answered, Reject, Task
from quoteapi.processes import (
    EngineFailedError,
    EngineSource,
    EngineUnavailableError,
    FatalArticleError,
    Job,
    JobQueue,
    Order,
    Refused,
    Supervisor,
    TooSlowError,
)

AHEAD = 8
"""Items per process that are read but not yet returned, so that a long article does not leave the other processes idle."""


async def answer_tasks(items: Iterable[Task | Reject], source: EngineSource) -> AsyncGenerator[Answered | Reject]:
    """The outcome of each item, in order; rejects pass through. Holds at most `AHEAD` items per process.

    An article that fails, takes too long or kills two processes is rejected; a process that ends is replaced.

    Args:
        items: Consumed by a separate thread, only as fast as there is room for them.
        source: The engine, and the settings for the number of processes and the time limit per article.

    Raises:
        EngineUnavailableError: The engine cannot be loaded.
        Exception: Any error raised while reading the items, after the outcomes of the items before it.
    """
    queue = JobQueue()

    def give_up() -> None:
        if all(supervisor.failure is not None for supervisor in supervisors):
            queue.fail(EngineUnavailableError(supervisors[0].failure))

    settings = source.settings
    supervisors = [Supervisor(source, queue, on_failure=give_up) for _ in range(settings.worker_count)]
    keeping: list[asyncio.Task[None]] = []
    ahead = _Ahead(items, queue, size=AHEAD * len(supervisors))
    try:
        while (held := await ahead.next()) is not None:
            if not keeping:  # load no engine if nothing is left to do
                keeping = [asyncio.create_task(supervisor.run()) for supervisor in supervisors]
            yield await _outcome(*held)
            ahead.make_room()
    finally:
        ahead.close()
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)


class _Ahead:
    """Reads items ahead in a thread, because reading a pipe may block; articles enter the queue at once.

    Args:
        items: The items to read.
        queue: The queue that articles enter.
        size: Maximum number of items held.
    """

    def __init__(self, items: Iterable[Task | Reject], queue: JobQueue, *, size: int) -> None:
        self._items = items
        self._queue = queue
        self._room = threading.Semaphore(size)
        self._closed = False
        self._loop = asyncio.get_running_loop()
        self._held: asyncio.Queue[tuple[Task | Reject, Job | None] | Exception | None] = asyncio.Queue()
        threading.Thread(target=self._read, name="quoteapi reader", daemon=True).start()  # daemon: a silent pipe does not delay exit

    async def next(self) -> tuple[Task | Reject, Job | None] | None:
        """The next item and the job of its article; None after the last one."""
        held = await self._held.get()
        if isinstance(held, Exception):
            raise held
        return held

    def make_room(self) -> None:
        """Allow one more item to be read."""
        self._room.release()

    def close(self) -> None:
        """Stop reading, and abandon the articles in flight."""
        self._closed = True
        self._room.release()
        while not self._held.empty():
            held = self._held.get_nowait()
            if isinstance(held, tuple) and (job := held[1]) and not job.answer.cancel():
                job.answer.exception()  # mark the exception as retrieved: nobody awaits it

    def _read(self) -> None:
        with suppress(RuntimeError):  # the loop has ended
            try:
                for item in self._items:
                    self._room.acquire()
                    if self._closed:
                        return
                    self._loop.call_soon_threadsafe(self._take, item)
            except Exception as error:  # noqa: BLE001  raised again where the items are awaited
                self._loop.call_soon_threadsafe(self._held.put_nowait, error)
            else:
                self._loop.call_soon_threadsafe(self._held.put_nowait, None)

    def _take(self, item: Task | Reject) -> None:
        job = None
        if isinstance(item, Task):
            job = Job(Order(item.article))
            self._queue.join(job)
        self._held.put_nowait((item, job))


async def _outcome(item: Task | Reject, job: Job | None) -> Answered | Reject:
    """The outcome of an item."""
    if isinstance(item, Reject):
        return item
    assert job is not None  # noqa: S101  every task has a job
    try:
        reply = await job.answer
    except (FatalArticleError, TooSlowError) as error:
        return item.rejected(str(error))
    except EngineFailedError as error:
        return item.rejected(f"The engine failed on this article: {error}.")
    return item.rejected(reply.detail) if isinstance(reply, Refused) else item.answered(reply.body)
