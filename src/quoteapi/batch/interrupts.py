"""Interrupts: Ctrl-C stops a run at once, even while it waits for input."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a new event loop, as `asyncio.run` does."""
    with asyncio.Runner() as runner, _woken_by_signals(runner.get_loop()):
        runner.run(work)


@contextmanager
def _woken_by_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Wake the loop for every signal, whichever thread receives it.

    Python handles signals between two steps of the main thread. A signal that arrives after the last step before the loop waits, or that
    the system delivers to another thread, would be handled only at the loop's next event: with a silent input, never.
    """
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():  # the loop on Windows does this itself
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
