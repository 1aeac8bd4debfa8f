"""Workers, with an engine that misbehaves when it is told to: everything accepted is answered, one way or the other."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from quoteapi.api.workers import QueueFullError, Workers, WorkersDownError
from quoteapi.processes import EngineFailedError, FatalArticleError, Refused, Reply, TooSlowError
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article

PATIENCE = 120.0
"""Seconds after which something hangs."""


def run(work: Callable[[Workers], Awaitable[None]], *, engine: str = "poisoned:make", **settings: float) -> None:
    """Let the work have workers that run; an error where it hangs."""

    async def worked() -> None:
        workers = Workers(msgspec.convert({"workers": 1, **settings}, Settings), engine=engine)
        workers.start()
        try:
            await asyncio.wait_for(work(workers), PATIENCE)
        finally:
            await asyncio.wait_for(workers.stop(), PATIENCE)

    asyncio.run(worked())


async def until(condition: Callable[[], bool]) -> None:
    """Return once the condition holds."""
    while not condition():  # noqa: ASYNC110  what processes do raises no event here
        await asyncio.sleep(0.01)


def sent(workers: Workers, text: str, *, caller: str = "") -> "asyncio.Task[Reply | Refused]":
    """An article on its way."""
    return asyncio.ensure_future(workers.answer(Article(text=text), caller=caller))


def reader_of(reply: Reply | Refused) -> int:
    """The number of the process that read an article."""
    assert isinstance(reply, Reply)
    return int(msgspec.json.decode(reply.body, type=Answer).engine.pipeline)


def test_an_answer_tells_how_long_it_took(tmp_path: Path) -> None:
    """Waiting and being read, each in seconds."""

    async def work(workers: Workers) -> None:
        first, second = sent(workers, f"wait-for {tmp_path / 'marker'}"), sent(workers, "fine")
        await until(lambda: workers.figures().reading == 1)
        await asyncio.sleep(0.05)
        (tmp_path / "marker").touch()
        replies = await first, await second
        assert all(isinstance(reply, Reply) for reply in replies)
        assert replies[0].read >= 0.05
        assert replies[1].waited >= 0.05

    run(work)


def test_readiness_tells_what_is_missing() -> None:
    """Not started, loading, ready, stopped."""

    async def work() -> None:
        workers = Workers(Settings(workers=1), engine="poisoned:make")
        assert "starting" in str(workers.why_not_ready())
        with pytest.raises(WorkersDownError):
            await workers.answer(Article(text="fine"))
        workers.start()
        assert workers.why_not_ready() == "0 of 1 engines are loaded."
        await until(lambda: workers.why_not_ready() is None)
        await workers.stop()
        assert "stopping" in str(workers.why_not_ready())

    asyncio.run(asyncio.wait_for(work(), PATIENCE))


def test_what_is_accepted_before_the_engines_are_loaded_is_answered() -> None:
    """It waits in the line."""

    async def work(workers: Workers) -> None:
        assert workers.why_not_ready() is not None
        assert isinstance(await workers.answer(Article(text="fine")), Reply)

    run(work)


def test_the_line_is_bounded_and_who_finds_it_full_is_told_when_to_come_back(tmp_path: Path) -> None:
    """One is read, two wait, the fourth is refused; with a place free again it is accepted."""

    async def work(workers: Workers) -> None:
        marker = tmp_path / "marker"
        accepted = [sent(workers, f"wait-for {marker}") for _ in range(3)]
        await until(lambda: workers.figures().reading == 1)
        with pytest.raises(QueueFullError) as caught:
            await workers.answer(Article(text="fine"))
        assert caught.value.retry_after >= 1
        figures = workers.figures()
        assert (figures.waiting, figures.places, figures.refused, figures.loaded, figures.wanted) == (2, 2, 1, 1, 1)
        marker.touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(*accepted))
        assert isinstance(await workers.answer(Article(text="fine")), Reply)

    run(work)


def test_who_fills_the_line_gives_places_up_to_others_and_the_service_stays_ready_for_them(tmp_path: Path) -> None:
    """The newest article of whoever has most is refused; when everybody has one, nobody else is let in."""

    async def work(workers: Workers) -> None:
        marker = tmp_path / "marker"
        greedy = [sent(workers, f"wait-for {marker}", caller="greedy") for _ in range(3)]
        await until(lambda: workers.figures().reading == 1)
        with pytest.raises(QueueFullError):
            workers.check_room("greedy")
        assert workers.why_not_ready() is None
        others = [sent(workers, "fine", caller=name) for name in ("first", "second")]
        for refused in (greedy[2], greedy[1]):
            with pytest.raises(QueueFullError, match="fewer articles") as caught:
                await refused
            assert caught.value.retry_after >= 1
        with pytest.raises(QueueFullError):
            workers.check_room("third")
        assert "2 articles are waiting" in str(workers.why_not_ready())
        marker.touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(greedy[0], *others))
        assert workers.why_not_ready() is None

    run(work)


def test_in_company_nobody_gets_every_worker(tmp_path: Path) -> None:
    """One of two is kept for whoever else comes, and a place with it; who is alone has both."""

    async def work(workers: Workers) -> None:
        markers = [tmp_path / "first", tmp_path / "second"]
        await until(lambda: workers.why_not_ready() is None)
        alone = [sent(workers, f"wait-for {markers[0]}", caller="greedy") for _ in range(2)]
        await until(lambda: workers.figures().reading == 2)
        markers[0].touch()
        await asyncio.gather(*alone)
        assert isinstance(await sent(workers, "fine", caller="other"), Reply)
        greedy = [sent(workers, f"wait-for {markers[1]}", caller="greedy") for _ in range(3)]
        await until(lambda: workers.figures().reading == 1)
        with pytest.raises(QueueFullError):
            workers.check_room("greedy")
        for _ in range(5):
            assert isinstance(await sent(workers, "fine", caller="other"), Reply)
        assert (workers.figures().reading, workers.figures().waiting) == (1, 2)
        markers[1].touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(*greedy))

    run(work, workers=2)


def test_a_long_article_may_take_longer() -> None:
    """Seconds are added for its length; the same engine hangs on both."""

    async def work(workers: Workers) -> None:
        long = sent(workers, "hang " + "x" * 1_995)
        with pytest.raises(TooSlowError, match=r"after 1\.5 seconds, the limit for its length"):
            await long
        with pytest.raises(TooSlowError, match=r"after 0\.502 seconds"):
            await sent(workers, "hang")

    run(work, time_limit=0.5, time_limit_per_thousand=0.5)


def test_articles_of_streams_are_never_refused_and_take_nobodys_place(tmp_path: Path) -> None:
    """Fifty of them wait; a caller finds as much room as on an idle server, and is next."""

    async def work(workers: Workers) -> None:
        markers = [tmp_path / "first", tmp_path / "second"]
        streams = [asyncio.ensure_future(workers.answer(Article(text=f"wait-for {marker}"), low_priority=True)) for marker in markers]
        streams += [asyncio.ensure_future(workers.answer(Article(text="fine"), low_priority=True)) for _ in range(50)]
        await until(lambda: workers.figures().reading == 1)
        assert workers.why_not_ready() is None
        callers = [sent(workers, "fine") for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError):
            await workers.answer(Article(text="fine"))
        figures = workers.figures()
        assert (figures.reading, figures.waiting, figures.low_priority) == (1, 3, 51)
        markers[0].touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(*callers))
        assert [stream.done() for stream in streams].count(True) == 1
        streams[-1].cancel()
        await asyncio.gather(streams[-1], return_exceptions=True)
        assert workers.figures().low_priority <= 50
        markers[1].touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(*streams[:-1]))

    run(work)


def test_no_place_to_wait_means_that_a_free_worker_is_needed(tmp_path: Path) -> None:
    """A queue of none is allowed."""

    async def work(workers: Workers) -> None:
        reading = sent(workers, f"wait-for {tmp_path / 'marker'}")
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError):
            await workers.answer(Article(text="fine"))
        (tmp_path / "marker").touch()
        assert isinstance(await reading, Reply)

    run(work, queue_size=0)


def test_who_leaves_the_line_is_never_read(tmp_path: Path) -> None:
    """The place is free at once, and the article, which would kill the worker, does nothing."""

    async def work(workers: Workers) -> None:
        marker = tmp_path / "marker"
        reading, leaving, staying = sent(workers, f"wait-for {marker}"), sent(workers, "die"), sent(workers, "fine")
        await until(lambda: workers.figures().reading == 1)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        assert workers.figures().waiting == 1
        marker.touch()
        assert reader_of(await reading) == reader_of(await staying)
        assert (workers.figures().replaced, workers.figures().left) == ({}, 1)

    run(work)


def test_who_leaves_while_being_read_costs_the_neighbours_nothing(tmp_path: Path) -> None:
    """The worker finishes it, and goes on with the next."""

    async def work(workers: Workers) -> None:
        marker = tmp_path / "marker"
        leaving, staying = sent(workers, f"wait-for {marker}"), sent(workers, "fine")
        await until(lambda: workers.figures().reading == 1)
        leaving.cancel()
        marker.touch()
        assert isinstance(await staying, Reply)
        assert workers.figures().replaced == {}

    run(work)


def test_an_article_that_takes_too_long_is_stopped_and_its_neighbours_are_answered() -> None:
    """The one that waited behind it by another worker."""

    async def work(workers: Workers) -> None:
        await until(lambda: workers.why_not_ready() is None)
        before = reader_of(await workers.answer(Article(text="fine")))
        slow, behind = sent(workers, "hang"), sent(workers, "fine")
        with pytest.raises(TooSlowError, match="QUOTEAPI_TIME_LIMIT"):
            await slow
        assert reader_of(await behind) != before
        assert workers.figures().replaced == {"too-slow": 1}

    run(work, time_limit=1.0)


def test_an_article_whose_worker_dies_is_read_by_another_before_those_behind_it(tmp_path: Path) -> None:
    """The caller hears nothing of it."""

    async def work(workers: Workers) -> None:
        done: list[str] = []
        dying, behind = sent(workers, f"die-once {tmp_path / 'marker'}"), sent(workers, "fine")
        dying.add_done_callback(lambda _: done.append("dying"))
        behind.add_done_callback(lambda _: done.append("behind"))
        assert reader_of(await dying) == reader_of(await behind)
        assert done == ["dying", "behind"]
        assert workers.figures().replaced == {"died": 1}

    run(work)


@pytest.mark.parametrize("text", ["die", "leak"])
def test_an_article_of_which_two_workers_die_is_given_up(text: str) -> None:
    """With words that say so; those behind it are answered."""

    async def work(workers: Workers) -> None:
        dying, behind = sent(workers, text), sent(workers, "fine")
        with pytest.raises(FatalArticleError, match="do not send it again"):
            await dying
        assert isinstance(await behind, Reply)
        assert workers.figures().replaced == {"died": 2}

    run(work)


def test_an_article_on_which_the_engine_breaks_costs_no_worker() -> None:
    """The error is the caller's answer."""

    async def work(workers: Workers) -> None:
        with pytest.raises(EngineFailedError, match="KeyError"):
            await workers.answer(Article(text="raise words"))
        assert isinstance(await workers.answer(Article(text=" ")), Refused)
        assert isinstance(await workers.answer(Article(text="fine")), Reply)
        assert workers.figures().replaced == {}

    run(work)


