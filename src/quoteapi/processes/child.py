"""The child: what runs in a worker process, and in the fork server that workers are forked from.

Where the system has fork servers, one process loads the engine once; each worker is forked from it in a moment and shares the memory of
what was loaded (until it writes there). Elsewhere, and where the fork server has another engine, or none, the worker loads its own.
"""

import faulthandler
import os
import signal
from contextlib import suppress
from socket import socket
from typing import NamedTuple

import msgspec

from quoteapi.processes.frames import Failed, Loaded, Report, Unloadable, framed, next_order
from quoteapi.processes.reading import EngineFailedError, EngineUnavailableError, Order, Reader, load_engine, reply_to, settle
from quoteapi.settings import Settings

SHARED_ENGINE = "_QUOTEAPI_SHARED_ENGINE"
"""Variable that tells a fork server what to load: an encoded `EngineSource`; a fork server takes no arguments."""
LOADING_LIMIT = 120.0
"""Seconds in which an engine is loaded, or else something is wrong; far more than it takes from a slow disk."""
NICENESS = 5
"""How far workers stand back, so that the process that answers HTTP gets a core at once when it needs one."""


class EngineSource(msgspec.Struct, frozen=True):
    """Which engine is meant: what makes it, and the settings that it is made from."""

    maker: str
    settings: Settings

    def encoded(self) -> str:
        """As text, for a variable."""
        return msgspec.json.encode(self).decode()


class Shared(NamedTuple):
    """An engine that the fork server has loaded."""

    source: EngineSource
    reader: Reader


class _ForkServer:
    """What workers that are forked from this process find in it."""

    shared: Shared | None = None


def share_engine() -> None:
    """In a fork server: load the engine that the variable asks for, for the workers to come.

    A failure is left to them: each then loads for itself, and tells what is wrong.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it ends when its parent and all its workers have
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not survive a fork
    faulthandler.dump_traceback_later(LOADING_LIMIT, exit=True)  # whoever starts a worker waits for this
    with suppress(KeyError, msgspec.DecodeError, EngineUnavailableError):
        source = msgspec.json.decode(os.environ[SHARED_ENGINE], type=EngineSource)
        _ForkServer.shared = Shared(source, load_engine(source.settings, source.maker))
    faulthandler.cancel_dump_traceback_later()


def run_worker(link: socket, source: EngineSource) -> None:
    """A worker's life: it tells when it is loaded, then answers one article after the other until the parent closes the link."""
    settle()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with link, suppress(ConnectionError):  # the parent may stop listening at any moment
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
    """What becomes of an article."""
    try:
        return reply_to(reader, order)
    except EngineFailedError as error:
        return Failed(str(error))
