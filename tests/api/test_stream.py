"""`POST /quotes/batch`: a line in, an answer a line out, both at once; whatever is wrong with a line, the next one is answered."""

import asyncio
import re
import select
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from quoteapi.api.disconnects import Connection
from quoteapi.api.rates import Standing
from quoteapi.api.stream import ARTICLES_AHEAD, Stream
from quoteapi.api.stream_places import IDLE
from quoteapi.api.workers import Workers
from quoteapi.settings import Settings
from quoteapi.structs import LineProblem
from serving import PATIENCE, SERVE_POISONED, Server, wait_for
from streams import NDJSON, Talk, answers, kinds, lines, streamed, talking

Start = Callable[..., Server]

TEXTS = [f"“The {thing} held,” said Jane Roe, the harbour master. Mark Poe was glad." for thing in ("wall", "gate", "crane", "quay")]
LARGE = "much 5000"
"""To the poisoned engine, an answer that is larger than its article by far."""


def figure(server: Server, name: str) -> float:
    """A figure of the server's."""
    figures = httpx.get(f"{server.url}/metrics", timeout=PATIENCE).text
    return next(float(line.split()[-1]) for line in figures.splitlines() if line.startswith(f"{name} "))


def test_every_line_is_answered_as_a_request_of_its_own(client: httpx.Client, server: Server) -> None:
    """In the same order, with its id, its options and its mistakes."""
    asked = [
        *({"id": str(number), "text": text} for number, text in enumerate(TEXTS)),
        {"text": "“🚀,” she said.", "offset_unit": "utf16", "include": ["other"]},
    ]
    body = b"".join(msgspec.json.encode(one) + b"\n" for one in asked)
    assert streamed(server.url, body) == [client.post("/quotes", json=one).json() for one in asked]


def test_a_line_is_answered_while_the_next_is_not_even_sent(poisoned: Server) -> None:
    """And the connection serves again when the stream has ended."""
    with talking(poisoned.url) as talk:
        for turn in range(5):
            talk.tell(f"fine {turn}")
            assert talk.hear()["quotes"] == []
        assert talk.end() == []
        talk.connection.request("GET", "/health/live")
        assert talk.connection.getresponse().status == 200


def test_a_bad_line_is_answered_with_a_problem_and_the_stream_goes_on(poisoned: Server) -> None:
    """With its number, and its id where it has one."""
    body = b"\n".join(
        [
            b'{"id": "a", "text": "fine"}',
            b"no JSON",
            b'{"id": "c", "text": 7}',
            b'{"id": "d", "text": " "}',
            b'{"id": "e", "text": "\xff"}',
            b"[" * 20_000,
            b'{"id": "g", "text": "x", "language": "fr"}',
            b'{"id": "h", "text": "' + b"x" * 60_000 + b'"}',
            b'{"id": "i", "text": "' + b"x" * 500_000 + b'"}',
            b"[]",
            b'{"id": "k", "text": "fine"}',
        ]
    )
    told = streamed(poisoned.url, body)
    assert kinds(told)[:4] == [(2, "not-json"), (3, "wrong-shape"), (4, "empty-text"), (5, "not-utf8")]
    assert (6, "nesting-too-deep") in kinds(told)
    assert kinds(told)[-2:] == [(9, "body-too-large"), (10, "wrong-shape")]
    assert [one["id"] for one in told] == ["a", None, "c", "d", "e", None, "g", "h", None, None, "k"]
    for one in told:
        if "type" in one:
            assert msgspec.convert(one, LineProblem).retry_after is None


def test_blank_lines_are_passed_over_and_counted(poisoned: Server) -> None:
    """Whatever ends lines, with a byte order mark before them or none, the last one with a break or without."""
    told = streamed(poisoned.url, b'\xef\xbb\xbf{"text": "fine"}\r\n\r\n \t\n{"text": "fine"}\n\n\nx')
    assert ["quotes" in one for one in told] == [True, True, False]
    assert kinds(told) == [(7, "not-json")]
    assert streamed(poisoned.url, b"") == streamed(poisoned.url, b"\n\r\n \n") == []


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/jsonl; charset=utf-8", "application/ndjson"])
def test_every_name_of_json_lines_is_read(poisoned: Server, media_type: str) -> None:
    """None is registered; the answer has the one that is accepted."""
    headers = {"Content-Type": media_type, "Accept": "application/jsonl"}
    response = httpx.post(f"{poisoned.url}/quotes/batch", content=lines("fine"), headers=headers, timeout=PATIENCE)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/jsonl")
    assert len(answers(response.content)) == 1