def test_an_idle_worker_that_is_killed_is_replaced() -> None:
    """Before anybody sends it an article, and however often."""

    async def work(workers: Workers) -> None:
        worker = reader_of(await workers.answer(Article(text="fine")))
        os.kill(worker, signal.SIGKILL)
        await until(lambda: workers.figures().replaced == {"died": 1} and workers.why_not_ready() is None)
        for killed in (2, 3):
            os.kill(multiprocessing.active_children()[-1].pid or 0, signal.SIGKILL)
            await until(lambda killed=killed: workers.figures().replaced == {"died": killed} and workers.why_not_ready() is None)
        assert reader_of(await workers.answer(Article(text="fine"))) != worker

    run(work)


@pytest.mark.parametrize(
    ("engine", "reason"), [("poisoned:refuse", "bottom of the harbour"), ("poisoned:collapse", "died while it loaded")]
)
def test_engines_that_cannot_be_loaded_are_told_of_and_tried_again_after_a_pause(engine: str, reason: str) -> None:
    """Whoever waits or comes is sent away with the reason; a worker is not started over and over without a pause."""

    async def work(workers: Workers) -> None:
        waiting = sent(workers, "fine")
        with pytest.raises(WorkersDownError, match=reason):
            await waiting
        with pytest.raises(WorkersDownError, match=reason):
            workers.check_room()
        assert reason in str(workers.why_not_ready())
        await until(lambda: workers.figures().replaced.get("not-loaded", 0) == 2)
        assert reason in str(workers.why_not_ready())

    run(work, engine=engine)


