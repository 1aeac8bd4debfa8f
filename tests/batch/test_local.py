"""The local runner: order kept, memory bounded, and no article that stops a run."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import aclosing
from itertools import count

import pytest

from quoteapi.batch.local import AHEAD, answer_tasks
from quoteapi.batch.records import Place, Reject, Task
from quoteapi.processes import EngineSource, EngineUnavailableError
from quoteapi.settings import Settings
from quoteapi.structs import Article


def task(number: int, text: str) -> Task:
    """An article in its place."""
    return Task(Place("in.jsonl", number, "line", number), Article(text=text, id=str(number)))


def told(
    items: Iterable[Task | Reject], *, engine: str = "poisoned:make", workers: int = 2, time_limit: float = 60.0
) -> list[tuple[int, str]]:
    """Each outcome's line, and why it was rejected where it was."""

    async def work() -> list[tuple[int, str]]:
        source = EngineSource(engine, Settings(workers=workers, time_limit=time_limit))
        async with aclosing(answer_tasks(items, source)) as outcomes:
            return [(outcome.place.number, outcome.reason if isinstance(outcome, Reject) else "") async for outcome in outcomes]

    return asyncio.run(work())


def test_outcomes_keep_the_order_of_their_tasks() -> None:
    """Articles that take long hold the later ones back, and rejects pass in their place."""
    items: list[Task | Reject] = [task(number, "much 3000000" if number % 3 else "a") for number in range(12)]
    items.insert(5, Reject(Place("in.jsonl", 99, "line", 0), None, "bad"))
    assert told(items) == [(number, "bad" if number == 99 else "") for number in (*range(5), 99, *range(5, 12))]


def test_no_more_is_read_than_is_worked_on() -> None:
    """However long the stream is: what is not passed on yet is bounded, the item that waits for room included."""
    read = 0

    def endless() -> Iterator[Task]:
        nonlocal read
        for number in count():
            read += 1
            yield task(number, "a")

    async def work() -> None:
        async with aclosing(answer_tasks(endless(), EngineSource("poisoned:make", Settings(workers=2)))) as outcomes:
            passed = 0
            async for _ in outcomes:
                assert read <= passed + 2 * AHEAD + 1
                passed += 1
                if passed == 50:
                    return

    asyncio.run(work())


def test_an_article_that_kills_two_processes_is_rejected_alone() -> None:
    """By a crash or by eating its memory. Those in work beside it are answered, in order; so are those after it."""
    outcomes = told(task(number, text) for number, text in enumerate(["a", "die", "b", "c", "leak", "d", "crash"]))
    assert [number for number, _ in outcomes] == list(range(7))
    assert [number for number, reason in outcomes if "died 2 times" in reason] == [1, 4, 6]
    assert all(reason == "" for number, reason in outcomes if number not in {1, 4, 6})


def test_an_article_whose_process_dies_once_is_answered(tmp_path: object) -> None:
    """By the process that takes its place."""
    assert told([task(1, f"die-once {tmp_path}/marker"), task(2, "a")], workers=1) == [(1, ""), (2, "")]


def test_an_article_that_takes_too_long_is_rejected() -> None:
    """With the limit; the run goes on."""
    (_, slow), (_, fine) = told([task(1, "hang-on"), task(2, "a")], workers=1, time_limit=0.5)
    assert "after 0.5" in slow
    assert "QUOTEAPI_TIME_LIMIT" in slow
    assert fine == ""


def test_an_engine_that_fails_on_an_article_says_where_without_the_articles_words() -> None:
    """The error's message may quote the article; it is left out."""
    (_, empty), (_, failed), (_, fine) = told([task(1, " "), task(2, "raise xylophones"), task(3, "a")])
    assert "empty" in empty
    assert "KeyError in fail, poisoned.py line" in failed
    assert "xylophones" not in failed
    assert fine == ""


@pytest.mark.parametrize("engine", ["poisoned:refuse", "poisoned:collapse"])
def test_a_run_without_an_engine_ends(engine: str) -> None:
    """With the reason; no article is taken for a bad one."""
    with pytest.raises(EngineUnavailableError, match=r"harbour|died"):
        told([task(number, "a") for number in range(5)], engine=engine)


def test_what_is_wrong_with_reading_comes_after_the_articles_before() -> None:
    """They are answered first."""

    def broken() -> Iterator[Task]:
        yield task(1, "a")
        raise OSError("the disk is wet")  # noqa: EM101, TRY003  as a system says it

    seen = []

    async def work() -> None:
        async with aclosing(answer_tasks(broken(), EngineSource("poisoned:make", Settings(workers=1)))) as outcomes:
            async for outcome in outcomes:
                seen.append(outcome.place.number)  # noqa: PERF401  what was seen before the error counts

    with pytest.raises(OSError, match="wet"):
        asyncio.run(work())
    assert seen == [1]
