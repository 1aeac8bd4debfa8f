"""A running server: `quoteapi serve` in its own process on a free port."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

PATIENCE = 120.0
"""Seconds after which a server that does not start or stop has failed; far more than it ever takes."""

SETTINGS = {"QUOTEAPI_WORKERS": "1", "QUOTEAPI_QUEUE_SIZE": "2", "QUOTEAPI_MAX_TEXT_LENGTH": "50000", "QUOTEAPI_MAX_BODY_SIZE": "400000"}
"""Small limits, so that tests reach them quickly."""


class Server(NamedTuple):
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    first_readiness: int
    """The status of `/health/ready` as soon as the server listened."""

    def worker_ids(self) -> list[int]:
        """The process ids in its log of the workers that still run."""
        told = re.findall(r'"worker": (\d+), .*"a worker can read"', self.log.read_text())
        return [int(worker) for worker in told if is_running(int(worker))]

    def post(self, text: str) -> httpx.Response:
        """The answer to an article."""
        return httpx.post(f"{self.url}/quotes", json={"text": text}, timeout=PATIENCE)

    def figures(self) -> dict[str, float]:
        """The metrics without labels, by name."""
        told = httpx.get(f"{self.url}/metrics").text.splitlines()
        return {name: float(value) for name, _, value in (line.partition(" ") for line in told) if "{" not in name and name != "#"}

    def wait_until_full(self) -> None:
        """Wait until the queue is full."""

        def full() -> bool:
            figures = self.figures()
            names = ("queue_length", "queue_places", "reading", "workers")
            waiting, places, reading, workers = (figures[f"quoteapi_{name}"] for name in names)
            return waiting >= places and reading == workers > 0  # a stream may add more waiting articles

        wait_for(full, self.log)

    def wait_until_ready(self) -> None:
        """Wait until every engine is loaded."""
        wait_for(lambda: httpx.get(f"{self.url}/health/ready").status_code == 200, self.log)

    def stop(self) -> int:
        """Stop the server as a container runtime does (SIGTERM), and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def is_running(process: int) -> bool:
    """Whether a process runs; zombies do not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(condition: Callable[[], bool], log: Path) -> None:
    """Wait until the condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)


SERVE = "from quoteapi.cli import main; main()"
SERVE_POISONED = """
from functools import partial
import quoteapi.api
from quoteapi.cli import main
quoteapi.api.create_app = partial(quoteapi.api.create_app, engine="poisoned:make")
main()
"""
"""The same command with the poisoned engine."""


def start(folder: Path, *, program: str = SERVE, **settings: str) -> Server:
    """A server that listens, while its engines are still loading."""
    log = folder / "server.log"
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    with log.open("wb") as stderr:
        process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-c", program, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, **SETTINGS, "PYTHONPATH": path, **settings},
        )
    found: list[str] = []

    def listening() -> bool:
        assert process.poll() is None, log.read_text()
        found.extend(re.findall(r'"address": "(http://[^"]+)".*"quoteapi serves"', log.read_text()))
        return bool(found)

    wait_for(listening, log)
    return Server(found[0], process, log, first_readiness=httpx.get(f"{found[0]}/health/ready").status_code)


@contextmanager
def starting(folder: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers with settings, and kills those that still run at the end."""
    servers: list[Server] = []

    def started(program: str = SERVE, **settings: str) -> Server:
        servers.append(start(folder, program=program, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.process.kill()
        server.process.communicate(timeout=PATIENCE)
