"""Faults on a running server: killed, stopped and hanging workers, callers who leave, a restart in the middle of it all."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from os import kill
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM
from typing import Any

import httpx
import msgspec
import pytest

from quoteapi.api.problem_kinds import KINDS
from quoteapi.api.problems import MEDIA_TYPE
from serving import PATIENCE, SERVE_POISONED, Server, wait_for

Start = Callable[..., Server]

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")

TEXTS = [
    f"“The {thing} held,” said Jane Roe, the harbour master. Mark Poe, a diver, said he was “{mood}” about the {thing}." * 5
    for thing, mood in (("sea wall", "glad"), ("gate", "sorry"), ("crane", "not sure"), ("quay", "quite calm"), ("net", "worried"))
]


def assert_problem(response: httpx.Response, name: str) -> None:
    """It tells a problem of that kind."""
    assert (response.status_code, response.json()["type"]) == (KINDS[name].status, f"/problems/{name}")
    assert response.headers["content-type"] == MEDIA_TYPE


def left_alone(url: str, text: str) -> socket.socket:
    """A caller who has sent an article and does not listen yet."""
    host, port = url.removeprefix("http://").split(":")
    caller = socket.create_connection((host, int(port)), timeout=PATIENCE)
    body = text.encode()
    head = f"POST /quotes HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    caller.sendall(head.encode() + body)
    return caller


def test_workers_that_are_killed_change_no_answer(start_server: Start) -> None:
    """Whatever is in flight is answered as if nothing had happened, or, if it has cost two workers, with a problem that says so."""
    server = start_server(QUOTEAPI_WORKERS="2", QUOTEAPI_QUEUE_SIZE="16")
    server.wait_until_ready()
    undisturbed = {text: server.post(text).json() for text in TEXTS}
    with ThreadPoolExecutor(8) as callers:
        waiting = [callers.submit(server.post, text) for text in TEXTS * 12]
        killed: set[int] = set()
        for turn in count():
            alive = [worker for worker in server.worker_ids() if worker not in killed]
            if len(killed) == 10 or all(call.done() for call in waiting):
                break
            if alive:
                killed.add(alive[turn % len(alive)])
                kill(alive[turn % len(alive)], SIGKILL)
            time.sleep(0.05)
        responses = [call.result() for call in waiting]
    assert killed
    for text, response in zip(TEXTS * 12, responses, strict=True):
        if response.status_code == 200:
            assert response.json() == undisturbed[text]
        else:
            assert_problem(response, "fatal-article")
    assert any(response.status_code == 200 for response in responses)
    server.wait_until_ready()
    assert len(server.worker_ids()) == 2


def test_the_fork_server_may_be_killed_too(start_server: Start) -> None:
    """Its workers go on, and the next one comes from a new fork server."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    fork_server = int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])
    assert fork_server != server.process.pid
    kill(fork_server, SIGKILL)
    assert server.post(TEXTS[0]).status_code == 200
    assert server.worker_ids() == [worker]
    kill(worker, SIGKILL)
    assert server.post(TEXTS[0]).status_code == 200
    assert server.worker_ids() != [worker]


def test_workers_share_the_memory_of_one_engine(start_server: Start) -> None:
    """The fork server has loaded it, as the settings say, before they start."""
    server = start_server(QUOTEAPI_WORKERS="2", QUOTEAPI_MIN_CONFIDENCE="0.5")
    server.wait_until_ready()
    assert server.log.read_text().count('"shares_memory": true') == 2


def test_504_an_article_that_takes_too_long(start_server: Start) -> None:
    """Its worker, here one that is stopped, is killed and replaced, and the article that waited is answered."""
    server = start_server(SERVE_POISONED, QUOTEAPI_TIME_LIMIT="3", QUOTEAPI_TIME_LIMIT_PER_THOUSAND="0")
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    kill(worker, SIGSTOP)
    with ThreadPoolExecutor(1) as callers:
        slow = callers.submit(server.post, TEXTS[0])
        wait_for(lambda: slow.done() or slow.running(), server.log)
        response = slow.result()
    assert_problem(response, "too-slow")
    assert "3 seconds" in response.json()["detail"]
    assert server.post(TEXTS[1]).status_code == 200
    assert worker not in server.worker_ids()


