"""An engine that does, when an article's first word tells it to, what the shipped one never should: hang, die, break, eat the memory.

It stands in a module of its own, since worker processes find it by its name.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from quoteapi.errors import EmptyTextError, QuoteapiError
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Engine
from quoteapi.timing import Timed


class PoisonedEngine:
    """Answers with no quotes at all."""

    def extract_timed(self, article: Article) -> Timed:
        """Do what the first word says, with the rest; an act may give the answer's id."""
        if not article.text.strip():
            raise EmptyTextError
        word, _, rest = article.text.partition(" ")
        told = ACTS[word](rest) if word in ACTS else None
        engine = Engine("0", str(os.getpid()))
        answer = Answer(id=told or article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=engine)
        return Timed(answer, stages={})


def die(_: str) -> None:
    """End as the system ends processes where memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: str) -> None:
    """The same, but not a second time."""
    if not Path(marker).exists():
        Path(marker).touch()
        die("")


def crash(_: str) -> None:
    """End as a broken library ends processes."""
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_: str) -> NoReturn:
    """End by itself."""
    sys.exit(3)


def hang(_: str) -> NoReturn:
    """Never end."""
    while True:
        time.sleep(60)


def hang_on(_: str) -> NoReturn:
    """Never end, and hear no signal."""
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    hang("")


def wait_for(marker: str) -> None:
    """Go on when there is a file."""
    while not Path(marker).exists():
        time.sleep(0.01)


def orphan(marker: str) -> None:
    """Die, and leave a process behind that holds the link open until there is a file."""
    if os.fork() == 0:
        wait_for(marker)
        os._exit(0)
    die("")


def fail(words: str) -> NoReturn:
    """Break."""
    raise KeyError(words)


def recurse(_: str) -> None:
    """Call itself without end."""
    recurse(_)


def leak(_: str) -> NoReturn:
    """Have no memory left."""
    raise MemoryError


def grow(_: str) -> NoReturn:
    """Take memory until there is none left for this process."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + 200_000_000, taken + 200_000_000))
    held = []
    while True:
        held.append(bytearray(1_000_000))


def write(words: str) -> None:
    """Write where a program writes."""
    os.write(1, words.encode())
    os.write(2, words.encode())


def much(number: str) -> str:
    """An answer of so many bytes."""
    return "x" * int(number)


def surrogate(_: str) -> str:
    """An answer that cannot be written as JSON."""
    return "\ud800"


ACTS: dict[str, Callable[[str], str | None]] = {
    "die": die,
    "die-once": die_once,
    "crash": crash,
    "leave": leave,
    "hang": hang,
    "hang-on": hang_on,
    "wait-for": wait_for,
    "orphan": orphan,
    "raise": fail,
    "recurse": recurse,
    "leak": leak,
    "grow": grow,
    "write": write,
    "much": much,
    "surrogate": surrogate,
}
"""What it does at a word."""


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
