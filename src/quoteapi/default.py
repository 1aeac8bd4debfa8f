"""The default engine: the one behind `quoteapi.extract`, loaded with the first article and used by one thread at a time.

If a process forked while a thread was reading, its child would get an engine half-way through an article, a lock that nobody releases,
and OpenBLAS in the middle of a product, with locks of its own. So a fork waits until the current article is read. Nothing is in use
then, the child inherits a working engine, and no thread pool has to be touched.
"""

import logging  # noqa: F401  logging registers its fork hooks first; `before` hooks run last to first, so it takes its lock after we have waited
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoteapi.engine import QuoteEngine
    from quoteapi.settings import Settings


class _Default:
    """The shared engine and its locks: a thread takes `turn`, then waits for `lock` while holding it, so that no other thread overtakes it.

    Both are reentrant, so that a thread which forks while it reads, as a signal handler may, does not wait for itself.
    """

    turn = threading.RLock()
    lock = threading.RLock()
    engine: "QuoteEngine | None" = None
    settings: "Settings | None" = None


@contextmanager
def default_engine(settings: "Settings | None" = None) -> Iterator["QuoteEngine"]:
    """Gives this thread exclusive use of the engine, which the first call creates.

    Args:
        settings: Its settings; an engine with others is replaced. None accepts any engine, and reads the environment to create one.

    Raises:
        PeopleFileError: The file QUOTEAPI_PEOPLE cannot be read.
        SettingsError: A variable is misspelt or out of its range.
        WeightsMissingError: The package has no trained pipeline.
    """
    with _Default.turn:
        _Default.lock.acquire()
    try:
        if _Default.engine is None or settings not in {None, _Default.settings}:
            from quoteapi.engine import QuoteEngine  # noqa: PLC0415  keeps the import of the package cheap
            from quoteapi.settings import read_settings  # noqa: PLC0415  the same

            _Default.settings = settings or read_settings()
            _Default.engine = QuoteEngine.configured(_Default.settings)
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
