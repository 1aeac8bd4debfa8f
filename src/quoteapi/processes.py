"""Engine processes: a pool in which every process owns one engine, since a spaCy pipeline is for one thread alone.

Processes are spawned, never forked: the parent may hold threads, and it never loads the engine itself.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.settings import Settings
from quoteapi.structs import Article
from quoteapi.timing import Stage

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from quoteapi.engine import QuoteEngine


class EngineUnavailableError(QuoteapiError):
    """The engine could not be loaded; says why."""


class EngineFailedError(QuoteapiError):
    """The engine raised what it should not; says where, without a word of the article."""


class Refused(Struct, frozen=True):
    """An article that the engine does not read, and why. It travels between processes, as the error itself could not."""

    error: type[QuoteapiError]
    detail: str


class Reply(Struct, frozen=True):
    """An article's answer as JSON, its number of quotes, and what it took: seconds of each stage, of waiting and of being read.

    Whoever keeps the queue fills in the last two.
    """

    body: bytes
    quotes: int
    stages: dict[Stage, float]
    waited: float | None = None
    read: float | None = None


class _Process:
    """What one engine process holds: its engine, or why there is none."""

    engine: "QuoteEngine | None" = None
    failure: str = "The engine has not been loaded."


def engine_pool(settings: Settings, *, loaded: "Connection[bytes, bytes] | None" = None) -> ProcessPoolExecutor:
    """A pool of `settings.workers` engine processes; they start with the first jobs.

    Args:
        settings: Says what engine each process loads.
        loaded: The writing end of a pipe, into which every process whose engine is loaded sends a message.
    """
    return ProcessPoolExecutor(
        settings.workers, mp_context=multiprocessing.get_context("spawn"), initializer=_load, initargs=(settings, loaded)
    )


def check_engine() -> None:
    """Job: tell whether the process can answer.

    Raises:
        EngineUnavailableError: Its engine could not be loaded.
    """
    _engine()


def answer_article(article: Article) -> bytes | Refused:
    """Job: the answer of `reply_to` alone."""
    reply = reply_to(article)
    return reply if isinstance(reply, Refused) else reply.body


def reply_to(article: Article) -> Reply | Refused:
    """Job: the answer with what it took, or why the article is not read.

    Raises:
        EngineUnavailableError: The process has no engine.
        EngineFailedError: The engine raised an error that it does not document.
    """
    engine = _engine()
    try:
        timed = engine.extract_timed(article)
        return Reply(msgspec.json.encode(timed.answer), quotes=len(timed.answer.quotes), stages=timed.stages)
    except QuoteapiError as error:
        return Refused(error=type(error), detail=str(error))
    except Exception as error:  # noqa: BLE001  an error of any library; it may quote the article, or not survive the way to the parent
        raise EngineFailedError(_where(error)) from None


def _load(settings: Settings, loaded: "Connection[bytes, bytes] | None") -> None:
    """Load this process's engine. A failure is kept for the jobs to tell: raised here, it would only break the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        from quoteapi.engine import QuoteEngine  # noqa: PLC0415  only engine processes pay for spaCy

        _Process.engine = QuoteEngine.configured(settings)
    except QuoteapiError as error:
        _Process.failure = str(error)
    except Exception as error:  # noqa: BLE001  a wrong pipeline raises whatever its files make spaCy raise
        _Process.failure = f"The engine could not be loaded: {error} ({_where(error)})."
    else:
        if loaded is not None:
            loaded.send_bytes(b"loaded")  # so short a message is written at once: the processes need no lock


def _engine() -> "QuoteEngine":
    """This process's engine."""
    if _Process.engine is None:
        raise EngineUnavailableError(_Process.failure)
    return _Process.engine


def _end_with_parent() -> None:
    """End this process when its parent is gone, killed ones too: a worker without a parent would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _where(error: Exception) -> str:
    """An error's type and the line that raised it, without its message."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {os.path.basename(frame.filename)} line {frame.lineno}"  # noqa: PTH119  a name, no file
