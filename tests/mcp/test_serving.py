"""The server beside the tools: what else it does while it reads, and what it survives, with the poisoned engine."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assisting import SERVE_POISONED, Assistant, assisting, command, environment
from quoteapi.api.problem_kinds import INTERNAL
from serving import PATIENCE, is_running, wait_for

HANDSHAKE = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
WITHOUT_EXTRA = "import sys; sys.modules['mcp'] = None; from quoteapi.cli import main; main()"


@contextmanager
def running(maker: str = "make", **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The server as a bare process, whose lines a test writes and reads itself."""
    with subprocess.Popen(  # noqa: S603  this command of ours
        command(SERVE_POISONED.format(maker=maker)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(**settings),
    ) as process:
        yield process
        process.kill()


def send(process: subprocess.Popen[str], method: str, params: dict[str, Any]) -> dict[str, Any]:
    """What the server answers next to a request."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": method, "method": method, "params": params}) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def read_of(assistant: Assistant, text: str) -> str:
    """What an assistant is told of an article."""
    (content,) = assistant.call("extract_quotes", text=text).content
    assert content.type == "text"
    return content.text


def test_a_ping_is_answered_while_an_article_is_read(poisoned_assistant: Assistant, tmp_path: Path) -> None:
    """The engine is in a process of its own."""
    marker = tmp_path / "marker"
    call = poisoned_assistant.start("extract_quotes", text=f"wait-for {marker}")
    poisoned_assistant.ping()
    assert not call.done()
    marker.touch()
    assert not call.result().is_error


def test_a_call_that_is_cancelled_gives_up_its_place(poisoned_assistant: Assistant, tmp_path: Path) -> None:
    """The call before it is answered, and so is the one after it."""
    marker, never = tmp_path / "marker", tmp_path / "never"
    first = poisoned_assistant.start("extract_quotes", text=f"wait-for {marker}")
    second = poisoned_assistant.start("extract_quotes", text=f"wait-for {never}")
    poisoned_assistant.ping()  # by now, the server has read both
    second.cancel()
    with pytest.raises(CancelledError):
        second.result()
    poisoned_assistant.ping()
    third = poisoned_assistant.start("extract_quotes", text="No poison.")
    marker.touch()
    assert not first.result().is_error
    assert not third.result().is_error


def test_more_calls_than_workers_wait_for_their_turn(poisoned_assistant: Assistant) -> None:
    """However many an assistant sends at once, none is turned away."""
    calls = [poisoned_assistant.start("extract_quotes", text="No poison.") for _ in range(10)]
    assert not any(call.result().is_error for call in calls)


def test_an_article_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """Its worker is replaced, and reads the next one."""
    with assisting(tmp_path, program=SERVE_POISONED.format(maker="make"), QUOTEAPI_TIME_LIMIT="0.5") as assistant:
        assert read_of(assistant, "hang").startswith("Reading this article was stopped after 0.5")
        assert read_of(assistant, "No poison.") == "No quotes."


def test_an_article_that_crashes_workers_is_refused(poisoned_assistant: Assistant) -> None:
    """After two; the next one is read."""
    assert read_of(poisoned_assistant, "crash").startswith("The worker that read this article died 2 times")
    assert read_of(poisoned_assistant, "No poison.") == "No quotes."


def test_an_engine_that_breaks_is_told_without_a_word_of_the_article(poisoned_assistant: Assistant) -> None:
    """Neither to the assistant nor in the log."""
    assert read_of(poisoned_assistant, "raise Solheim") == INTERNAL.meaning
    log = poisoned_assistant.log.read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "Solheim" not in log


def test_an_engine_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    """With the reason, to whoever calls a tool."""
    with assisting(tmp_path, program=SERVE_POISONED.format(maker="refuse")) as assistant:
        assert read_of(assistant, "No poison.") == "The weights are at the bottom of the harbour."


def test_standard_output_has_the_protocol_alone() -> None:
    """Even where the engine prints."""
    with running() as process:
        assert send(process, "initialize", HANDSHAKE)["result"]["serverInfo"]["name"] == "quoteapi"
        answer = send(process, "tools/call", {"name": "extract_quotes", "arguments": {"text": "write {}"}})
        assert answer["result"]["structuredContent"]["total"] == 0
        rest, _ = process.communicate(timeout=PATIENCE)
        assert rest == ""


def test_it_ends_with_standard_input(poisoned_assistant: Assistant, tmp_path: Path) -> None:
    """Without an error, and its worker with it."""
    with assisting(tmp_path, program=SERVE_POISONED.format(maker="make")) as assistant:
        read_of(assistant, "No poison.")
        (told,) = [line for line in map(json.loads, assistant.log.read_text().splitlines()) if line["event"] == "a worker can read"]
    wait_for(lambda: not is_running(told["worker"]), assistant.log)
    assert "Traceback" not in assistant.log.read_text()
    poisoned_assistant.ping()


def test_it_ends_at_an_interrupt() -> None:
    """At once, although a thread waits for standard input."""
    with running() as process:
        send(process, "initialize", HANDSHAKE)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
        assert process.returncode == -signal.SIGINT


def test_without_its_extra_it_says_how_to_install_it() -> None:
    """On standard error, with exit code 1."""
    done = subprocess.run(  # noqa: S603  this command of ours
        [sys.executable, "-c", WITHOUT_EXTRA, "mcp"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install '.[mcp]'" in " ".join(done.stderr.replace("│", " ").split())
