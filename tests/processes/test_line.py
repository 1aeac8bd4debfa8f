"""The line: first come, first served, and nobody's place is kept."""

import asyncio

import pytest

from quoteapi.errors import QuoteapiError
from quoteapi.processes import Job, Line, Order, Refused, Reply
from quoteapi.processes.line import MOST_PASSED
from quoteapi.structs import Article


def jobs(*texts: str) -> list[Job]:
    """A job a text."""
    return [Job(Order(Article(text=text))) for text in texts]


async def taken(line: Line, count: int) -> list[str]:
    """The texts of the next jobs."""
    return [(await line.next()).order.article.text for _ in range(count)]


def test_the_oldest_comes_first_and_who_comes_back_before_all() -> None:
    """An article whose worker died has waited for longer than the others."""

    async def work() -> list[str]:
        line = Line()
        a, b, c = jobs("a", "b", "c")
        line.join(a)
        line.join(b)
        line.rejoin(c)
        return await taken(line, 3)

    assert asyncio.run(work()) == ["c", "a", "b"]


def test_who_leaves_is_not_read() -> None:
    """Its place is free at once; to leave twice, or after being taken, changes nothing."""

    async def work() -> tuple[int, list[str]]:
        line = Line()
        a, b, c = jobs("a", "b", "c")
        for job in (a, b, c):
            line.join(job)
        line.leave(b)
        line.leave(b)
        waiting = len(line)
        texts = await taken(line, 2)
        line.leave(a)
        return waiting, texts

    assert asyncio.run(work()) == (2, ["a", "c"])


def test_each_job_goes_to_one_of_those_who_wait_for_it() -> None:
    """A taker who is cancelled takes none along."""

    async def work() -> list[str]:
        line = Line()
        takers = [asyncio.ensure_future(line.next()) for _ in range(3)]
        await asyncio.sleep(0)
        for job in jobs("a", "b"):
            line.join(job)
        takers[0].cancel()
        return sorted([(await taker).order.article.text for taker in takers[1:]])

    assert asyncio.run(work()) == ["a", "b"]


def test_all_who_wait_are_told_when_it_is_in_vain() -> None:
    """And none is left in the line."""

    async def work() -> int:
        line = Line()
        waiting = [*jobs("a", "b"), Job(Order(Article(text="s")), patient=True)]
        for job in waiting:
            line.join(job)
        line.fail(QuoteapiError("closed"))
        for job in waiting:
            with pytest.raises(QuoteapiError, match="closed"):
                await job.answer
        return len(line) + line.patient

    assert asyncio.run(work()) == 0


def test_articles_of_streams_wait_behind_all_others_but_not_for_ever() -> None:
    """However many come, one of a stream is read now and then; those of several streams in the order in which they came."""

    async def work() -> list[str]:
        line = Line()
        for text in ("s1", "t1", "s2", "t2"):
            line.join(Job(Order(Article(text=text)), patient=True))
        for job in jobs(*"abcdefghijkl"):
            line.join(job)
        assert (len(line), line.patient) == (12, 4)
        return await taken(line, 16)

    assert MOST_PASSED == 8
    assert asyncio.run(work()) == [*"abcdefgh", "s1", *"ijkl", "t1", "s2", "t2"]


def test_who_comes_while_articles_of_streams_wait_is_next() -> None:
    """Also before one whose worker died."""

    async def work() -> list[str]:
        line = Line()
        first, second, third = (Job(Order(Article(text=text)), patient=True) for text in ("s1", "s2", "s3"))
        line.join(first)
        line.join(second)
        line.join(third)
        line.leave(second)
        assert (await line.next()).order.article.text == "s1"
        line.rejoin(first)
        line.join(*jobs("a"))
        return await taken(line, 3)

    assert asyncio.run(work()) == ["a", "s1", "s3"]


def test_an_answer_that_nobody_waits_for_is_dropped() -> None:
    """Whoever left does not break the worker's slot."""

    async def work() -> tuple[bool, Reply | Refused]:
        gone, here = jobs("a", "b")
        gone.answer.cancel()
        gone.settle(Reply(b"{}"))
        gone.fail(QuoteapiError("late"))
        here.settle(Reply(b"{}"))
        here.fail(QuoteapiError("late"))
        return gone.answer.cancelled(), await here.answer

    assert asyncio.run(work()) == (True, Reply(b"{}"))
