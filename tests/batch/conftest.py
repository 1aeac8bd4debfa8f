"""A fragile engine, for what the shipped one should never do: it dies, or fails, on articles that tell it to."""

import importlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

FRAGILE = """
import os
import time

from quoteapi.errors import EmptyTextError
from quoteapi.processes.pool import _Process
from quoteapi.structs import Answer, Engine
from quoteapi.timing import Timed


class QuoteEngine:
    def __init__(self, pipeline=None, *, min_confidence=0.0, max_text_length=200_000):
        self.engine = Engine(version="0", pipeline="fragile")

    def extract_timed(self, article):
        if article.text == "die":
            os._exit(1)
        if article.text == "leak":
            raise MemoryError
        if article.text == "fail":
            raise KeyError("a word of the article")
        if not article.text.strip():
            raise EmptyTextError
        time.sleep(0.02 * (article.text == "slow"))
        answer = Answer(id=article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=self.engine)
        return Timed(answer, stages={})


def load():
    _Process.engine = QuoteEngine()
"""


@pytest.fixture
def fragile_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], ProcessPoolExecutor]:
    """Makes pools of two processes with the fragile engine; processes find its module by name, so it stands in a file."""
    (tmp_path / "fragile_engine.py").write_text(FRAGILE)
    monkeypatch.syspath_prepend(tmp_path)
    load = importlib.import_module("fragile_engine").load
    return lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=load)
