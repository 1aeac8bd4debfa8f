"""Frames: every message arrives as it was sent, and an end is told from a message."""

import asyncio
import io

import pytest

from quoteapi.errors import EmptyTextError
from quoteapi.processes import Order, Refused, Reply
from quoteapi.processes.frames import Failed, Loaded, Report, Unloadable, framed, next_order, next_report
from quoteapi.request import PeopleFileError
from quoteapi.structs import Article, Person

REPORTS = [
    Loaded(shared=True),
    Unloadable("No weights."),
    Failed("KeyError in extract, engine.py line 1"),
    Refused(EmptyTextError, "It is empty."),
    Refused(PeopleFileError, "An error of another module."),
    Reply(b'{"quotes": []}', waited=0.5, read=0.25),
    Reply(b"x" * 300_000),
]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: type(report).__name__)
def test_a_report_arrives_as_it_was_sent(report: Report) -> None:
    """A refusal with the class of its error, so that its problem is found."""

    async def sent() -> Report:
        link = asyncio.StreamReader()
        link.feed_data(framed(report))
        return await next_report(link)

    assert asyncio.run(sent()) == report


def test_orders_arrive_one_by_one_until_the_link_is_closed() -> None:
    """With characters of every plane; also an empty one, which is the engine's to refuse."""
    orders = [
        Order(Article(text="")),
        Order(Article(text="“Café 🚰,” said Roe.", people=[Person(name="Jane Roe")]), "csv"),
        Order(Article(text="x" * 300_000, id="a2")),
    ]
    link = io.BytesIO(b"".join(map(framed, orders)))
    assert [next_order(link) for _ in range(4)] == [*orders, None]


@pytest.mark.parametrize("length", [0, 1, 3, 4, 20])
def test_what_is_cut_off_is_an_end(length: int) -> None:
    """A worker that is killed in the middle of a message has not sent it."""

    async def cut() -> Report:
        link = asyncio.StreamReader()
        link.feed_data(framed(REPORTS[2])[:length])
        link.feed_eof()
        return await next_report(link)

    with pytest.raises(asyncio.IncompleteReadError):
        asyncio.run(cut())
