"""An engine that does, when an article's first word tells it to, what the shipped one never should: hang, die, break, eat the memory.

It stands in a module of its own, since worker processes find it by its name.
"""

import os
import signal
import time
from pathlib import Path

from quoteapi.errors import EmptyTextError, QuoteapiError
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Engine
from quoteapi.timing import Timed


class PoisonedEngine:
    """Answers with no quotes at all."""

    def extract_timed(self, article: Article) -> Timed:
        """Do what the first word says, with the rest."""
        match article.text.split(maxsplit=1):
            case []:
                raise EmptyTextError
            case ["die", *_]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["die-once", marker] if not Path(marker).exists():
                Path(marker).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            case ["hang", *_]:
                while True:
                    time.sleep(60)
            case ["wait-for", marker]:
                while not Path(marker).exists():
                    time.sleep(0.01)
            case ["raise", words]:
                raise KeyError(words)
            case ["leak", *_]:
                raise MemoryError
        engine = Engine("0", str(os.getpid()))
        return Timed(Answer(id=article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=engine), stages={})


def make(_: Settings) -> PoisonedEngine:
    """An engine."""
    return PoisonedEngine()


def refuse(_: Settings) -> PoisonedEngine:
    """No engine, for a reason."""
    message = "The weights are at the bottom of the harbour."
    raise QuoteapiError(message)


def collapse(_: Settings) -> PoisonedEngine:
    """No engine, and a process less."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
