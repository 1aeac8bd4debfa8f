"""The line: who has been given the least work is next, each caller's articles in the order in which they came."""

import asyncio
import json

import msgspec
import pytest

from quoteapi.errors import QuoteapiError
from quoteapi.processes import Job, JobQueue, Order, Refused, Reply
from quoteapi.processes.costs import cost_of
from quoteapi.processes.job_queue import COMPANY, MAX_PASSED
from quoteapi.request import Sent
from quoteapi.structs import Article


def jobs(*texts: str, caller: str = "") -> list[Job]:
    """A job a text."""
    return [Job(Order(Article(text=text)), caller=caller) for text in texts]


async def taken(line: JobQueue, count: int) -> list[str]:
    """The texts of the next jobs."""
    return [(await line.next()).order.article.text for _ in range(count)]


def test_the_oldest_comes_first_and_who_comes_back_before_all() -> None:
    """An article whose worker died has waited for longer than the others."""

    async def work() -> list[str]:
        line = JobQueue()
        a, b, c = jobs("a", "b", "c")
        line.join(a)
        line.join(b)
        line.rejoin(c)
        return await taken(line, 3)

    assert asyncio.run(work()) == ["c", "a", "b"]


def test_who_leaves_is_not_read() -> None:
    """Its place is free at once; to leave twice, or after being taken, changes nothing."""

    async def work() -> tuple[int, list[str]]:
        line = JobQueue()
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
        line = JobQueue()
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
        line = JobQueue()
        waiting = [*jobs("a", "b"), Job(Order(Article(text="s")), low_priority=True)]
        for job in waiting:
            line.join(job)
        line.fail(QuoteapiError("closed"))
        for job in waiting:
            with pytest.raises(QuoteapiError, match="closed"):
                await job.answer
        return len(line) + line.low_priority

    assert asyncio.run(work()) == 0


def test_articles_of_streams_wait_behind_all_others_but_not_for_ever() -> None:
    """However many come, one of a stream is read now and then; those of several streams in the order in which they came."""

    async def work() -> list[str]:
        line = JobQueue()
        for text in ("s1", "t1", "s2", "t2"):
            line.join(Job(Order(Article(text=text)), low_priority=True))
        for job in jobs(*"abcdefghijkl"):
            line.join(job)
        assert (len(line), line.low_priority) == (12, 4)
        return await taken(line, 16)

    assert MAX_PASSED == 8
    assert asyncio.run(work()) == [*"abcdefgh", "s1", *"ijkl", "t1", "s2", "t2"]


def test_who_comes_while_articles_of_streams_wait_is_next() -> None:
    """Also before one whose worker died."""

    async def work() -> list[str]:
        line = JobQueue()
        first, second, third = (Job(Order(Article(text=text)), low_priority=True) for text in ("s1", "s2", "s3"))
        line.join(first)
        line.join(second)
        line.join(third)
        line.leave(second)
        assert (await line.next()).order.article.text == "s1"
        line.rejoin(first)
        line.join(*jobs("a"))
        return await taken(line, 3)

    assert asyncio.run(work()) == ["a", "s1", "s3"]


async def read(line: JobQueue, count: int) -> str:
    """The callers of the next jobs, by their initials, each read before the next is asked for."""
    found = ""
    for _ in range(count):
        job = await line.next()
        found += job.caller[0]
        line.finish(job)
    return found


def test_a_caller_with_many_articles_goes_before_nobody_who_has_few() -> None:
    """The newcomer is next; two who send the same take turns."""

    async def work() -> list[str]:
        line = JobQueue()
        for job in jobs(*"aaaaaa", caller="hog"):
            line.join(job)
        first = await read(line, 2)
        line.join(*jobs("a", caller="mouse"))
        second = await read(line, 2)
        for job in jobs(*"aaa", caller="dog"):
            line.join(job)
        return [first, second, await read(line, 6)]

    assert asyncio.run(work()) == ["hh", "mh", "dhdhdh"]


def test_it_is_work_that_is_shared_and_not_articles() -> None:
    """Whose articles are eight times as long has one in nine, where both always have one that waits."""

    async def work() -> str:
        line = JobQueue()
        for job in jobs(*["x" * 800] * 4, caller="long"):
            line.join(job)
        for job in jobs(*["x" * 100] * 32, caller="short"):
            line.join(job)
        return await read(line, 36)

    order = asyncio.run(work())
    assert order[:1] == "l"
    assert [len(run) for run in order.split("l")[1:]] == [8, 8, 8, 8]


