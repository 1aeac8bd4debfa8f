"""Load: the service at and far above its capacity; the cost of HTTP and of the queue; the gain from a second worker.

    pip install '.[bench]'
    python benchmarks/load.py [--articles ../shared/data/articles/wikinews.jsonl] [--seconds 20] [--write]

The server is a separate process, the callers are in this one. Articles have similar lengths (within a fifth of the median), so that the
effect of waiting is not mixed with that of length. `--write` writes benchmarks/results/load.md and load.svg. Run it on an otherwise idle
machine: callers and workers share its cores.
"""

import argparse
import asyncio
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
import matplotlib as mpl
from matplotlib import pyplot as plt
from service import Call, Server, at_rate, calling, in_turn, percentile, requests_of, serving, texts_of, watch_health

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

RESULTS = Path(__file__).parent / "results"
LOADS = (0.5, 0.8, 1.0, 1.5, 2.0, 3.0)
"""Offered loads, as multiples of the capacity."""
ROUNDS = 3
"""How often the engine alone, one worker and several workers take turns; the median counts."""
SAMPLE = 150
"""Articles per turn."""
BAND = 0.2
"""Maximum relative deviation of an article's length from the median."""
OK, FULL = httpx.codes.OK, httpx.codes.SERVICE_UNAVAILABLE


@dataclass(frozen=True)
class Load:
    """The outcome of the calls at one offered load; times in seconds."""

    offered: float
    answered: float
    accepted: Sequence[float]
    refused: Sequence[float]
    others: Counter[int]
    without_retry: int
    live: Sequence[float]


def main() -> None:
    """Measure, print, and write if requested."""
    parser = argparse.ArgumentParser(description="The service under load, as Markdown.")
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the texts in tests)")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each offered load (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="(default: the cores)")
    parser.add_argument("--write", action="store_true", help="write results/load.md and results/load.svg")
    options = parser.parse_args()
    texts = of_like_length(texts_of(options.articles))[:SAMPLE]
    alone, one, several = throughputs(texts, options.workers)
    unloaded, loads = asyncio.run(loaded(texts, options.workers, several, options.seconds))
    lines = "\n".join(report(texts, options.workers, (alone, one, several), unloaded, loads)) + "\n"
    print(lines)
    if options.write:
        (RESULTS / "load.md").write_text(lines, encoding="utf8")
        draw(unloaded, several, loads, RESULTS / "load.svg")


def of_like_length(texts: Sequence[str]) -> list[str]:
    """The texts of about median length."""
    middle = median(len(text) for text in texts)
    return [text for text in texts if abs(len(text) - middle) <= BAND * middle]


def throughputs(texts: Sequence[str], workers: int) -> tuple[float, float, float]:
    """Articles per second: of the engine alone, through a server with one worker, and through one with several."""
    engine = QuoteEngine()
    found: list[list[float]] = []
    with serving(workers=1) as one, serving(workers=workers) as several:
        for turn in range(ROUNDS + 1):
            rates = [engine_rate(engine, texts), *(asyncio.run(rate(server, texts, n)) for server, n in ((one, 1), (several, workers)))]
            if turn:  # the first one warms up
                found.append(rates)
    alone, single, many = (median(rates) for rates in zip(*found, strict=True))
    return alone, single, many


def engine_rate(engine: QuoteEngine, texts: Sequence[str]) -> float:
    """Articles per second of the engine in this process."""
    began = perf_counter()
    for text in texts:
        engine.extract(Article(text=text))
    return len(texts) / (perf_counter() - began)


async def rate(server: Server, texts: Sequence[str], workers: int) -> float:
    """Articles per second of a server that always has one more to read."""
    async with calling(server) as client:
        began = perf_counter()
        calls = await in_turn(client, requests_of(texts), callers=workers + 1)
        return sum(made.status == OK for made in calls) / (perf_counter() - began)