@pytest.mark.parametrize(
    ("status", "name", "headers"),
    [
        (415, "unsupported-media-type", {"Content-Type": "application/json"}),
        (415, "unsupported-media-type", {**NDJSON, "Content-Encoding": "gzip"}),
        (415, "unsupported-media-type", {**NDJSON, "Content-Type": "application/x-ndjson; charset=utf-16"}),
        (406, "not-acceptable", {**NDJSON, "Accept": "text/csv"}),
    ],
)
def test_what_is_wrong_before_the_first_line_is_an_ordinary_problem(
    poisoned: Server, status: int, name: str, headers: dict[str, str]
) -> None:
    """With its own status."""
    response = httpx.post(f"{poisoned.url}/quotes/batch", content=lines("fine"), headers=headers, timeout=PATIENCE)
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{name}")


def test_a_stream_is_read_no_further_ahead_than_a_few_articles(poisoned: Server, tmp_path: Path) -> None:
    """The others wait with the caller; whoever leaves takes all of them along."""
    with talking(poisoned.url) as talk:
        talk.tell(f"wait-for {tmp_path / 'marker'}", *["fine"] * 50)
        wait_for(lambda: figure(poisoned, "quoteapi_stream_queue_length") == ARTICLES_AHEAD - 1, poisoned.log)
        assert figure(poisoned, "quoteapi_streams") == 1
    wait_for(lambda: figure(poisoned, "quoteapi_streams") == 0, poisoned.log)
    assert figure(poisoned, "quoteapi_stream_queue_length") == 0
    (tmp_path / "marker").touch()
    assert poisoned.post("fine").status_code == 200


def test_who_sends_one_article_does_not_wait_for_a_stream(poisoned: Server, tmp_path: Path) -> None:
    """As many as find room on an idle server find it beside three streams; all are answered while most of the streams still wait."""
    with ThreadPoolExecutor(6) as callers:
        told = [callers.submit(streamed, poisoned.url, lines(f"wait-for {tmp_path / 'marker'}", *["fine"] * 300)) for _ in range(3)]
        wait_for(lambda: figure(poisoned, "quoteapi_stream_queue_length") == 3 * ARTICLES_AHEAD - 1, poisoned.log)
        single = [callers.submit(poisoned.post, "fine") for _ in range(3)]
        poisoned.wait_until_full()
        (tmp_path / "marker").touch()
        assert [one.result().status_code for one in single] == [200] * 3
        assert all(len(one.result()) == 301 for one in told)


def test_single_articles_are_answered_while_a_stream_runs(poisoned: Server) -> None:
    """None is refused; the stream has not ended by then."""
    with talking(poisoned.url) as talk:
        sender = threading.Thread(target=lambda: [talk.tell(*["fine"] * 50) for _ in range(8)])
        sender.start()
        assert [poisoned.post("fine").status_code for _ in range(20)] == [200] * 20
        assert figure(poisoned, "quoteapi_streams") == 1
        sender.join()
        assert len(talk.end()) == 400


def test_who_sends_everything_before_reading_is_answered(poisoned: Server) -> None:
    """The answers, more than a connection holds by far, wait in the meantime."""
    with talking(poisoned.url) as talk:
        for _ in range(40):
            talk.tell(*[LARGE] * 100)
        told = talk.end()
    assert len(told) == 4000
    assert sum(len(one["id"]) for one in told) == 4000 * 5000


def test_answers_that_nobody_reads_are_no_more_than_may_wait(start_server: Start) -> None:
    """Then the stream ends, and says from which line on nothing was read; what was read is answered before."""
    server = start_server(SERVE_POISONED, QUOTEAPI_STREAM_SPOOL=str(1 << 20), QUOTEAPI_BODY_TIMEOUT="2")
    server.wait_until_ready()
    with talking(server.url) as talk:
        for _ in range(1000):
            talk.tell("much 50000" + " " * 40_000)
        *told, last = talk.end()
    assert kinds([last]) == [(len(told) + 1, "answers-unread")]
    assert 20 < len(told) < 1000
    assert kinds(told) == []
    assert '"problem": "answers-unread"' in server.log.read_text()