def test_marks_and_reported_speech_are_work_too() -> None:
    """A page of nothing but quotes counts for several of the same length."""
    text = "“No,” said Roe. " * 20
    costs = [cost_of(Article(text=text, include=include)) for text, include in ((" " * 320, []), (text, []), (text, ["indirect"]))]
    assert len(text) == 320
    assert costs == [320, 1_920, 3_520]


@pytest.mark.parametrize(
    ("sent", "marks"),
    [
        (Sent("“No,” said Roe. ".encode() * 20, "text/plain"), 40),
        (Sent(msgspec.json.encode(Article(text="“No,” said Roe. " * 20))), 40),
        (Sent(json.dumps({"text": "“No,” said Roe. " * 20}).encode()), 40),
        (Sent(json.dumps({"text": '"No," said Roe. ' * 20}).encode()), 40),
        (Sent(b'<p class="lead"><a href="/">&ldquo;No,&rdquo;</a> said Roe. ', "text/html"), 2),
        (Sent(json.dumps({"text": '<p class="lead">"No," said Roe.', "format": "html"}).encode()), 2),
    ],
)
def test_what_is_not_decoded_yet_is_as_much_work_as_its_bytes_and_marks(sent: Sent, marks: int) -> None:
    """Marks count however they are written, but not those of JSON and of attributes."""
    assert cost_of(sent) == len(sent.body) + 40 * marks


def test_reported_speech_that_is_asked_for_is_seen_in_what_is_not_decoded_yet() -> None:
    """An article that has the word between marks asks for nothing."""
    asking = Sent(json.dumps({"text": "No, said Roe.", "include": ["indirect"]}).encode())
    saying = Sent(json.dumps({"text": 'The "indirect" way.'}).encode())
    assert cost_of(asking) == 6 * len(asking.body)
    assert cost_of(saying) == len(saying.body) + 80


def test_newcomers_without_end_starve_nobody() -> None:
    """Whoever sends from ever new addresses is let in between, and those that have gone leave nothing behind."""

    async def work() -> tuple[str, int]:
        line = JobQueue()
        for job in jobs(*"aaaaaa", caller="steady"):
            line.join(job)
        found = ""
        for number in range(40):
            line.join(*jobs("a", caller=f"newcomer {number}"))
            found += await read(line, 1)
        return found, len(line._callers)  # noqa: SLF001  what is kept of those who have gone is nobody's to see

    order, known = asyncio.run(work())
    assert order.count("s") == 6
    assert known <= 10


def test_in_company_the_last_free_worker_is_kept_for_those_who_have_none() -> None:
    """For as long as somebody else was about lately; who is alone has all of them, and so has one whom nobody can follow."""

    async def work() -> list[str]:
        now = 0.0
        line = JobQueue(clock=lambda: now)
        for job in jobs(*"abcdef", caller="hog"):
            line.join(job)
        first, second = [await line.next() for _ in range(2)]
        line.join(*jobs("x", caller="mouse"))
        line.finish(first)
        mouse = await line.next()
        told = [mouse.caller]
        line.finish(mouse)
        kept = asyncio.ensure_future(line.next())
        await asyncio.sleep(0.01)
        told.append("kept" if not kept.done() and line.kept_from("hog") and not line.kept_from("mouse") else "given")
        line.finish(second)
        told.append((await kept).order.article.text)
        again = asyncio.ensure_future(line.next())
        await asyncio.sleep(0.01)
        assert not again.done()
        now = COMPANY
        line.join(*jobs("g", caller="hog"))
        told.append((await again).order.article.text)
        line.join(*jobs("x", caller="mouse"))
        await line.next()
        last = asyncio.ensure_future(line.next())
        await asyncio.sleep(0.01)
        assert not last.done()
        line.keep_none()
        return [*told, (await last).order.article.text]

    assert asyncio.run(work()) == ["mouse", "kept", "c", "d", "e"]


def test_who_has_most_gives_a_place_to_who_has_less() -> None:
    """The newest that waits of one who has two more at least; what is read counts, and is never taken away."""

    async def work() -> list[str | None]:
        line = JobQueue()

        def giving(caller: str) -> str | None:
            job = line.giving_way(caller)
            return job and job.order.article.text

        for job in jobs("a", "b", "c", caller="hog"):
            line.join(job)
        await line.next()
        line.join(*jobs("x", caller="mouse"))
        found = [giving("hog"), giving("mouse"), giving("newcomer")]
        line.leave(jobs_of(line, "hog")[-1])
        found.append(giving("mouse"))
        found.append(giving("newcomer"))
        return found

    def jobs_of(line: JobQueue, caller: str) -> list[Job]:
        job = line.giving_way("newcomer")
        assert job is not None
        assert job.caller == caller
        return [job]

    assert asyncio.run(work()) == [None, "c", "c", None, "b"]


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
