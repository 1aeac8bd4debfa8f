"""An engine that misbehaves as the real one never should, depending on the article's first word: hangs, crashes, fails, uses up memory.

It is a module of its own because worker processes import it by name.
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
    """Answers without any quotes."""

    def extract_timed(self, article: Article) -> Timed:
        """Run the act named by the first word, on the rest; an act may return the answer's id."""
        if not article.text.strip():
            raise EmptyTextError
        word, _, rest = article.text.partition(" ")
        told = ACTS[word](rest) if word in ACTS else None
        engine = Engine("0", str(os.getpid()))
        answer = Answer(id=told or article.id, language="en", offset_unit="codepoint", quotes=[], speakers=[], engine=engine)
        return Timed(answer, stages={})


def die(_: str) -> None:
    """End like a process that the system kills for lack of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: str) -> None:
    """The same, but only the first time."""
    if not Path(marker).exists():
        Path(marker).touch()
        die("")


def crash(_: str) -> None:
    """End like a process with a broken library."""
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_: str) -> NoReturn:
    """Exit."""
    sys.exit(3)


def hang(_: str) -> NoReturn:
    """Never end."""
    while True:
        time.sleep(60)


def hang_on(_: str) -> NoReturn:
    """Never end, and ignore signals."""
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    hang("")


def wait_for(marker: str) -> None:
    """Wait until a file exists."""
    while not Path(marker).exists():
        time.sleep(0.01)


def orphan(marker: str) -> None:
    """Die, and leave a child process that keeps the link open until a file exists."""
    if os.fork() == 0:
        wait_for(marker)
        os._exit(0)
    die("")


def fail(words: str) -> NoReturn:
    """Raise an error."""
    raise KeyError(words)


def recurse(_: str) -> None:
    """Recurse without end."""
    recurse(_)


def leak(_: str) -> NoReturn:
    """Raise a MemoryError."""
    raise MemoryError


def grow(_: str) -> NoReturn:
    """Allocate memory up to this process's limit."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + 200_000_000, taken + 200_000_000))
    held = []
    while True:
        held.append(bytearray(1_000_000))


def write(words: str) -> None:
    """Write to standard output and standard error."""
    os.write(1, words.encode())
    os.write(2, words.encode())


def much(number: str) -> str:
    """An id that makes the answer at least this many bytes long."""
    return "x" * int(number)


def surrogate(_: str) -> str:
    """An id that cannot be written as JSON."""
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
"""The acts by word."""


def make(_: Settings) -> PoisonedEngine:
    """An engine."""
    return PoisonedEngine()


def refuse(_: Settings) -> PoisonedEngine:
    """Fails with a reason instead of loading an engine."""
    message = "The weights are at the bottom of the harbour."
    raise QuoteapiError(message)


def collapse(_: Settings) -> PoisonedEngine:
    """Kills the process instead of loading an engine."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
