"""A started server for the benchmarks of the service: its processes, and a client that keeps a rate or a number of concurrent calls.

Imported by the benchmarks that start a server or read its texts. Needs the extra `[bench]`, and Linux.
"""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

PATIENCE = 120.0
"""Seconds after which a call counts as hung."""
TESTS = Path(__file__).parents[1] / "tests"
SERVE = "from quoteapi.cli import main; main()"
PERCENT = 100


@dataclass(frozen=True)
class Call:
    """One request: when it was sent and how long it took, in seconds; status 0 if no answer came in time."""

    number: int
    sent: float
    seconds: float
    status: int
    retry_after: str | None
    body: bytes


class Server:
    """A running server.

    Args:
        url: Its address.
        process: Its HTTP process.
    """

    def __init__(self, url: str, process: psutil.Process) -> None:
        self.url = url
        self.process = process

    def workers(self) -> list[psutil.Process]:
        """Its engine processes: the children of the fork server."""
        family = [self.process, *self.process.children(recursive=True)]
        return [child for parent in family if "forkserver" in command(parent) for child in parent.children()]


def command(process: psutil.Process) -> str:
    """The command line of a process; empty if it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@contextmanager
def serving(*, workers: int, program: str = SERVE, **settings: str) -> Iterator[Server]:
    """Runs a server with `workers` workers and yields it when it is ready; its program finds engines in this folder.

    At the end it gets SIGTERM and must exit.
    """
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(  # noqa: S603 -- this command of ours
            [sys.executable, "-c", program, "serve", "--port", "0", "--workers", str(workers)],
            stderr=log,
            env={**os.environ, "PYTHONPATH": path, "QUOTEAPI_LOG_LEVEL": "info", **settings},
        )
        try:
            url = address(process, Path(log.name))
            while httpx.get(f"{url}/health/ready").status_code != httpx.codes.OK:
                time.sleep(0.05)
            yield Server(url, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(PATIENCE)


def address(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address in the server's log."""
    while process.poll() is None:
        if found := re.search(r'"address": "(http://[^"]+)"', log.read_text()):
            return found[1]
        time.sleep(0.05)
    sys.exit(log.read_text())


def texts_of(path: Path | None) -> list[str]:
    """The texts of a file of JSON lines; without a file, the project's own: an article and the short passages of its catalogue."""
    if path is not None:
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf8").splitlines()]
    catalogue = (tomllib.loads(file.read_text(encoding="utf8")) for file in sorted((TESTS / "catalogue").glob("*.toml")))
    own = (file.read_text(encoding="utf8") for file in sorted((TESTS / "articles").glob("*.txt")))
    return [*own, *(passage["text"] for entries in catalogue for passage in entries["passage"])]


def requests_of(texts: Sequence[str]) -> list[bytes]:
    """Request bodies, one for each text."""
    return [json.dumps({"text": text}).encode() for text in texts]


async def call(client: httpx.AsyncClient, body: bytes, number: int) -> Call:
    """Send an article and wait for the outcome."""
    sent = time.perf_counter()
    try:
        answer = await client.post("/quotes", content=body, headers={"Content-Type": "application/json"})
    except httpx.HTTPError:
        return Call(number, sent, time.perf_counter() - sent, 0, None, b"")
    return Call(number, sent, time.perf_counter() - sent, answer.status_code, answer.headers.get("Retry-After"), answer.content)


@asynccontextmanager
async def calling(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """A client without connection limits of its own."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, limits=limits) as client:
        yield client


async def in_turn(client: httpx.AsyncClient, bodies: Sequence[bytes], *, callers: int) -> list[Call]:
    """Send every body once from `callers` callers, each sending the next when the last is answered; a refused one is sent again."""
    waiting = iter(enumerate(bodies))
    calls: list[Call] = []

    async def caller() -> None:
        for number, body in waiting:
            while (made := await call(client, body, number)).status == httpx.codes.SERVICE_UNAVAILABLE:
                calls.append(made)
                await asyncio.sleep(0.05)
            calls.append(made)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return calls


async def at_rate(client: httpx.AsyncClient, bodies: Sequence[bytes], *, rate: float, seconds: float, seed: int = 0) -> list[Call]:
    """Calls at random moments, `rate` per second on average, regardless of the outcome of earlier ones."""
    draw = random.Random(seed)  # noqa: S311 -- nothing is secret
    tasks = []
    end = due = time.perf_counter()
    end += seconds
    while (due := due + draw.expovariate(rate)) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(call(client, draw.choice(bodies), len(tasks))))
    return list(await asyncio.gather(*tasks))


async def watch_health(client: httpx.AsyncClient, seconds: list[float], *, every: float = 0.05) -> None:
    """Record how long /health/live takes, repeatedly, until cancelled."""
    while True:
        began = time.perf_counter()
        (await client.get("/health/live")).raise_for_status()
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(every)


def percentile(values: Sequence[float], share: int) -> float:
    """The percentile `share` of the values."""
    if len(values) < 2:  # noqa: PLR2004 -- quantiles need two
        return values[0] if values else float("nan")
    return quantiles(values, n=PERCENT, method="inclusive")[share - 1]
