"""The engine process: what it does with an article."""

from typing import get_args

import msgspec

from quoteapi.engine import QuoteEngine
from quoteapi.processes.engine_process import Order, Reply, reply_to
from quoteapi.structs import Article
from quoteapi.timing import Stage


def test_a_reply_says_what_the_answer_took(engine: QuoteEngine) -> None:
    """Beside the answer: its number of quotes and the seconds of every stage; what waiting took is left to who keeps the line."""
    article = Article(text="“Hi,” said Jane Roe.", include=["indirect"])
    reply = reply_to(engine, Order(article))
    assert isinstance(reply, Reply)
    assert reply.body == msgspec.json.encode(engine.extract(article))
    assert (reply.quotes, list(reply.stages)) == (1, list(get_args(Stage)))
    assert (reply.waited, reply.read) == (0.0, 0.0)
