"""Fairness: how much a greedy caller slows down another who sends one article after the other, as a ratio of two times of one run.

    pip install '.[bench]'
    python benchmarks/fairness.py [--engine real] [--workers 2 4] [--greedy dense] [--count 100] [--write]

The engine sleeps for as long as the real one would read (`paced.py`), so that the figures do not depend on the machine's load; with
`--engine real`, the packaged one reads. The exit status is 1 if the other caller is refused, or if its p99 is more than three times that
without the greedy caller; a single worker is exempt, because its current article cannot be interrupted. `--write` writes
benchmarks/results/fairness.md or fairness-real.md.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from random import Random

import httpx
import psutil
from service import Server, calling, in_turn, percentile, requests_of, serving

from growth import PARAGRAPHS, repeated

RESULTS = Path(__file__).parent / "results"
PACED = """
from functools import partial
import quoteapi.api
from quoteapi.cli import main
quoteapi.api.create_app = partial(quoteapi.api.create_app, engine="paced:make")
main()
"""
"""The command, with the sleeping engine."""
MOST = 3.0
"""Maximum ratio of the other caller's waits (p99)."""
LENGTHS = (1_000, 3_000)
"""Minimum and maximum characters of the other caller's articles."""
DENSE = " ".join(f"“No {number},” said Roe." for number in range(120))
LONG = repeated(PARAGRAPHS)(50_000)
WARM_UP = 1.0
"""Seconds that the greedy caller is then still alone."""

Greed = Callable[[httpx.AsyncClient], Iterator[Coroutine[None, None, None]]]


@dataclass(frozen=True)
class Found:
    """Seconds of the other caller's articles, alone and beside the greedy caller, and how many were refused beside it."""

    alone: Sequence[float]
    beside: Sequence[float]
    refused: int

    @property
    def ratio(self) -> float:
        """The ratio of the two p99."""
        return percentile(self.beside, 99) / percentile(self.alone, 99)


def main() -> None:
    """Measure, print, and write if requested."""
    parser = argparse.ArgumentParser(description="What a greedy caller costs another, as Markdown.")
    parser.add_argument("--engine", choices=("paced", "real"), default="paced", help="what reads (default: %(default)s)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4], help="(default: %(default)s)")
    parser.add_argument("--greedy", choices=GREEDY, nargs="+", default=list(GREEDY), help="what the greedy caller does (default: all)")
    parser.add_argument("--count", type=int, default=100, help="articles of the other caller (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write the table to results/")
    options = parser.parse_args()
    found: dict[tuple[int, str], Found] = {}
    for workers in options.workers:
        program = {"program": PACED} if options.engine == "paced" else {}
        for greedy in options.greedy:
            with serving(workers=workers, **program) as server:
                found[workers, greedy] = asyncio.run(measured(server, greedy, options.count))
            print(row(workers, greedy, found[workers, greedy]), flush=True)
    lines = "\n".join(report(found, options.count, options.engine)) + "\n"
    print(f"\n{lines}")
    if options.write:
        (RESULTS / ("fairness.md" if options.engine == "paced" else "fairness-real.md")).write_text(lines, encoding="utf8")
    sys.exit(any(one.refused or one.ratio > MOST for (workers, _), one in found.items() if workers > 1))


async def measured(server: Server, greedy: str, count: int) -> Found:
    """Measures the effect of a greedy caller on another."""
    draw = Random(0)  # noqa: S311 -- nothing is secret
    requests = requests_of([repeated(PARAGRAPHS)(draw.randint(*LENGTHS)) for _ in range(count)])
    async with called_as(server, "192.0.2.1") as other:
        await in_turn(other, requests[:10], callers=1)
        alone = await in_turn(other, requests, callers=1)
        hog = get_context("spawn").Process(target=be_greedy, args=(server.url, greedy))  # a process of its own, to keep our times exact
        hog.start()
        await until_refused(server, greedy)
        beside = await in_turn(other, requests, callers=1)
        assert hog.is_alive()  # noqa: S101 -- a greedy caller that has stopped proves nothing
        hog.terminate()
        hog.join()
    read = [made.seconds for made in beside if made.status == httpx.codes.OK]
    return Found([made.seconds for made in alone], read, refused=len(beside) - len(read))


def be_greedy(url: str, greedy: str) -> None:
    """Send as much as possible, without end."""
    server = Server(url, psutil.Process())

    async def send() -> None:
        async with called_as(server, "192.0.2.2") as client:
            await asyncio.gather(*GREEDY[greedy](client))

    asyncio.run(send())


async def until_refused(server: Server, greedy: str) -> None:
    """Wait until the greedy caller has all that it can get."""
    told = "quoteapi_streams 4.0" if greedy == "streams" else 'problem="queue-full"'
    async with calling(server) as client:
        while told not in (await client.get("/metrics")).text:  # noqa: ASYNC110 -- the server has to be polled
            await asyncio.sleep(0.05)
    await asyncio.sleep(WARM_UP)


@asynccontextmanager
async def called_as(server: Server, address: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client at an address, which the server takes from a proxy on its own machine."""
    async with calling(server) as client:
        client.headers["X-Forwarded-For"] = address
        yield client


def connections(text: str, *, callers: int) -> Greed:
    """Callers that send the same article again as soon as it is answered or refused."""
    (body,) = requests_of([text])

    async def again(client: httpx.AsyncClient) -> None:
        while True:
            await in_turn(client, [body], callers=1)

    return lambda client: (again(client) for _ in range(callers))


def streams(text: str, *, callers: int) -> Greed:
    """Endless streams."""
    (body,) = requests_of([text])

    async def endless() -> AsyncIterator[bytes]:
        for line in cycle([body + b"\n"]):
            yield line
            await asyncio.sleep(0)

    async def stream(client: httpx.AsyncClient) -> None:
        headers = {"Content-Type": "application/x-ndjson"}
        async with client.stream("POST", "/quotes/batch", content=endless(), headers=headers) as answer:
            async for _ in answer.aiter_lines():
                pass

    return lambda client: (stream(client) for _ in range(callers))


GREEDY = {
    "dense": connections(DENSE, callers=12),
    "short": connections(repeated(PARAGRAPHS)(2_000), callers=24),
    "long": connections(LONG, callers=12),
    "streams": streams(DENSE, callers=4),
}
"""The behaviours of greedy callers, by name."""
MEANINGS = {
    "dense": "12 connections, 2,300 characters of 120 quotes each",
    "short": "24 connections, 2,000 characters each",
    "long": "12 connections, 50,000 characters each",
    "streams": "4 streams without an end, 120 quotes a line",
}


def row(workers: int, greedy: str, found: Found) -> str:
    """A row of the table."""
    times = (1000 * percentile(values, share) for values in (found.alone, found.beside) for share in (50, 99))
    cells = (workers, MEANINGS[greedy], *(f"{time:.0f} ms" for time in times), f"{found.ratio:.1f} ×", found.refused)
    return f"| {' | '.join(map(str, cells))} |"


def report(found: dict[tuple[int, str], Found], count: int, engine: str) -> Iterator[str]:
    """The lines of the table."""
    what = "an engine that sleeps for as long as the real one reads" if engine == "paced" else "the packaged engine"
    sent = f"{count} articles of 1,000 to 3,000 characters, one after the other"
    yield f"Measured by `python benchmarks/fairness.py --engine {engine}`, with {what}: {sent}."
    yield ""
    yield "| workers | the greedy caller | p50 without it | p99 | p50 beside it | p99 | p99, ratio | refused |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (workers, greedy), one in found.items():
        yield row(workers, greedy, one)


if __name__ == "__main__":
    main()
