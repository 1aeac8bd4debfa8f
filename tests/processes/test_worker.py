"""A worker: it reads, refuses, breaks, hangs and dies, and its parent hears of each."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from quoteapi.errors import EmptyTextError
from quoteapi.processes import (
    ENGINE,
    EngineFailedError,
    EngineSource,
    EngineUnavailableError,
    Order,
    Refused,
    Reply,
    Worker,
    WorkerEndedError,
)
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article

T = TypeVar("T")
PATIENCE = 120.0
"""Seconds after which something hangs."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; an error where it hangs."""
    return asyncio.run(asyncio.wait_for(work, PATIENCE))


async def employed(maker: str, settings: Settings | None = None) -> Worker:
    """A worker that can read."""
    worker = await Worker.start(EngineSource(maker, settings or Settings()))
    await worker.load()
    return worker


async def read(worker: Worker, text: str, *, limit: float = PATIENCE) -> Reply | Refused:
    """What becomes of a text."""
    return await worker.read(Order(Article(text=text)), limit=limit)


def test_it_answers_with_the_shipped_engine() -> None:
    """As JSON, one article after the other; a refusal comes with its reason."""

    async def work() -> list[Reply | Refused]:
        worker = await employed(ENGINE)
        outcomes = [await read(worker, text) for text in ("“Hi,” said Jane Roe.", " ", "“No,” said Jane Roe.")]
        await worker.stop()
        return outcomes

    first, refused, last = run(work())
    assert isinstance(first, Reply)
    assert msgspec.json.decode(first.body, type=Answer).quotes[0].text == "Hi,"
    assert isinstance(refused, Refused)
    assert refused.error is EmptyTextError
    assert isinstance(last, Reply)
    assert msgspec.json.decode(last.body, type=Answer).quotes[0].text == "No,"


def test_an_error_of_the_engine_is_told_without_the_articles_words() -> None:
    """And the worker reads on."""

    async def work() -> tuple[str, Reply | Refused]:
        worker = await employed("poisoned:make")
        with pytest.raises(EngineFailedError) as caught:
            await read(worker, "raise xylophones")
        after = await read(worker, "fine")
        await worker.stop()
        return str(caught.value), after

    told, after = run(work())
    assert "KeyError in fail, poisoned.py line" in told
    assert "xylophones" not in told
    assert isinstance(after, Reply)


@pytest.mark.parametrize("text", ["die", "leak"])
def test_a_death_is_told_at_once(text: str) -> None:
    """A process that is killed, and one that has no memory left and so had better end."""

    async def work() -> None:
        worker = await employed("poisoned:make")
        with pytest.raises(WorkerEndedError):
            await read(worker, text)
        with pytest.raises(WorkerEndedError):
            await read(worker, "fine")
        await worker.stop()

    run(work())


def test_an_idle_workers_death_is_noticed() -> None:
    """Nobody has to send it an article first."""

    async def work() -> None:
        worker = await employed("poisoned:make")
        ending = asyncio.ensure_future(worker.ended())
        os.kill(worker.pid, signal.SIGKILL)
        await ending
        await worker.stop()

    run(work())


def test_a_worker_that_hangs_is_given_up_at_the_limit_and_killed() -> None:
    """It would not end by itself."""

    async def work() -> int:
        worker = await employed("poisoned:make")
        with pytest.raises(TimeoutError):
            await read(worker, "hang", limit=0.2)
        await worker.stop(at_once=True)
        return worker.pid

    pid = run(work())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("text", ["fine", "hang"])
def test_a_stopped_process_does_not_stop_its_parent(text: str) -> None:
    """Also where an article is larger than what the system takes in on its way."""

    async def work() -> None:
        worker = await employed("poisoned:make")
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(TimeoutError):
            await read(worker, f"{text} {'x' * 3_000_000}", limit=0.2)
        await worker.stop(at_once=True)

    run(work())


def test_one_death_is_no_matter_to_another_worker() -> None:
    """Whatever it was doing."""

    async def work() -> Reply | Refused:
        dying, reading = await employed("poisoned:make"), await employed("poisoned:make")
        beside = asyncio.ensure_future(read(reading, "fine"))
        with pytest.raises(WorkerEndedError):
            await read(dying, "die")
        await dying.stop()
        await beside
        after = await read(reading, "fine")
        await reading.stop()
        return after

    assert isinstance(run(work()), Reply)


@pytest.mark.parametrize(
    ("maker", "settings", "reason"),
    [
        (ENGINE, Settings(pipeline="no-such-pipeline"), "no-such-pipeline"),
        ("poisoned:refuse", Settings(), "bottom of the harbour"),
        ("poisoned:nothing", Settings(), "AttributeError"),
    ],
)
def test_an_engine_that_cannot_be_loaded_is_told_with_the_reason(maker: str, settings: Settings, reason: str) -> None:
    """Whoever raised it."""

    async def work() -> None:
        worker = await Worker.start(EngineSource(maker, settings))
        with pytest.raises(EngineUnavailableError, match=reason):
            await worker.load()
        await worker.stop()

    run(work())


def test_a_death_while_loading_is_told() -> None:
    """Such as where the memory does not suffice for an engine."""

    async def work() -> None:
        worker = await Worker.start(EngineSource("poisoned:collapse", Settings()))
        with pytest.raises(WorkerEndedError):
            await worker.load()
        await worker.stop()

    run(work())


@pytest.mark.skipif(not hasattr(os, "nice"), reason="no priorities")
def test_it_stands_back() -> None:
    """Whoever answers HTTP comes first."""

    async def work() -> int:
        worker = await employed("poisoned:make")
        priority = os.getpriority(os.PRIO_PROCESS, worker.pid)
        await worker.stop()
        return priority

    assert run(work()) > os.getpriority(os.PRIO_PROCESS, 0)


def test_a_start_that_is_given_up_leaves_no_link_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where no thread was free to begin it."""
    links: list[socket.socket] = []
    pair = socket.socketpair

    def noted() -> tuple[socket.socket, socket.socket]:
        links.extend(two := pair())
        return two

    async def work() -> None:
        loop, free = asyncio.get_running_loop(), threading.Event()
        loop.set_default_executor(ThreadPoolExecutor(1))
        busy = loop.run_in_executor(None, free.wait)
        with monkeypatch.context() as patched:
            patched.setattr(socket, "socketpair", noted)
            starting = asyncio.ensure_future(Worker.start(EngineSource("poisoned:make", Settings())))
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        free.set()
        await busy

    run(work())
    assert [link.fileno() for link in links] == [-1, -1]


def test_a_stop_meant_for_all_processes_is_the_parents_to_decide(tmp_path: Path) -> None:
    """Ctrl-C and systemd send their signals to the workers, too: they finish what they read."""

    async def work() -> Reply | Refused:
        worker = await employed("poisoned:make")
        reading = asyncio.ensure_future(read(worker, f"wait-for {tmp_path / 'marker'}"))
        await asyncio.sleep(0)
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(worker.pid, number)
        (tmp_path / "marker").touch()
        reply = await reading
        await worker.stop()
        return reply

    assert isinstance(run(work()), Reply)
