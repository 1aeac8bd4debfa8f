"""The local runner: engine processes of this machine answer tasks, in their order, a bounded number of them at a time.

An article goes to a process by itself: all that is done for it beside reading it takes a fifth of a millisecond, where the shortest one is
read in ten, so that several at once would win little; and one that kills its process takes no other along.
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
    Line,
    Order,
    Refused,
    Slot,
    TooSlowError,
)

AHEAD = 8
"""Items a process that are held: read and not yet passed on, so that a long article does not leave the other processes idle."""


async def answer_tasks(items: Iterable[Task | Reject], source: EngineSource) -> AsyncGenerator[Answered | Reject]:
    """The outcome of each item, in order; rejects pass through. Holds at most `AHEAD` items a process.

    An article that fails, takes too long, or kills two processes is rejected; a process that ends is replaced.

    Args:
        items: Read by a thread of its own, only as far as there is room for them.
        source: The engine, and the settings that say how many processes have one and how long an article may take.

    Raises:
        EngineUnavailableError: The engine cannot be loaded.
        Exception: Whatever reading the items raises, after the outcomes of those before.
    """
    line = Line()

    def give_up() -> None:
        if all(slot.failure is not None for slot in slots):
            line.fail(EngineUnavailableError(slots[0].failure))

    settings = source.settings
    slots = [Slot(source, line, on_failure=give_up) for _ in range(settings.worker_count)]
    keeping: list[asyncio.Task[None]] = []
    ahead = _Ahead(items, line, size=AHEAD * len(slots))
    try:
        while (held := await ahead.next()) is not None:
            if not keeping:  # where nothing is left to do, no engine is loaded
                keeping = [asyncio.create_task(slot.run()) for slot in slots]
            yield await _outcome(*held)
            ahead.make_room()
    finally:
        ahead.close()
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)


class _Ahead:
    """Items that are read ahead, by a thread, since a pipe may keep whoever reads it waiting; articles join the line at once.

    Args:
        items: What is read.
        line: What articles join.
        size: Items that are held at most.
    """

    def __init__(self, items: Iterable[Task | Reject], line: Line, *, size: int) -> None:
        self._items = items
        self._line = line
        self._room = threading.Semaphore(size)
        self._closed = False
        self._loop = asyncio.get_running_loop()
        self._held: asyncio.Queue[tuple[Task | Reject, Job | None] | Exception | None] = asyncio.Queue()
        threading.Thread(target=self._read, name="quoteapi reader", daemon=True).start()  # a pipe that is silent holds nobody up

    async def next(self) -> tuple[Task | Reject, Job | None] | None:
        """The item that comes next, and the job of its article; None after the last one."""
        held = await self._held.get()
        if isinstance(held, Exception):
            raise held
        return held

    def make_room(self) -> None:
        """Let one more item be read."""
        self._room.release()

    def close(self) -> None:
        """Read no more, and wait for none of the articles that are held."""
        self._closed = True
        self._room.release()
        while not self._held.empty():
            held = self._held.get_nowait()
            if isinstance(held, tuple) and (job := held[1]) and not job.answer.cancel():
                job.answer.exception()  # it is known, and nobody's business any more

    def _read(self) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody listens any more
            try:
                for item in self._items:
                    self._room.acquire()
                    if self._closed:
                        return
                    self._loop.call_soon_threadsafe(self._take, item)
            except Exception as error:  # noqa: BLE001  it is whose who waits for the items, not this thread's
                self._loop.call_soon_threadsafe(self._held.put_nowait, error)
            else:
                self._loop.call_soon_threadsafe(self._held.put_nowait, None)

    def _take(self, item: Task | Reject) -> None:
        job = None
        if isinstance(item, Task):
            job = Job(Order(item.article))
            self._line.join(job)
        self._held.put_nowait((item, job))


async def _outcome(item: Task | Reject, job: Job | None) -> Answered | Reject:
    """What becomes of an item."""
    if isinstance(item, Reject):
        return item
    assert job is not None  # noqa: S101  every task has one
    try:
        reply = await job.answer
    except (FatalArticleError, TooSlowError) as error:
        return item.rejected(str(error))
    except EngineFailedError as error:
        return item.rejected(f"The engine failed on this article: {error}.")
    return item.rejected(reply.detail) if isinstance(reply, Refused) else item.answered(reply.body)
