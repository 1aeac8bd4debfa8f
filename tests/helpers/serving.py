"""A running server: `quoteapi serve` in a process of its own on a free port."""

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
"""Seconds after which a server that does not start, or stop, has failed; far more than it ever takes."""

SETTINGS = {"QUOTEAPI_WORKERS": "1", "QUOTEAPI_QUEUE_SIZE": "2", "QUOTEAPI_MAX_TEXT_LENGTH": "50000", "QUOTEAPI_MAX_BODY_SIZE": "400000"}
"""Small limits, so that tests reach them soon."""


class Server(NamedTuple):
    """A server that runs."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    first_readiness: int
    """The status of `/health/ready` as soon as the server listened."""

    def worker_ids(self) -> list[int]:
        """The process ids of its workers, as its log tells them, less those that have ended."""
        told = re.findall(r'"worker": (\d+), .*"a worker can read"', self.log.read_text())
        return [int(worker) for worker in told if is_running(int(worker))]

    def post(self, text: str) -> httpx.Response:
        """The answer to an article."""
        return httpx.post(f"{self.url}/quotes", json={"text": text}, timeout=PATIENCE)

    def figures(self) -> dict[str, float]:
        """The metrics without labels, by their names."""
        told = httpx.get(f"{self.url}/metrics").text.splitlines()
        return {name: float(value) for name, _, value in (line.partition(" ") for line in told) if "{" not in name and name != "#"}

    def wait_until_full(self) -> None:
        """Return once as many articles wait as may."""

        def full() -> bool:
            figures = self.figures()
            names = ("queue_length", "queue_places", "reading", "workers")
            waiting, places, reading, workers = (figures[f"quoteapi_{name}"] for name in names)
            return waiting >= places and reading == workers > 0  # more wait where an article of a stream is read

        wait_for(full, self.log)

    def wait_until_ready(self) -> None:
        """Return once every engine is loaded."""
        wait_for(lambda: httpx.get(f"{self.url}/health/ready").status_code == 200, self.log)

    def stop(self) -> int:
        """End the server as a container's host does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def is_running(process: int) -> bool:
    """Whether a process runs; one that has ended and is not yet reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(condition: Callable[[], bool], log: Path) -> None:
    """Return once the condition holds."""
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
"""The same command, with the poisoned engine."""


def start(folder: Path, *, program: str = SERVE, **settings: str) -> Server:
    """A server that listens, its engines still loading."""
    log = folder / "server.log"
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    with log.open("wb") as stderr:
        process = subprocess.Popen(  # noqa: S603  this command of ours
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
    """What starts servers with settings; they are ended at last if they still run."""
    servers: list[Server] = []

    def started(program: str = SERVE, **settings: str) -> Server:
        servers.append(start(folder, program=program, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.process.kill()
        server.process.communicate(timeout=PATIENCE)
