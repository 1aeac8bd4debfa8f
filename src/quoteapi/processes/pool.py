"""A pool of engine processes, by the standard library, for a run over a file: whoever runs it waits, and nobody is in a hurry.

Processes are spawned, never forked: the parent may hold threads, and it never loads the engine itself.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from quoteapi.processes.reading import EngineUnavailableError, Order, Reader, Refused, load_engine, reply_to, settle
from quoteapi.settings import Settings
from quoteapi.structs import Article


class _Process:
    """What one engine process holds: its engine, or why there is none."""

    engine: Reader | None = None
    failure: str = "The engine has not been loaded."


def engine_pool(settings: Settings) -> ProcessPoolExecutor:
    """A pool of `settings.worker_count` engine processes; they start with the first jobs.

    Args:
        settings: Says what engine each process loads.
    """
    return ProcessPoolExecutor(
        settings.worker_count, mp_context=multiprocessing.get_context("spawn"), initializer=_load, initargs=(settings,)
    )


def check_engine() -> None:
    """Job: tell whether the process can answer.

    Raises:
        EngineUnavailableError: Its engine could not be loaded.
    """
    _engine()


def answer_article(article: Article) -> bytes | Refused:
    """Job: the answer as JSON, or why the article is not read.

    Raises:
        EngineUnavailableError: The process has no engine.
        EngineFailedError: The engine raised an error that it does not document.
    """
    try:
        reply = reply_to(_engine(), Order(article))
    except MemoryError:
        os._exit(1)  # gives the memory back; whoever runs the pool reads the article again, alone
    return reply if isinstance(reply, Refused) else reply.body


def _load(settings: Settings) -> None:
    """Load this process's engine. A failure is kept for the jobs to tell: raised here, it would only break the pool."""
    settle()
    try:
        _Process.engine = load_engine(settings)
    except EngineUnavailableError as error:
        _Process.failure = str(error)


def _engine() -> Reader:
    """This process's engine."""
    if _Process.engine is None:
        raise EngineUnavailableError(_Process.failure)
    return _Process.engine
