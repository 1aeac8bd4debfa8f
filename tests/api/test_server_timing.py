"""Server-Timing: where an answer's time went."""

from typing import get_args

import httpx

from quoteapi.api.server_timing import server_timing
from quoteapi.processes import Reply
from quoteapi.timing import Stage


def test_the_queue_comes_first() -> None:
    """In milliseconds, as browsers read it."""
    reply = Reply(b"{}", stages={"text": 0.0004, "document": 0.1}, waited=0.25)
    assert server_timing(reply) == "queue;dur=250.0, text;dur=0.4, document;dur=100.0"


def test_an_answer_tells_every_stage(client: httpx.Client) -> None:
    """All together no longer than the request."""
    response = client.post("/quotes", json={"text": "“It held,” said Jane Roe.", "include": ["indirect"]})
    told = dict(entry.split(";dur=") for entry in response.headers["server-timing"].split(", "))
    assert [name for name in told if name in get_args(Stage)] == list(get_args(Stage))
    assert sum(map(float, told.values())) / 1000 <= response.elapsed.total_seconds() + 0.001
