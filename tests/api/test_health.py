"""Health checks and the server's life, over HTTP."""

from pathlib import Path
from signal import SIGTERM
from time import sleep
from typing import TYPE_CHECKING

import httpx
import pytest

from quoteapi.settings import Settings
from serving import SERVE_POISONED, is_running

if TYPE_CHECKING:
    from collections.abc import Callable

    from serving import Server


def test_live_and_ready(client: httpx.Client) -> None:
    """Both once the engines are loaded."""
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/ready").json() == {"status": "ready"}


def test_it_is_not_ready_before_its_engines_are(server: "Server") -> None:
    """The server listens while they load, and says so."""
    assert server.first_readiness == 503


def test_sigterm_ends_the_server_and_its_workers(start_server: "Callable[..., Server]") -> None:
    """No process is left, and neither a traceback nor a warning is written."""
    server = start_server()
    server.wait_until_ready()
    workers = server.worker_ids()
    assert len(workers) == 1
    assert server.stop() in {0, -SIGTERM}
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    assert "Traceback" not in server.log.read_text()
    assert "Warning" not in server.log.read_text()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
def test_nothing_is_left_when_the_server_is_killed(start_server: "Callable[..., Server]") -> None:
    """A process without a parent would hold its engine's memory, and the server's output, for ever."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    server.process.kill()
    server.process.communicate()  # returns when nobody holds the output any more
    while is_running(worker):
        sleep(0.02)


def test_an_engine_that_cannot_be_loaded_leaves_the_server_unready_and_says_why(start_server: "Callable[..., Server]") -> None:
    """A wrong pipeline is told by the readiness check and in the log; requests are sent away."""
    server = start_server(QUOTEAPI_PIPELINE="no-such-pipeline")
    while "no-such-pipeline" not in httpx.get(f"{server.url}/health/ready").text:
        sleep(0.02)
    response = httpx.post(f"{server.url}/quotes", json={"text": "Hi."})
    assert (response.status_code, response.json()["type"]) == (503, "/problems/workers-down")
    assert "the engine could not be loaded" in server.log.read_text()


def test_the_defaults_listen_on_this_machine_alone() -> None:
    """Nobody serves a network by accident."""
    assert Settings().host == "127.0.0.1"
