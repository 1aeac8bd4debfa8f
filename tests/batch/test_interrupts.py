"""Interrupts: Ctrl-C ends work that waits, whichever thread the system gives the signal to."""

import asyncio
import signal
import sys
import threading

import pytest

from quoteapi.batch.interrupts import run


@pytest.mark.skipif(sys.platform == "win32", reason="signals have no threads there")
def test_a_signal_that_reaches_another_thread_wakes_the_loop() -> None:
    """The main thread waits in the system and would not learn of it, as where the signal comes just before it begins to wait."""
    rescued = []

    async def wait_for_nothing() -> None:
        loop = asyncio.get_running_loop()

        def rescue() -> None:  # what no user would do: without it a failure would hang
            rescued.append(True)

        loop.call_later(60, rescue)
        threading.Timer(0.5, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGINT)).start()
        await asyncio.Event().wait()

    with pytest.raises(KeyboardInterrupt):
        run(wait_for_nothing())
    assert rescued == []


def test_what_woke_the_loop_before_does_so_again() -> None:
    """Whoever calls this may have a loop of its own."""

    async def nothing() -> None:
        return

    before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(before)
    run(nothing())
    assert signal.set_wakeup_fd(before) == before
