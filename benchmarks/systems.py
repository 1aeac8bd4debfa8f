"""Systems whose speed is measured, each in this process or in one of its own.

Imported by speed.py. textacy has no pipeline of its own; if an older installation of quoteapi is given (8fce3f4 has the last pipeline that
is not a transformer), textacy uses that pipeline, and the older engine is measured, too. Any other system is a command that reads lines
{"text"} on its standard input and ends (such as Citron, if installed).
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil
import spacy
from textacy.extract.triples import direct_quotations

import quoteapi
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

PACKAGED = Path(quoteapi.__file__).parent / "weights" / "en_quotes"
OLDER_PROGRAM = """
import json, sys
from time import perf_counter
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

engine = QuoteEngine()
texts = json.loads(sys.stdin.readline())
for _ in sys.stdin:
    began = perf_counter()
    for text in texts:
        engine.extract(Article(text=text))
    print(perf_counter() - began, flush=True)
"""
"""Reads all texts whenever it gets a line, and prints the seconds."""
FIRST_ANSWERS = {
    "quoteapi": (
        "from quoteapi.engine import QuoteEngine; from quoteapi.structs import Article; began = perf_counter();"
        " engine = QuoteEngine(); engine.extract(Article(text=text))"
    ),
    "textacy": (
        "import spacy; from textacy.extract import direct_quotations; began = perf_counter(); nlp = spacy.load(path);"
        " list(direct_quotations(nlp(text)))"
    ),
}
"""A system's loading and first article; imports are not timed."""
POLLED = 0.05
"""Seconds between two samples of a command's memory."""


def engine_rounds(texts: Sequence[str]) -> Callable[[], float]:
    """The timer of a round of the engine in this process, one article after the other."""
    engine = QuoteEngine()
    return lambda: seconds_for(lambda text: engine.extract(Article(text=text)), texts)


def textacy_rounds(texts: Sequence[str], pipeline: Path) -> Callable[[], float]:
    """The timer of a round of textacy's quotations in this process."""
    nlp = spacy.load(pipeline)

    def read_one(text: str) -> None:
        try:
            list(direct_quotations(nlp(text)))
        except ValueError:  # it gives up on unpaired quotation marks
            return

    return lambda: seconds_for(read_one, texts)


def older_rounds(texts: Sequence[str], folder: Path) -> Callable[[], float]:
    """The timer of a round of an older installation's engine, in a process of its own that waits between rounds."""
    command = [sys.executable, "-c", OLDER_PROGRAM]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 -- the program above
    to_child, from_child = child.stdin, child.stdout
    if to_child is None or from_child is None:
        raise RuntimeError
    to_child.write(json.dumps(list(texts)) + "\n")

    def rounds() -> float:
        to_child.write("\n")
        to_child.flush()
        return float(from_child.readline())

    return rounds


def batch_rounds(texts: Sequence[str], workers: int) -> Callable[[], float]:
    """The timer of a round of `quoteapi batch` over all texts, minus its time for the first one alone."""

    def command(folder: str, texts: Sequence[str]) -> float:
        source, output = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)), encoding="utf-8")
        program = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch", str(source), str(output)]
        began = perf_counter()
        subprocess.run([*program, "--workers", str(workers)], check=True, capture_output=True)  # noqa: S603 -- this command of ours
        return perf_counter() - began

    def rounds() -> float:
        with TemporaryDirectory() as one, TemporaryDirectory() as all_of_them:
            start = command(one, texts[:1])
            return command(all_of_them, texts) - start

    return rounds


def peer_rounds(texts: Sequence[str], command: str) -> Callable[[], float]:
    """The timer of a round of a command that reads lines {"text"} and ends, minus its time for the first one alone."""

    def run(texts: Sequence[str]) -> float:
        lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        began = perf_counter()
        subprocess.run(shlex.split(command), input=lines, check=True, stdout=subprocess.DEVNULL, text=True)  # noqa: S603 -- the user's own
        return perf_counter() - began

    def rounds() -> float:
        start = run(texts[:1])
        return run(texts) - start

    return rounds


def seconds_for(read_one: Callable[[str], object], texts: Sequence[str]) -> float:
    """The seconds for reading all texts."""
    began = perf_counter()
    for text in texts:
        read_one(text)
    return perf_counter() - began


def start(system: str, pipeline: Path, text: str) -> tuple[float, float]:
    """Seconds from loading to the first answer, and the peak memory in MiB, of a fresh process."""
    program = "\n".join(
        [
            "import json, re, sys; from pathlib import Path; from time import perf_counter; path, text = json.load(sys.stdin)",
            FIRST_ANSWERS[system],
            # not getrusage, whose peak is never below the parent's
            r"print(perf_counter() - began, int(re.search(r'VmHWM:\s+(\d+) kB', Path('/proc/self/status').read_text())[1]) / 1024)",
        ]
    )
    given = json.dumps([str(pipeline), text])
    done = subprocess.run([sys.executable, "-c", program], input=given, check=True, capture_output=True, text=True)  # noqa: S603 -- the program above
    first, memory = map(float, done.stdout.split())
    return first, memory


def batch_memory(texts: Sequence[str], workers: int) -> float:
    """Peak memory of `quoteapi batch` and all its processes in MiB; shared pages count once."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        program = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch", str(source), str(Path(folder) / "out.jsonl")]
        peak = 0.0
        with psutil.Popen([*program, "--workers", str(workers)], stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                peak = max(peak, shared_once(process))
                try:
                    process.wait(POLLED)
                except psutil.TimeoutExpired:
                    continue
        return peak


def shared_once(process: psutil.Process) -> float:
    """Memory of a process and its children in MiB, with each page divided among the processes that share it."""
    total = 0.0
    try:
        for member in [process, *process.children(recursive=True)]:
            found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{member.pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) / 1024 if found else 0.0
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0.0
    return total