async def loaded(texts: Sequence[str], workers: int, capacity: float, seconds: float) -> tuple[list[float], list[Load]]:
    """Seconds of a single caller's calls, and the outcome at each load."""
    requests = requests_of(texts)
    with serving(workers=workers) as server:
        async with calling(server) as client:
            await in_turn(client, requests[: len(requests) // 2], callers=workers)
            unloaded = [made.seconds for made in await in_turn(client, requests, callers=1)]
            loads = []
            for share in LOADS:
                live: list[float] = []
                async with calling(server) as watcher:
                    watching = asyncio.create_task(watch_health(watcher, live))
                    began = perf_counter()
                    calls = await at_rate(client, requests, rate=share * capacity, seconds=seconds)
                    took = perf_counter() - began
                    watching.cancel()
                    with suppress(asyncio.CancelledError):
                        await watching
                loads.append(load_of(share, calls, took, live))
            return unloaded, loads


def load_of(share: float, calls: Sequence[Call], seconds: float, live: Sequence[float]) -> Load:
    """The outcome of the calls."""
    accepted = [made.seconds for made in calls if made.status == OK]
    refused = [made for made in calls if made.status == FULL]
    return Load(
        offered=share,
        answered=len(accepted) / seconds,
        accepted=accepted,
        refused=[made.seconds for made in refused],
        others=Counter(made.status for made in calls if made.status not in {OK, FULL}),
        without_retry=sum(made.retry_after is None for made in refused),
        live=live,
    )


def report(
    texts: Sequence[str], workers: int, rates: tuple[float, float, float], unloaded: Sequence[float], loads: Sequence[Load]
) -> Iterator[str]:
    """The lines of the table."""
    alone, one, several = rates
    middle, peak = median(unloaded), max(load.answered for load in loads)
    words = median(len(text.split()) for text in texts)
    yield f"Measured by `python benchmarks/load.py`: {len(texts)} articles of about {words:.0f} words, callers on the same cores."
    yield ""
    yield "| articles a second | | beside |"
    yield "| --- | ---: | --- |"
    yield f"| the engine alone, in one process | {alone:.1f} | |"
    yield f"| through the service, one worker | {one:.1f} | {one / alone:.2f} of the engine alone |"
    yield f"| through the service, {workers} workers | {several:.1f} | {several / one:.2f} times one |"
    yield ""
    yield f"A single caller waits {1000 * middle:.0f} ms in the median (p99 {1000 * percentile(unloaded, 99):.0f} ms)."
    yield ""
    yield "| offered | answered a second | of the peak | p50 | p99 | the same, in medians | refused | refusal p99 | /health/live p99 |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for load in loads:
        calls = len(load.accepted) + len(load.refused) + load.others.total()
        p50, p99 = percentile(load.accepted, 50), percentile(load.accepted, 99)
        refusal = f"{1000 * percentile(load.refused, 99):.0f} ms" if load.refused else "–"
        yield (
            f"| {load.offered:g} × capacity | {load.answered:.1f} | {load.answered / peak:.2f} | {1000 * p50:.0f} ms | {1000 * p99:.0f} ms "
            f"| {p99 / middle:.1f} × | {len(load.refused) / calls:.0%} | {refusal} | {1000 * percentile(load.live, 99):.0f} ms |"
        )
    yield ""
    lost, plain = sum((load.others for load in loads), Counter[int]()), sum(load.without_retry for load in loads)
    yield f"Calls with another end than an answer or a 503: {dict(lost) or 'none'}; 503s without Retry-After: {plain or 'none'}."


def draw(unloaded: Sequence[float], capacity: float, loads: Sequence[Load], path: Path) -> None:
    """Plot answered calls and their times over the offered load."""
    mpl.rcParams["svg.hashsalt"] = "quoteapi"
    figure, (rates, times) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    offered = [load.offered * capacity for load in loads]
    rates.plot(offered, [load.answered for load in loads], marker="o", label="answered")
    rates.plot(offered, offered, linestyle=":", color="grey", label="offered")
    rates.set(xlabel="articles offered a second", ylabel="articles a second", ylim=(0, 1.3 * max(load.answered for load in loads)))
    for share, style in ((50, "-"), (99, "--")):
        times.plot(offered, [1000 * percentile(load.accepted, share) for load in loads], style, marker="o", label=f"accepted, p{share}")
    times.plot(offered, [1000 * percentile(load.live, 99) for load in loads], ":", marker="o", label="/health/live, p99")
    times.axhline(4000 * median(unloaded), color="grey", linewidth=1, label="four times a single caller's median")
    times.set(xlabel="articles offered a second", ylabel="milliseconds", ylim=(0, None))
    for axes in (rates, times):
        axes.legend(frameon=False, fontsize="small")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
