"""Engines that go wrong in every way that one can, behind a server: the caller is told, the neighbours are answered, nobody hangs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec
import pytest

from serving import PATIENCE, SERVE_POISONED, Server, is_running, wait_for

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes and their memory in /proc")


@pytest.fixture(scope="module")
def server(start_servers: Callable[..., Server]) -> Server:
    """A server with the poisoned engine, and little patience with it."""
    server = start_servers(SERVE_POISONED, QUOTEAPI_TIME_LIMIT="3", QUOTEAPI_QUEUE_SIZE="8")
    server.wait_until_ready()
    return server


def problem(response: httpx.Response) -> tuple[int, str]:
    """What a response tells."""
    return response.status_code, response.json()["type"].removeprefix("/problems/")


def reader_of(response: httpx.Response) -> int:
    """The number of the process that read an article."""
    assert response.status_code == 200, response.text
    return int(response.json()["engine"]["pipeline"])


@pytest.mark.parametrize("text", ["die", "grow", "leave", "crash"])
def test_500_what_ends_its_process_is_given_up_after_two(server: Server, text: str) -> None:
    """Killed, out of memory, ended by the engine itself, crashed in a library: those beside it are answered."""
    with ThreadPoolExecutor(4) as callers:
        fatal = callers.submit(server.post, text)
        beside = [callers.submit(server.post, "fine") for _ in range(6)]
        assert problem(fatal.result()) == (500, "fatal-article")
        assert [call.result().status_code for call in beside] == [200] * 6


@pytest.mark.parametrize("text", ["recurse", "surrogate", "raise words"])
def test_500_what_breaks_the_engine_costs_no_process(server: Server, text: str) -> None:
    """Calls without end, an answer that is no JSON, any exception."""
    worker = reader_of(server.post("fine"))
    assert problem(server.post(text)) == (500, "internal-error")
    assert reader_of(server.post("fine")) == worker


def test_504_what_takes_no_signal_is_killed(server: Server) -> None:
    """There is one that nobody can ignore."""
    worker = reader_of(server.post("fine"))
    assert problem(server.post("hang-on")) == (504, "too-slow")
    assert reader_of(server.post("fine")) != worker
    assert not is_running(worker)


def test_504_who_leaves_a_process_behind_is_not_waited_for(server: Server, tmp_path: Path) -> None:
    """A child that the engine forked holds the link of its dead parent open: the time limit ends that, too."""
    try:
        response = server.post(f"orphan {tmp_path / 'marker'}")
        assert problem(response) in {(504, "too-slow"), (500, "fatal-article")}
        assert server.post("fine").status_code == 200
    finally:
        (tmp_path / "marker").touch()


def test_what_an_engine_writes_is_in_nobodys_answer(server: Server) -> None:
    """Nor does it confuse the worker with its parent."""
    response = server.post("write HTTP/1.1 200 OK")
    assert response.status_code == 200
    assert msgspec.json.decode(response.content)["quotes"] == []


def test_an_answer_may_be_large(server: Server) -> None:
    """Larger than what the link between the processes takes in at once."""
    response = server.post("much 30000000")
    assert response.status_code == 200
    assert len(response.json()["id"]) == 30_000_000


def test_all_of_that_leaves_a_server_that_is_well(server: Server) -> None:
    """Ready, with one worker, and no error of its own in the log."""
    wait_for(lambda: httpx.get(f"{server.url}/health/ready", timeout=PATIENCE).status_code == 200, server.log)
    assert server.post("fine").status_code == 200
    assert len(server.worker_ids()) == 1
    assert "a worker could not be kept" not in server.log.read_text()
