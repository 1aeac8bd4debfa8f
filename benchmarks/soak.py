"""Soak: real articles for as long as wanted, with injected faults; every answer is compared with the undisturbed one, memory is recorded.

    pip install '.[bench]'
    python benchmarks/soak.py [--articles ../shared/data/articles/wikinews.jsonl] [--minutes 60 | --count 10000] [--kills 200]
                              [--hang-every 300] [--sample 60] [--characters 700] [--write NAME]

Callers that are never idle send the articles in random order. Meanwhile workers are killed at random moments (`--kills` of them, evenly
spread) or stopped so that they hang (every `--hang-every` seconds), callers disconnect before they are answered, and bodies that are not
articles are sent. Without `--kills` and `--hang-every` the same workers run from the first article to the last: judge their memory by that.
The exit status is 1 if an answer is wrong, lost or unclear. `--write soak` writes benchmarks/results/soak.md and soak.svg.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic

import httpx
import msgspec
import psutil
from service import Server, call, calling, command, requests_of, serving, texts_of

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

RESULTS = Path(__file__).parent / "results"
TIME_LIMIT = 10
"""The server's time limit per article in seconds: a hanging worker is detected by then."""
SAMPLED = 1.0
"""Seconds between two memory samples."""
NONSENSE = (b"", b"{", b'{"text": 1}', b'{"text": " "}', b"\xff\xfe", b"[" * 5000, b'{"text": "a", "textt": "b"}')
CLEAR = {"fatal-article", "too-slow", "queue-full", "workers-down"}
"""Problems that a fault may cause."""
EARLY, LATE = 0.1, 1.0
MEGABYTE = 1 << 20


@dataclass
class Record:
    """The events so far."""

    answers: int = 0
    wrong: int = 0
    lost: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    unclear: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    memory: defaultdict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    """Megabytes of each process by name, with the number of articles answered until then."""


class Soak:
    """One run.

    Args:
        server: The server under test.
        texts: The articles.
        seed: The seed of all randomness.
    """

    def __init__(self, server: Server, texts: Sequence[str], *, seed: int = 0) -> None:
        engine = QuoteEngine()
        self._server = server
        self._requests = requests_of(texts)
        self._expected = [msgspec.json.encode(engine.extract(Article(text=text))) for text in texts]
        self._draw = random.Random(seed)  # noqa: S311 -- nothing is secret
        self._names: dict[int, str] = {}
        self.record = Record()

    async def run(self, *, seconds: float | None, count: int | None, kills: int, hang_every: float | None) -> None:
        """Run for the given number of seconds or articles."""
        end = None if seconds is None else monotonic() + seconds

        def share() -> float:
            """The share of the run that is over."""
            return self.record.answers / count if count is not None else 1 - max(0.0, (end or 0.0) - monotonic()) / (seconds or 1.0)

        async with calling(self._server) as client:
            beside = [asyncio.create_task(self._watch()), asyncio.create_task(self._kill(kills, share))]
            if hang_every is not None:
                beside.append(asyncio.create_task(self._hang(hang_every)))
            callers = len(self._server.workers()) + 1
            await asyncio.gather(*(self._send(client, share) for _ in range(callers)), self._disturb(client, share))
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _send(self, client: httpx.AsyncClient, share: Callable[[], float]) -> None:
        """Send articles one after the other, and judge the replies."""
        while share() < 1:
            number = self._draw.randrange(len(self._requests))
            made = await call(client, self._requests[number], number)
            if made.status == httpx.codes.OK:
                self.record.answers += 1
                self.record.wrong += made.body != self._expected[number]
            elif made.status == 0:
                self.record.lost += 1
            else:
                kind = json.loads(made.body)["type"].rpartition("/")[2]
                self.record.problems[kind] += 1
                self.record.unclear += kind not in CLEAR
                await asyncio.sleep(0.02)

    async def _disturb(self, client: httpx.AsyncClient, share: Callable[[], float]) -> None:
        """Disconnect before the answer, or send a body that is not an article; the first is not counted, the second must be refused."""
        while share() < 1:
            await asyncio.sleep(0.5)
            if self._draw.choice((True, False)):
                with suppress(httpx.HTTPError, TimeoutError):
                    async with asyncio.timeout(0.02), calling(self._server) as leaving:
                        await call(leaving, self._draw.choice(self._requests), 0)
                self.record.faults["callers who left"] += 1
            else:
                made = await call(client, self._draw.choice(NONSENSE), 0)
                kind = json.loads(made.body)["type"].rpartition("/")[2]
                self.record.unclear += not (httpx.codes.is_client_error(made.status) or kind in CLEAR)  # its worker may be killed, too
                self.record.faults["bodies that are no articles"] += 1

    async def _kill(self, kills: int, share: Callable[[], float]) -> None:
        """Kill busy or idle workers, spread over the run."""
        for number in range(kills):
            due = (number + self._draw.random()) / kills
            while share() < due:  # noqa: ASYNC110 -- progress has to be polled
                await asyncio.sleep(0.05)
            if workers := self._server.workers():
                with suppress(psutil.NoSuchProcess):
                    self._draw.choice(workers).kill()
                    self.record.faults["workers killed"] += 1

    async def _hang(self, every: float) -> None:
        """Stop a worker repeatedly, so that it hangs."""
        while True:
            await asyncio.sleep(every)
            if workers := self._server.workers():
                with suppress(psutil.NoSuchProcess):
                    os.kill(self._draw.choice(workers).pid, signal.SIGSTOP)
                    self.record.faults["workers made to hang"] += 1

    async def _watch(self) -> None:
        """Sample the memory of every process."""
        while True:
            workers = {worker.pid for worker in self._server.workers()}
            for process in [self._server.process, *self._server.process.children(recursive=True)]:
                with suppress(psutil.Error):
                    name = self._name(process, is_worker=process.pid in workers)
                    self.record.memory[name].append((self.record.answers, process.memory_full_info().uss / MEGABYTE))
            await asyncio.sleep(SAMPLED)

    def _name(self, process: psutil.Process, *, is_worker: bool) -> str:
        """The name of a process in the record; workers are numbered in the order in which they are first seen."""
        if process.pid not in self._names:
            kinds = Counter(name.rpartition(" ")[0] for name in self._names.values())
            other = "fork server" if "forkserver" in command(process) else "helper"
            kind = "worker" if is_worker else "HTTP" if process.pid == self._server.process.pid else other
            self._names[process.pid] = f"{kind} {kinds[kind] + 1}"
        return self._names[process.pid]


