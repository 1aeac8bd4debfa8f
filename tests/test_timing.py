"""Timing: seconds by stage, beside an answer that they do not change."""

import time
from typing import get_args

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article
from quoteapi.timing import Stage, Stopwatch


def test_a_lap_is_the_time_since_the_one_before() -> None:
    """And a stage in two parts has their sum: all laps together are no longer than the whole."""
    began = time.perf_counter()
    watch = Stopwatch()
    time.sleep(0.01)
    watch.lap("quotes")
    first = watch.laps["quotes"]
    time.sleep(0.01)
    watch.lap("encoder")
    time.sleep(0.01)
    watch.lap("quotes")
    assert first >= 0.01
    assert watch.laps["encoder"] >= 0.01
    assert watch.laps["quotes"] >= first + 0.01
    assert sum(watch.laps.values()) <= time.perf_counter() - began


def test_the_engine_tells_every_stage_in_order(engine: QuoteEngine) -> None:
    """Beside the same answer as without; that of reports only where reported speech is asked for."""
    article = Article(text="“It held,” said Jane Roe, the harbour master.", include=["indirect"])
    timed = engine.extract_timed(article)
    assert timed.answer == engine.extract(article)
    assert list(timed.stages) == list(get_args(Stage))
    assert "reports" not in engine.extract_timed(Article(text=article.text)).stages
    assert all(seconds > 0 for seconds in timed.stages.values())