def test_who_never_reads_is_cut_off(start_server: Start) -> None:
    """The connection is broken, and the stream's place is free again."""
    server = start_server(SERVE_POISONED, QUOTEAPI_STREAMS="1", QUOTEAPI_BODY_TIMEOUT="2")
    server.wait_until_ready()
    with talking(server.url) as talk:
        talk.tell(*["much 50000"] * 400)
        talk.connection.send(b"0\r\n\r\n")
        refused = httpx.post(f"{server.url}/quotes/batch", content=b"", headers=NDJSON, timeout=PATIENCE)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/queue-full")
        assert int(refused.headers["retry-after"]) > 0
        wait_for(lambda: "stream cut" in server.log.read_text(), server.log)
    assert len(streamed(server.url, lines("fine"))) == 1
    assert '"status": 499' in server.log.read_text()
    assert "Traceback" not in server.log.read_text()


def test_sixteen_idle_streams_keep_no_other_caller_out(start_server: Start, tmp_path: Path) -> None:
    """A caller has four at most; an idle one gives its place up to another caller with a word from where to go on, a busy one does not."""
    keys = tmp_path / "keys"
    keys.write_text("".join(f"caller-{number}: key-of-caller-{number}-0123\n" for number in range(5)))
    server = start_server(SERVE_POISONED, QUOTEAPI_API_KEYS=str(keys))
    server.wait_until_ready()

    def key(caller: int) -> dict[str, str]:
        return {"X-API-Key": f"key-of-caller-{caller}-0123"}

    def opened(caller: int) -> Talk:
        return stack.enter_context(talking(server.url, headers=key(caller)))

    def streams() -> float:
        told = httpx.get(f"{server.url}/metrics", headers=key(0), timeout=PATIENCE).text
        return float(re.findall(r"^quoteapi_streams (.*)$", told, flags=re.MULTILINE)[0])

    with ExitStack() as stack:
        busy, *idle = [opened(number // 4) for number in range(16)]
        for talk in (busy, *idle):
            talk.tell("fine")
            talk.hear()
        busy.tell(f"wait-for {tmp_path / 'marker'}")
        wait_for(lambda: streams() == 16, server.log)
        time.sleep(IDLE)
        refused = httpx.post(f"{server.url}/quotes/batch", content=b"", headers=NDJSON | key(0), timeout=PATIENCE)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/queue-full")
        fifth = opened(4)
        fifth.tell("fine")
        (tmp_path / "marker").touch()
        assert "quotes" in fifth.hear()
        assert "quotes" in busy.hear()
        wait_for(lambda: streams() == 16, server.log)
        ended = [talk for talk in idle if select.select([talk.connection.sock], [], [], 0)[0]]
        assert len(ended) == 1
        (last,) = ended[0].rest()
        assert (kinds([last]), last["retry_after"]) == ([(2, "queue-full")], 1)
        assert fifth.end() == busy.end() == []
    assert "Traceback" not in server.log.read_text()


def test_408_a_line_that_does_not_come(start_server: Start) -> None:
    """The last line says which; bytes that drip start no clock anew."""
    server = start_server(SERVE_POISONED, QUOTEAPI_BODY_TIMEOUT="1")
    server.wait_until_ready()
    with talking(server.url) as talk:
        talk.tell("fine")
        assert "quotes" in talk.hear()
        dripping = threading.Event()

        def drip() -> None:
            while not dripping.wait(0.2):
                talk.connection.send(b"1\r\n \r\n")

        dripper = threading.Thread(target=drip)
        dripper.start()
        try:
            assert kinds(talk.rest()) == [(2, "request-too-slow")]
        finally:
            dripping.set()
            dripper.join()


def test_sigterm_ends_a_stream_with_a_word(start_server: Start, tmp_path: Path) -> None:
    """What was taken in is answered, the last line says that the server stops, and it does."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    with talking(server.url) as talk:
        talk.tell(f"wait-for {tmp_path / 'marker'}", *["fine"] * 100)
        wait_for(lambda: figure(server, "quoteapi_stream_queue_length") == ARTICLES_AHEAD - 1, server.log)
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: "Shutting down" in server.log.read_text(), server.log)
        (tmp_path / "marker").touch()
        *told, last = talk.rest()
    assert kinds(told) == []
    assert kinds([last]) == [(len(told) + 1, "workers-down")]
    assert len(told) >= ARTICLES_AHEAD
    assert last["retry_after"] > 0
    server.process.communicate(timeout=PATIENCE)
    assert "Traceback" not in server.log.read_text()


def test_articles_that_break_workers_cost_their_own_line_alone(start_server: Start) -> None:
    """One of which workers die, one that hangs, one on which the engine breaks, one that has no memory left."""
    server = start_server(SERVE_POISONED, QUOTEAPI_TIME_LIMIT="3")
    server.wait_until_ready()
    told = streamed(server.url, lines("fine", "die", "fine", "hang", "fine", "raise xylophones", "fine", "leak", "fine"))
    assert kinds(told) == [(2, "fatal-article"), (4, "too-slow"), (6, "internal-error"), (8, "fatal-article")]
    assert [one["id"] for one in told] == [str(number) for number in range(9)]
    assert "xylophones" not in server.log.read_text()


def test_a_stream_is_one_request_in_the_log_and_many_articles_in_the_metrics(start_server: Start) -> None:
    """With the number of its lines, its quotes, and those that were refused; and not a word of them."""
    server = start_server()
    server.wait_until_ready()
    read = figure(server, "quoteapi_document_quotes_count")
    streamed(server.url, lines(*TEXTS, " ", "“Xylophones,” said Jane Roe."))
    (told,) = [line for line in server.log.read_text().splitlines() if "/quotes/batch" in line]
    seen = msgspec.json.decode(told)
    assert (seen["status"], seen["lines"], seen["refused"], seen["quotes"]) == (200, 6, 1, 5)
    assert figure(server, "quoteapi_document_quotes_count") - read == 5
    assert figure(server, "quoteapi_document_quotes_sum") == 5
    assert figure(server, 'quoteapi_refusals_total{problem="empty-text"}') == 1
    assert "ylophones" not in server.log.read_text()


def test_a_stream_is_no_way_around_the_rate(start_server: Start) -> None:
    """Each line counts; those that are over it wait, and so does a request of the same caller."""
    server = start_server(SERVE_POISONED, QUOTEAPI_RATE_LIMIT="5")
    server.wait_until_ready()
    with talking(server.url) as talk:
        talk.tell(*["fine"] * 20)
        assert len([talk.hear() for _ in range(5)]) == 5
        assert any(server.post("fine").status_code == 429 for _ in range(4))  # a new minute may begin; alone, four are within the rate
        assert httpx.post(f"{server.url}/quotes/batch", content=b"", headers=NDJSON, timeout=PATIENCE).status_code == 429
    wait_for(lambda: figure(server, "quoteapi_streams") == 0, server.log)


@pytest.mark.parametrize("options", [["--data-binary", "@-"], ["-X", "POST", "-T", "-"]], ids=["data", "upload"])
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_streams(poisoned: Server, options: list[str]) -> None:
    """A file, or whatever is written to it."""
    told = subprocess.run(  # noqa: S603  this command of ours
        ["curl", "-sS", f"{poisoned.url}/quotes/batch", "-H", "Content-Type: application/x-ndjson", *options],  # noqa: S607  whichever is there
        input=lines(*[LARGE] * 3000),
        capture_output=True,
        check=True,
    )
    assert len(answers(told.stdout)) == 3000


def test_httpx_streams(poisoned: Server) -> None:
    """Lines from a generator; it reads when all are sent."""

    def generated() -> Iterator[bytes]:
        for _ in range(3000):
            yield lines(LARGE)

    with httpx.stream("POST", f"{poisoned.url}/quotes/batch", content=generated(), headers=NDJSON, timeout=PATIENCE) as response:
        assert sum(1 for _ in response.iter_lines()) == 3000


NODE = """
const body = new ReadableStream({
  start(controller) { this.sent = 0 },
  pull(controller) {
    if (this.sent++ == 3000) controller.close()
    else controller.enqueue(new TextEncoder().encode(JSON.stringify({text: "much 5000"}) + "\\n"))
  },
})
const answer = await fetch(process.argv[1], {method: "POST", body, duplex: "half", headers: {"Content-Type": "application/x-ndjson"}})
let count = 0
for await (const part of answer.body) count += part.filter((byte) => byte == 10).length
console.log(count)
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_fetch_streams(poisoned: Server) -> None:
    """Node's, as browsers have it."""
    told = subprocess.run(  # noqa: S603  this command of ours
        ["node", "--input-type=module", "--eval", NODE, f"{poisoned.url}/quotes/batch"],  # noqa: S607  whichever is there
        capture_output=True,
        check=True,
    )
    assert told.stdout.strip() == b"3000"


async def in_process(*messages: dict[str, Any], state: dict[str, Any], connection: Connection) -> list[dict[str, Any]]:
    """The answers of a stream in this process to parts of a body; behind them its caller waits."""
    workers = Workers(settings := Settings(workers=1), engine="poisoned:make")
    workers.start()
    waiting = list(messages)
    sent: list[bytes] = []

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))

    scope: Any = {"type": "http", "state": state, "extensions": {"quoteapi.connection": connection}}
    try:
        stream: Any = Stream(workers, settings, lambda _: None, caller="", media_type="application/x-ndjson")
        await asyncio.wait_for(stream(scope, receive, send), PATIENCE)
    finally:
        await workers.stop()
    return answers(b"".join(sent))