def test_the_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as long each time, up to half a minute."""
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    async def work(_: Workers) -> None:
        monkeypatch.setattr("quoteapi.processes.supervisor.asyncio.sleep", noted)
        while len([pause for pause in pauses if pause >= 0.5]) < 9:
            await sleep(0.01)

    run(work, engine="poisoned:refuse")
    assert [pause for pause in pauses if pause >= 0.5][:9] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_stopping_answers_what_was_accepted_and_refuses_what_comes(tmp_path: Path) -> None:
    """What is read, and what waits."""

    async def work(workers: Workers) -> None:
        accepted = [sent(workers, f"wait-for {tmp_path / 'marker'}") for _ in range(3)]
        await until(lambda: workers.figures().reading == 1)
        stopping = asyncio.ensure_future(workers.stop())
        await asyncio.sleep(0)
        with pytest.raises(WorkersDownError, match="stopping"):
            await workers.answer(Article(text="fine"))
        (tmp_path / "marker").touch()
        assert all(isinstance(reply, Reply) for reply in await asyncio.gather(*accepted))
        await stopping

    run(work)


def test_stopping_waits_for_nobody_who_left() -> None:
    """A worker that hangs on an article without a caller is killed."""

    async def work(workers: Workers) -> None:
        leaving = sent(workers, "hang")
        await until(lambda: workers.figures().reading == 1)
        leaving.cancel()

    run(work, time_limit=10_000)


def test_articles_are_spread_over_all_workers(tmp_path: Path) -> None:
    """Two at once with two workers."""

    async def work(workers: Workers) -> None:
        reading = [sent(workers, f"wait-for {tmp_path / 'marker'}") for _ in range(2)]
        await until(lambda: workers.figures().reading == 2)
        (tmp_path / "marker").touch()
        first, second = await asyncio.gather(*reading)
        assert reader_of(first) != reader_of(second)

    run(work, workers=2)
