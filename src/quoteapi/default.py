"""The default engine: the one that `quoteapi.extract` reads with, loaded with the first article, for one thread at a time.

A process that forks while a thread reads would leave its child an engine that is half-way through an article, a lock that nobody gives
back, and OpenBLAS amid a product, with locks of its own. So a fork waits until the article is read: then all of that rests, the child has
the engine as it is, and nobody's thread pools are touched.
"""

import logging  # noqa: F401  its lock is held during a fork, too: whoever registers before waits later, when no thread here needs it
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoteapi.engine import QuoteEngine


class _Default:
    """The engine, and whose it is: a thread takes its turn, and in it waits for the lock, so that it is not passed again and again.

    A thread that reads and forks, as a handler of signals may, need not wait for itself.
    """

    turn = threading.RLock()
    lock = threading.RLock()
    engine: "QuoteEngine | None" = None


@contextmanager
def default_engine() -> Iterator["QuoteEngine"]:
    """The engine, for this thread alone; made with the first call, as the environment's settings say.

    Raises:
        PeopleFileError: The file QUOTEAPI_PEOPLE cannot be read.
        SettingsError: A variable is misspelt or out of its range.
        WeightsMissingError: The package holds no trained pipeline.
    """
    with _Default.turn:
        _Default.lock.acquire()
    try:
        if _Default.engine is None:
            from quoteapi.engine import QuoteEngine  # noqa: PLC0415  importing the package costs nothing until an article is read
            from quoteapi.settings import read_settings  # noqa: PLC0415  the same

            _Default.engine = QuoteEngine.configured(read_settings())
        yield _Default.engine
    finally:
        _Default.lock.release()


def _before_fork() -> None:
    _Default.turn.acquire()
    _Default.lock.acquire()


def _after_fork() -> None:
    _Default.lock.release()
    _Default.turn.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)
