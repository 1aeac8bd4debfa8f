"""The local runner: engine processes of this machine answer tasks, in their order, a bounded number of them at a time."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from quoteapi.batch.lines import Answered, Reject, Task
from quoteapi.processes import EngineFailedError, Refused, answer_article

AHEAD = 4
"""Tasks a process that are read ahead, so that a long article does not leave the other processes idle."""


def answer_tasks(
    items: Iterable[Task | Reject], make_pool: Callable[[], ProcessPoolExecutor], *, workers: int
) -> Generator[Answered | Reject]:
    """The outcome of each item, in order; rejects pass through. Holds at most `AHEAD` items a worker.

    A process that dies takes the whole pool along. What was in flight is then read again, one article at a time, so that the one that
    kills its process is known, and is rejected.

    Args:
        items: Read only as far as processes are free for them.
        make_pool: Makes the processes; called again when one has died.
        workers: Processes in the pool.

    Raises:
        EngineUnavailableError: The engine cannot be loaded.
    """
    runner = _Runner(make_pool)
    held: deque[tuple[Task | Reject, Future[bytes | Refused] | None]] = deque()
    try:
        for item in items:
            held.append((item, runner.start(item)))
            if len(held) > AHEAD * workers:
                yield from _settle_first(runner, held)
        while held:
            yield from _settle_first(runner, held)
    finally:
        runner.close()


class _Runner:
    """A pool that can be made anew."""

    def __init__(self, make_pool: Callable[[], ProcessPoolExecutor]) -> None:
        self._make_pool = make_pool
        self._pool = make_pool()

    def start(self, item: Task | Reject) -> Future[bytes | Refused] | None:
        """Hand an item to the processes; None where it is a reject, or where a process has died."""
        if isinstance(item, Reject):
            return None
        try:
            return self._pool.submit(answer_article, item.article)
        except BrokenProcessPool:
            return None

    def replace(self) -> None:
        """Start new processes."""
        self.close()
        self._pool = self._make_pool()

    def close(self) -> None:
        """End the processes; what waits is dropped."""
        self._pool.shutdown(cancel_futures=True)


def _settle_first(runner: _Runner, held: deque[tuple[Task | Reject, Future[bytes | Refused] | None]]) -> Iterator[Answered | Reject]:
    """The outcome of the item that waits longest; of all that wait where a process died."""
    item, future = held[0]
    if outcome := _outcome(item, future):
        held.popleft()
        yield outcome
        return
    runner.replace()
    while held:
        yield _outcome_alone(runner, held.popleft()[0])


def _outcome_alone(runner: _Runner, item: Task | Reject) -> Answered | Reject:
    """The outcome of an item while nothing else is read."""
    if isinstance(item, Reject):
        return item
    if outcome := _outcome(item, runner.start(item)):
        return outcome
    runner.replace()
    return _reject(item, "The process that read this article died.")


def _outcome(item: Task | Reject, future: Future[bytes | Refused] | None) -> Answered | Reject | None:
    """What became of an item; None where its process died."""
    if isinstance(item, Reject):
        return item
    if future is None:
        return None
    try:
        answer = future.result()
    except BrokenProcessPool:
        return None
    except EngineFailedError as error:
        return _reject(item, f"The engine failed on this article: {error}.")
    if isinstance(answer, Refused):
        return _reject(item, answer.detail)
    return Answered(line=item.line, end=item.end, answer=answer)


def _reject(task: Task, reason: str) -> Reject:
    return Reject(line=task.line, end=task.end, id=task.article.id, reason=reason)
