"""Interrupts: work that Ctrl-C ends at once, also while nothing else happens."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


def run(work: Coroutine[Any, Any, None]) -> None:
    """Do the work in an event loop of its own, as `asyncio.run` does."""
    with asyncio.Runner() as runner, _woken_by_signals(runner.get_loop()):
        runner.run(work)


@contextmanager
def _woken_by_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Wake the loop for every signal, wherever it hits.

    Python looks at signals between two steps of the main thread. One that comes after the last step before the loop waits, or that the
    system gives to another thread, would be looked at when the loop has something else to do: with a silent input, never.
    """
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():  # Windows' loop does it by itself
        yield
        return
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        theirs.settimeout(0)
        loop.add_reader(ours, ours.recv, 4096)
        before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            loop.remove_reader(ours)
