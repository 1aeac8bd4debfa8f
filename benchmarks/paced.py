"""An engine that sleeps for as long as the real one would read, so that the machine's load hardly matters.

It is a module of its own because worker processes import it by name.
"""

import time

from quoteapi.processes.costs import cost_of
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Engine
from quoteapi.timing import Timed

SECONDS = 20e-6
"""Seconds per unit of cost: an article of 2,000 characters and ten quotes takes 56 ms, as on an idle core."""


class PacedEngine:
    """Answers without quotes, after the time that reading would take."""

    def extract_timed(self, article: Article) -> Timed:
        """Sleep, and return an empty answer."""
        time.sleep(cost_of(article) * SECONDS)
        answer = Answer(id=article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=Engine("0", "paced"))
        return Timed(answer, stages={})


def make(_: Settings) -> PacedEngine:
    """An engine."""
    return PacedEngine()
