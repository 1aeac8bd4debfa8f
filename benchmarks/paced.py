"""An engine that takes as long as the real one would, and does nothing: it sleeps, so that how busy the machine is counts for little.

It stands in a module of its own, since worker processes find it by its name.
"""

import time

from quoteapi.processes.costs import cost_of
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Engine
from quoteapi.timing import Timed

SECONDS = 20e-6
"""A character: 2,000 of them with ten quotes are read in 56 ms, as on an unloaded core."""


class PacedEngine:
    """Answers with no quotes at all, in its time."""

    def extract_timed(self, article: Article) -> Timed:
        """Take the time."""
        time.sleep(cost_of(article) * SECONDS)
        answer = Answer(id=article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=Engine("0", "paced"))
        return Timed(answer, stages={})


def make(_: Settings) -> PacedEngine:
    """An engine."""
    return PacedEngine()
