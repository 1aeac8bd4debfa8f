"""Logs: a line a request, as JSON where no terminal reads it."""

from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from quoteapi.__about__ import __version__
from quoteapi.api.logs import harmless
from serving import SERVE_POISONED

if TYPE_CHECKING:
    from collections.abc import Callable

    from serving import Server

TEXT = "“Xylophones,” said Jane Roe. “More xylophones,” she said."


def line_of(server: "Server", response: httpx.Response) -> dict[str, Any]:
    """The one line that tells of a request that was answered."""
    lines = [msgspec.json.decode(line) for line in server.log.read_text().splitlines()]
    (line,) = [line for line in lines if line.get("request_id") == response.headers["x-request-id"]]
    return dict(line)


def test_a_request_is_a_line_with_what_is_known_of_it(client: httpx.Client, server: "Server") -> None:
    """An article's size and number of quotes, not its words; what is not known is left out."""
    line = line_of(server, client.post("/quotes", json={"text": TEXT}))
    assert (line["event"], line["level"], line["method"], line["route"], line["status"]) == ("request", "info", "POST", "/quotes", 200)
    assert (line["characters"], line["quotes"]) == (len(TEXT), 2)
    assert line["seconds"] > 0
    assert line.keys().isdisjoint({"caller", "problem", "text", "stages"})


def test_a_problem_is_told_by_its_kind(client: httpx.Client, server: "Server") -> None:
    """Also for a route that is not there, whose path alone is told."""
    line = line_of(server, client.post("/quotes", json={"text": "Xylophones", "language": "fr"}))
    assert (line["status"], line["problem"], line["characters"]) == (422, "unsupported-language", 10)
    line = line_of(server, client.get("/problems/nothing"))
    assert (line["route"], line["path"], line["problem"]) == ("/problems/{name}", "/problems/nothing", "not-found")
    assert "route" not in line_of(server, client.get("/nothing"))


def test_what_a_caller_sends_does_nothing_to_who_reads_the_log(client: httpx.Client, server: "Server") -> None:
    """Marks of direction and controls of Latin-1 are escaped in JSON, which holds the same."""
    line = line_of(server, client.get("/nothing/%E2%80%AE%C2%9B"))
    assert line["path"] == "/nothing/\u202e\x9b"
    assert {"\u202e", "\x9b"}.isdisjoint(server.log.read_text())


def test_a_line_for_a_terminal_is_one_line_that_commands_nothing() -> None:
    """Escaped as Python writes it; what is no text is left alone."""
    event = {"event": "request", "path": "/\x1b]0;owned\u202e\n{forged}", "status": 404}
    assert harmless(None, "info", event) == {"event": "request", "path": r"/\x1b]0;owned\u202e\n{forged}", "status": 404}


def test_the_text_is_logged_where_it_is_asked_for_alone(start_server: "Callable[..., Server]") -> None:
    """For whoever looks for a mistake."""
    server = start_server(SERVE_POISONED, QUOTEAPI_LOG_TEXT="true")
    line = line_of(server, httpx.post(f"{server.url}/quotes", json={"text": TEXT}, timeout=120))
    assert line["text"] == TEXT


def test_what_machines_ask_every_few_seconds_is_logged_at_debug_alone(start_server: "Callable[..., Server]") -> None:
    """Health checks and metrics."""
    server = start_server(SERVE_POISONED, QUOTEAPI_LOG_LEVEL="debug")
    for path in ("/health/live", "/metrics"):
        assert line_of(server, httpx.get(f"{server.url}{path}"))["level"] == "debug"


def test_one_line_says_what_serves(server: "Server") -> None:
    """Version, pipeline, workers and address, before the first worker can read."""
    lines = [msgspec.json.decode(line) for line in server.log.read_text().splitlines()]
    first = lines[0]
    assert (first["event"], first["version"], first["workers"], first["address"]) == ("quoteapi serves", __version__, 1, server.url)
    assert first["pipeline"].startswith("en_quotes ")
    assert not [line for line in lines if "vicorn" in line["event"] or "tartup" in line["event"]]


@pytest.mark.parametrize("path", ["/metricsandmore", "/health/nothing"])
def test_what_only_looks_like_a_check_is_logged(client: httpx.Client, server: "Server", path: str) -> None:
    """Somebody looks around."""
    assert line_of(server, client.get(path))["level"] == "info"


def test_every_request_is_logged(client: httpx.Client, server: "Server") -> None:
    """Whatever becomes of it."""
    asked_for = [
        client.post("/quotes", json={}),
        client.post("/quotes", content=b"x", headers={"Content-Type": "image/png"}),
        client.delete("/quotes"),
        client.head("/schema"),
        client.options("/quotes"),
        client.post("/quotes/batch", content=b"{}", headers={"Content-Type": "application/x-ndjson"}),
        client.get("/schema/assets/favicon.png"),
    ]
    assert [line_of(server, response)["status"] for response in asked_for] == [response.status_code for response in asked_for]
