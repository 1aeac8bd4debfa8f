"""The code that runs in a worker process, and in the fork server from which workers are forked.

On platforms with a fork server, one process loads the engine once; each worker is forked from it in a moment and shares its memory
(copy-on-write). On other platforms, or if the fork server has a different engine or none, the worker loads its own.
"""

import faulthandler
import os
import signal
from contextlib import suppress
from socket import socket
from typing import NamedTuple

import msgspec

from quoteapi.processes.engine_process import (
    EngineFailedError,
    EngineUnavailableError,
    Order,
    Reader,
    become_engine_process,
    load_engine,
    reply_to,
)
from quoteapi.processes.frames import Failed, Loaded, Report, Unloadable, framed, next_order
from quoteapi.settings import Settings

SHARED_ENGINE = "_QUOTEAPI_SHARED_ENGINE"
"""Environment variable with the engine that the fork server loads, an encoded `EngineSource`; a fork server takes no arguments."""
LOADING_LIMIT = 120.0
"""Seconds after which loading an engine counts as failed; far longer than a slow disk needs."""
NICENESS = 5
"""Niceness of workers, so that the process that serves HTTP gets a core as soon as it needs one."""


class EngineSource(msgspec.Struct, frozen=True):
    """Identifies an engine: the import path of its factory (`module:name`), and the settings that the factory takes."""

    maker: str
    settings: Settings

    def encoded(self) -> str:
        """Return this as JSON, for an environment variable."""
        return msgspec.json.encode(self).decode()


class Shared(NamedTuple):
    """An engine that the fork server has loaded."""

    source: EngineSource
    reader: Reader


class _ForkServer:
    """The state of a fork server, which the workers forked from it inherit."""

    shared: Shared | None = None


def share_engine() -> None:
    """Load, in the fork server, the engine that `SHARED_ENGINE` names, for future workers to share.

    Failures are ignored here: each worker then loads its own engine and reports what is wrong.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it ends once its parent and all its workers have ended
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not survive a fork
    faulthandler.dump_traceback_later(LOADING_LIMIT, exit=True)  # starting a worker waits for this
    with suppress(KeyError, msgspec.DecodeError, EngineUnavailableError):
        source = msgspec.json.decode(os.environ[SHARED_ENGINE], type=EngineSource)
        _ForkServer.shared = Shared(source, load_engine(source.settings, source.maker))
    faulthandler.cancel_dump_traceback_later()


def run_worker(link: socket, source: EngineSource) -> None:
    """Run a worker: report that its engine is loaded, then carry out one order after another until the parent closes the link."""
    become_engine_process()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with link, suppress(ConnectionError):  # the parent may close the link at any moment
        shared = _ForkServer.shared
        if shared is not None and shared.source == source:
            reader = shared.reader
        else:
            shared = None
            try:
                reader = load_engine(source.settings, source.maker)
            except EngineUnavailableError as error:
                link.sendall(framed(Unloadable(str(error))))
                return
        link.sendall(framed(Loaded(shared=shared is not None)))
        with link.makefile("rb") as orders:
            while (order := next_order(orders)) is not None:
                link.sendall(framed(_report(reader, order)))


def _report(reader: Reader, order: Order) -> Report:
    """Carry out an order and return the report for the parent."""
    try:
        return reply_to(reader, order)
    except EngineFailedError as error:
        return Failed(str(error))