def test_500_an_article_of_which_workers_die(poisoned: Server) -> None:
    """Not 503: nobody is told to send it again, to kill two more."""
    response = poisoned.post("die")
    assert_problem(response, "fatal-article")
    assert "Retry-After" not in response.headers
    assert poisoned.post("fine").status_code == 200


def test_500_an_engine_that_breaks_tells_nothing_of_the_article(poisoned: Server) -> None:
    """Neither the caller nor the log is told the error's message."""
    response = poisoned.post("raise xylophones")
    assert_problem(response, "internal-error")
    assert "KeyError in fail, poisoned.py line" in poisoned.log.read_text()
    assert "xylophones" not in response.text + poisoned.log.read_text()


def test_503_a_full_line_is_told_before_the_body_is_read(start_server: Start) -> None:
    """The connection can be used again, and the server is not ready meanwhile."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    kill(worker, SIGSTOP)
    accepted = [left_alone(server.url, text) for text in TEXTS[:3]]
    server.wait_until_full()
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        for content in (b"x" * 300_000, b"not even JSON"):
            response = client.post("/quotes", content=content, headers={"Content-Type": "application/json"})
            assert_problem(response, "queue-full")
            assert int(response.headers["retry-after"]) >= 1
        assert client.get("/health/live").status_code == 200
        kill(worker, SIGCONT)
        assert all(caller.recv(12) == b"HTTP/1.1 200" for caller in accepted)
        assert client.get("/health/ready").status_code == 200
    for caller in accepted:
        caller.close()


def test_a_caller_who_leaves_takes_the_place_along(start_server: Start) -> None:
    """The line has room again while the worker still reads; who stayed is answered."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    kill(worker, SIGSTOP)
    staying, leaving, _ = callers = [left_alone(server.url, text) for text in TEXTS[:3]]
    server.wait_until_full()
    leaving.close()
    wait_for(lambda: server.figures()["quoteapi_queue_length"] == 1, server.log)
    kill(worker, SIGCONT)
    assert staying.recv(12) == b"HTTP/1.1 200"
    assert server.worker_ids() == [worker]
    wait_for(lambda: '"status": 499' in server.log.read_text(), server.log)
    for caller in callers:
        caller.close()


def test_sigterm_loses_nothing_that_was_accepted(start_server: Start) -> None:
    """What is read and what waits is answered before the server ends, also where every process gets the signal."""
    server = start_server(QUOTEAPI_QUEUE_SIZE="5")
    server.wait_until_ready()
    undisturbed = {text: server.post(text).json() for text in TEXTS}
    (worker,) = server.worker_ids()
    kill(worker, SIGSTOP)
    with ThreadPoolExecutor(6) as callers:
        waiting = [callers.submit(server.post, text) for text in [*TEXTS, TEXTS[0]]]
        server.wait_until_full()
        kill(worker, SIGTERM)
        server.process.send_signal(SIGTERM)
        wait_for(lambda: "Shutting down" in server.log.read_text(), server.log)
        kill(worker, SIGCONT)
        responses = [call.result() for call in waiting]
    assert [response.json() for response in responses] == [undisturbed[text] for text in [*TEXTS, TEXTS[0]]]
    server.process.communicate(timeout=PATIENCE)
    assert server.worker_ids() == []
    assert "Traceback" not in server.log.read_text()


def test_a_worker_that_is_replaced_is_told_with_its_end_and_its_request(start_server: Start) -> None:
    """Its process, the signal, and the request that it died of, or that took too long."""
    server = start_server(SERVE_POISONED, QUOTEAPI_TIME_LIMIT="3")
    server.wait_until_ready()
    (worker,) = server.worker_ids()
    for text, cause, name in (
        ("die", "died", "SIGKILL"),
        ("crash", "died", "SIGSEGV"),
        ("leave", "died", "status 3"),
        ("hang", "too-slow", "SIGKILL"),
    ):
        response = server.post(text)
        told: list[dict[str, Any]] = []

        def is_told(request: str = response.headers["x-request-id"], told: list[dict[str, Any]] = told) -> bool:
            lines = [msgspec.json.decode(line) for line in server.log.read_text().splitlines()]
            told[:] = [line for line in lines if line["event"] == "a worker is replaced" and line.get("request_id") == request]
            return bool(told)

        wait_for(is_told, server.log)  # the caller is answered first
        assert {(line["cause"], line["signal"]) for line in told} == {(cause, name)}, told
        if text == "die":
            assert told[0]["worker"] == worker
