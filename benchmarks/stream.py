"""A stream of articles: its speed compared with the engine alone and with single requests, and the server's memory as it goes on.

    pip install '.[bench]'
    OPENBLAS_NUM_THREADS=1 python benchmarks/stream.py [--articles ../shared/data/articles/wikinews.jsonl] [--lines 20000] [--write]

Engine, single requests and stream take turns on the same articles, with one process reading on one core, as a worker does; the median
counts. For the memory, one article in ten has quotes: the measured process answers HTTP, and it holds lines and answers, however long these
took. `--write` writes benchmarks/results/stream.md.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
from load import engine_rate, rate
from service import PATIENCE, Server, calling, in_turn, percentile, requests_of, serving, texts_of

from quoteapi.engine import QuoteEngine

RESULTS = Path(__file__).parent / "results"
ROUNDS = 3
SAMPLE = 150
"""Articles per turn."""
TOLD = (100, 1_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Numbers of lines after which the memory is reported."""
WITH_QUOTES = 10
"""One article in this many has quotes when memory is measured."""
MEGABYTE = 1e6
HEADERS = {"Content-Type": "application/x-ndjson"}


def main() -> None:
    """Measure, print, and write if requested."""
    parser = argparse.ArgumentParser(description="A stream of articles, as Markdown.")
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the texts in tests)")
    parser.add_argument("--lines", type=int, default=20_000, help="of the stream whose memory is measured (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write results/stream.md")
    options = parser.parse_args()
    texts = texts_of(options.articles)
    sample = texts[:SAMPLE]
    told = "\n".join(report(sample, speeds(sample), asyncio.run(waits(sample)), memory(texts, options.lines))) + "\n"
    print(told)
    if options.write:
        (RESULTS / "stream.md").write_text(told, encoding="utf8")


def speeds(texts: Sequence[str]) -> tuple[float, float, float]:
    """Articles per second: of the engine alone, in single requests, over a stream."""
    engine = QuoteEngine()
    found = []
    with serving(workers=1) as server:
        for turn in range(ROUNDS + 1):
            rates = (engine_rate(engine, texts), asyncio.run(rate(server, texts, workers=1)), stream_rate(server, texts))
            if turn:  # the first one warms up
                found.append(rates)
    alone, single, stream = (median(rates) for rates in zip(*found, strict=True))
    return alone, single, stream


def stream_rate(server: Server, texts: Sequence[str]) -> float:
    """Articles per second over one stream."""
    began = perf_counter()
    answer = httpx.post(f"{server.url}/quotes/batch", content=lines_of(texts), headers=HEADERS, timeout=None)  # noqa: S113  it takes long
    assert answer.text.count("\n") == len(texts)  # noqa: S101  errors would be fast
    return len(texts) / (perf_counter() - began)


async def waits(texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds of single requests, one after the other: on an idle server, and beside a stream."""
    requests = requests_of(texts)
    with serving(workers=1) as server:
        async with calling(server) as client:
            await in_turn(client, requests[: len(requests) // 2], callers=1)  # warms up
            idle = [made.seconds for made in await in_turn(client, requests, callers=1)]
            streaming = asyncio.create_task(follow(server, forever(requests), []))
            beside = [made.seconds for made in await in_turn(client, requests, callers=1) if made.status == httpx.codes.OK]
            streaming.cancel()
            await asyncio.gather(streaming, return_exceptions=True)
    assert len(beside) == len(texts)  # noqa: S101  none may be refused
    return idle, beside


def forever(requests: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of an endless stream."""
    return (request + b"\n" for request in cycle(requests))


def lines_of(texts: Sequence[str]) -> bytes:
    """The body of a stream."""
    return b"\n".join(requests_of(texts))


def memory(texts: Sequence[str], lines: int) -> list[tuple[int, float]]:
    """Bytes of the HTTP process's own memory (USS), after numbers of answered lines."""
    read = [text if number % WITH_QUOTES == 0 else f"Article {number} quotes nobody." for number, text in enumerate(texts)]
    requests = requests_of(read)
    with serving(workers=2) as server:
        httpx.post(f"{server.url}/quotes/batch", content=lines_of(read[:20]), headers=HEADERS, timeout=PATIENCE)
        found = [(0, server.process.memory_full_info().uss)]
        asyncio.run(follow(server, islice(forever(requests), lines), found))
    return found


async def follow(server: Server, body: Iterator[bytes], found: list[tuple[int, float]]) -> None:
    """Send and read at the same time, and record the memory after some lines."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /quotes/batch HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")

    async def send() -> None:
        for line in body:
            writer.write(b"%x\r\n%s\r\n" % (len(line), line))
            await writer.drain()
        writer.write(b"0\r\n\r\n")

    sending = asyncio.create_task(send())
    try:
        await reader.readuntil(b"\r\n\r\n")
        answered = 0
        while size := int(await reader.readline(), 16):
            part = await reader.readexactly(size + 2)
            before, answered = answered, answered + part.count(b"\n") - 1
            found += [(count, server.process.memory_full_info().uss) for count in TOLD if before < count <= answered]
    finally:
        sending.cancel()
        writer.close()


def report(
    texts: Sequence[str],
    rates: tuple[float, float, float],
    waited: tuple[Sequence[float], Sequence[float]],
    memories: Sequence[tuple[int, float]],
) -> Iterator[str]:
    """The lines of the tables."""
    alone, single, stream = rates
    words = median(len(text.split()) for text in texts)
    command = "OPENBLAS_NUM_THREADS=1 python benchmarks/stream.py --articles …"
    yield f"Measured by `{command}`: {len(texts)} articles of about {words:.0f} words, one worker, its callers beside it."
    yield ""
    yield "| articles a second | | beside the engine alone |"
    yield "| --- | ---: | ---: |"
    yield f"| the engine alone, in one process | {alone:.1f} | |"
    yield f"| in single requests | {single:.1f} | {single / alone:.2f} |"
    yield f"| over one stream | {stream:.1f} | {stream / alone:.2f} |"
    yield ""
    yield "| a single request | p50 | p99 |"
    yield "| --- | ---: | ---: |"
    for name, seconds in zip(("to an idle server", "beside a stream without an end; none was refused"), waited, strict=True):
        yield f"| {name} | {1000 * percentile(seconds, 50):.0f} ms | {1000 * percentile(seconds, 99):.0f} ms |"
    yield ""
    yield "| lines answered | memory of the process that answers HTTP (USS) |"
    yield "| ---: | ---: |"
    for lines, size in memories:
        yield f"| {lines:,} | {size / MEGABYTE:.1f} MB |"


if __name__ == "__main__":
    main()