def main() -> None:
    """Soak, print, and write if requested."""
    parser = argparse.ArgumentParser(description="The service over time, with faults, as Markdown.")
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the texts in tests)")
    parser.add_argument("--sample", type=int, help="so many of the texts, drawn at random (default: all)")
    parser.add_argument("--characters", type=int, help="of each text that are sent (default: all)")
    parser.add_argument("--minutes", type=float, default=2.0, help="(default: %(default)s)")
    parser.add_argument("--count", type=int, help="end after so many answers instead")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="(default: the cores)")
    parser.add_argument("--kills", type=int, default=0, help="workers that are killed (default: %(default)s)")
    parser.add_argument("--hang-every", type=float, help="seconds between two workers that are made to hang (default: none is)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", help="the name of the files in results/ that are written")
    options = parser.parse_args()
    with serving(workers=options.workers, QUOTEAPI_TIME_LIMIT=str(TIME_LIMIT)) as server:
        texts = [text[: options.characters] for text in texts_of(options.articles)]
        if options.sample:
            texts = random.Random(options.seed).sample(texts, options.sample)  # noqa: S311 -- nothing is secret
        soak = Soak(server, texts, seed=options.seed)
        seconds = None if options.count else 60 * options.minutes
        began = monotonic()
        asyncio.run(soak.run(seconds=seconds, count=options.count, kills=options.kills, hang_every=options.hang_every))
        took = monotonic() - began
    lines = "\n".join(report(soak.record, took)) + "\n"
    print(lines)
    if options.write:
        (RESULTS / f"{options.write}.md").write_text(lines, encoding="utf8")
        draw(soak.record.memory, RESULTS / f"{options.write}.svg")
    if soak.record.wrong or soak.record.lost or soak.record.unclear:
        sys.exit(1)


def report(record: Record, seconds: float) -> Iterator[str]:
    """The lines of the report."""
    yield f"Measured by `python {' '.join(['benchmarks/soak.py', *sys.argv[1:]])}` in {seconds / 60:.0f} minutes."
    yield ""
    yield "| | |"
    yield "| --- | ---: |"
    yield f"| articles answered | {record.answers:,} |"
    yield f"| of these otherwise than undisturbed | {record.wrong} |"
    yield f"| without any answer | {record.lost} |"
    for name, number in sorted(record.faults.items()):
        yield f"| {name} | {number:,} |"
    for kind, number in sorted(record.problems.items()):
        yield f"| problems `{kind}` | {number:,} |"
    yield ""
    yield "| process | MB after a tenth | MB at the end | |"
    yield "| --- | ---: | ---: | ---: |"
    for name, (early, late) in lasting(record.memory, record.answers).items():
        yield f"| {name} | {early:.1f} | {late:.1f} | {late / early:.3f} |"


def lasting(memory: Mapping[str, Sequence[tuple[int, float]]], answers: int) -> dict[str, tuple[float, float]]:
    """Memory of the processes that lived throughout: after a tenth of the articles and at the end, each the median over a twentieth."""
    window = 0.05 * answers
    found = {}
    for name, samples in memory.items():
        parts = [[size for count, size in samples if abs(count - share * answers) <= window] for share in (EARLY, LATE)]
        if all(parts) and samples[0][0] <= EARLY * answers:
            found[name] = (median(parts[0]), median(parts[1]))
    return found


def draw(memory: Mapping[str, Sequence[tuple[int, float]]], path: Path) -> None:
    """Plot the memory of every process over the articles answered."""
    import matplotlib as mpl  # noqa: PLC0415 -- not needed by the run in .ci
    from matplotlib import pyplot as plt  # noqa: PLC0415 -- the same

    mpl.rcParams["svg.hashsalt"] = "quoteapi"
    figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
    colours = {"HTTP": "tab:green", "fork": "tab:orange", "worker": "tab:blue", "helper": "tab:grey"}
    labelled = set()
    for name, samples in memory.items():
        kind = name.partition(" ")[0]
        label = None if kind in labelled else {"HTTP": "HTTP process", "fork": "fork server", "worker": "workers", "helper": "helper"}[kind]
        labelled.add(kind)
        axes.plot(*zip(*samples, strict=True), color=colours[kind], linewidth=0.8, label=label)
    axes.set(xlabel="articles answered", ylabel="memory of its own (USS), MB", ylim=(0, None))
    axes.legend(frameon=False, fontsize="small")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