def test_lines_over_the_rate_wait_until_they_may_come() -> None:
    """The first is counted with the request, each other one by itself, as often as it takes."""
    standings = [False, True, True, False, False, True]

    async def count() -> Standing:
        return Standing(standings.pop(0), limit=1, remaining=0, reset=0)

    part = {"type": "http.request", "body": lines(*["fine"] * 4), "more_body": False}
    told = asyncio.run(in_process(part, state={"quoteapi.allowance": count}, connection=Connection()))
    assert (len(told), standings) == (4, [])


def test_a_connection_that_is_lost_ends_a_stream() -> None:
    """Also while its caller is not listened to."""

    async def work() -> list[dict[str, Any]]:
        connection = Connection()
        asyncio.get_running_loop().call_later(0.2, connection.lost.set)
        part = {"type": "http.request", "body": lines(*["hang"] * 50), "more_body": True}
        return await in_process(part, state={}, connection=connection)

    assert asyncio.run(work()) == []


def test_half_a_connection_is_enough_to_be_answered(poisoned: Server) -> None:
    """Whoever has sent the last line may close the direction in which it went, as `nc -N` does."""
    with talking(poisoned.url) as talk:
        talk.tell(*["fine"] * 30)
        talk.connection.send(b"0\r\n\r\n")
        assert talk.connection.sock is not None
        talk.connection.sock.shutdown(socket.SHUT_WR)
        assert len(talk.rest()) == 30


def test_answers_to_bad_lines_are_short(poisoned: Server) -> None:
    """Whatever a line is filled with, it is told in some kilobytes, and without an id that no article has."""
    hostile = [
        {"text": "x", "include": ["unknown field `" * 12_000]},
        {f"\x01{number}": 1 for number in range(20_000)},
        {"id": "x" * 300_000, "text": 7},
        {"text": "x", "format": "\x01" * 50_000},
        {"text": "x", "people": [{"name": "Roe", "~\x01" * 20_000: 1}]},
        {"text": "x", "language": "\x01" * 64},
    ]
    response = httpx.post(
        f"{poisoned.url}/quotes/batch",
        content=b"\n".join(map(msgspec.json.encode, hostile)),
        headers={"Content-Type": "application/x-ndjson"},
        timeout=PATIENCE,
    )
    lines = response.content.splitlines()
    assert [msgspec.json.decode(line)["line"] for line in lines[:5]] == [1, 2, 3, 4, 5]
    assert max(map(len, lines)) <= 16 * 1024
