"""Problems over HTTP: a test for each row of the error table, and for what surrounds it."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from quoteapi.api.problem_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving import Server

JSON = {"Content-Type": "application/json"}
PLAIN = {"Content-Type": "text/plain"}


def problem(response: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """The problem that a response tells, its shape checked."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body.keys() == {"type", "title", "status", "detail", "errors"}
    assert (body["type"], body["status"], body["title"]) == (f"/problems/{name}", status, KINDS[name].title)
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "not-json"),
        (b"Hi, said Roe.", "not-json"),
        (b'{"text": "Hi"', "not-json"),
        (b'{"text": "Hi"} {}', "not-json"),
        (b'[1, "', "not-json"),
        (b'{"text": "\\ud800"}', "not-json"),
        (b'{"text": "caf\xe9"}', "not-utf8"),
        (b'{"nobody asks for this": "\xff"}', "not-utf8"),
        (b"[" * 20_000, "nesting-too-deep"),
        (b'{"text": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", "nesting-too-deep"),
        (b'{"x": ' * 20_000, "nesting-too-deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:12].decode(errors="replace"),
)
def test_400_what_is_no_json(client: httpx.Client, body: bytes, name: str) -> None:
    """Not JSON, not UTF-8, or nested too deep: never a 500, nor taken for a wrong shape."""
    problem(client.post("/quotes", content=body, headers=JSON), 400, name)


def test_400_text_that_is_no_utf_8(client: httpx.Client) -> None:
    """The first byte that cannot be read is named."""
    body = problem(client.post("/quotes", content="café".encode("latin-1"), headers=PLAIN), 400, "not-utf8")
    assert "byte 3" in body["detail"]


def test_404_an_unknown_route(client: httpx.Client) -> None:
    """Also below the OpenAPI pages, where Litestar has a page of its own, and among their assets."""
    for path in ("/nothing", "/schema/nothing", "/schema/nothing.json", "/schema/assets/nothing.js", "/problems/nothing"):
        problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"), [("GET", "/quotes", "POST"), ("DELETE", "/quotes/batch", "POST"), ("POST", "/problems", "GET")]
)
def test_405_another_method(client: httpx.Client, method: str, path: str, allowed: str) -> None:
    """With the methods that are allowed, in the header and in words."""
    response = client.request(method, path)
    detail = problem(response, 405, "method-not-allowed")["detail"]
    assert allowed in response.headers["allow"]
    assert detail == f"{method} is not allowed on {path}: send {allowed}. See /schema for the routes."


def test_413_a_body_over_the_limit(client: httpx.Client) -> None:
    """A length that is announced."""
    problem(client.post("/quotes", content=b"a" * 400_001, headers=PLAIN), 413, "body-too-large")


def test_413_a_chunked_body_over_the_limit(client: httpx.Client) -> None:
    """A length that is not announced is counted as it comes, and the caller who goes on sending still hears why."""

    def chunks() -> "Iterator[bytes]":
        for _ in range(12):
            yield b" " * 100_000

    problem(client.post("/quotes", content=chunks(), headers=JSON), 413, "body-too-large")


def test_413_a_text_over_the_limit(client: httpx.Client) -> None:
    """Characters are counted, not bytes."""
    body = problem(client.post("/quotes", json={"text": "é" * 50_001}), 413, "text-too-long")
    assert body["errors"][0]["pointer"] == "#/text"
    assert "50,001" in body["detail"]
    assert client.post("/quotes", content=("é" * 50_000).encode(), headers=PLAIN).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "application/xhtml+xml"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "text/plain; charset=utf-16"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "nonsense"},
    ],
    ids=str,
)
def test_415_another_content_type(client: httpx.Client, headers: dict[str, str]) -> None:
    """A type, a charset or an encoding that is not read; the answer names what is."""
    response = client.post("/quotes", content=b'{"text": "Hi"}', headers=headers)
    problem(response, 415, "unsupported-media-type")
    assert response.headers["accept"] == "application/json, text/html, text/plain"


def test_415_json_sent_as_text_is_taken_for_text(client: httpx.Client) -> None:
    """The content type decides, not what the body looks like."""
    answer = client.post("/quotes", content="{“Hi,” said Jane Roe.}".encode(), headers=PLAIN).json()
    assert answer["quotes"][0]["start"] == 2


@pytest.mark.parametrize(
    ("request_body", "pointers"),
    [
        ([], ["#"]),
        (None, ["#"]),
        ({}, ["#/text"]),
        ({"text": 7}, ["#/text"]),
        ({"text": "Hi", "id": "x" * 257}, ["#/id"]),
        ({"text": "Hi", "txet": "Hi"}, ["#/txet"]),
        ({"text": "Hi", "a/b~c": 1}, ["#/a~1b~0c"]),
        ({"text": "Hi", "offset_unit": "bytes"}, ["#/offset_unit"]),
        ({"text": "Hi", "include": ["other", "all"]}, ["#/include/1"]),
        ({"text": "Hi", "people": [{"name": "Roe"}, {"name": "Roe", "job": "x"}]}, ["#/people/1/job"]),
        ({"text": "Hi", "people": [{"name": ""}]}, ["#/people/0/name"]),
        ({"text": "Hi", "people": [{"name": "Roe"}] * 1001}, ["#/people"]),
        ({"text": "Hi", "people": [{"name": "x" * 257}]}, ["#/people/0/name"]),
        ({"text": "Hi", "people": [{"name": "Roe", "aliases": ["Roe"] * 65}]}, ["#/people/0/aliases"]),
        ({"text": "Hi", "people": [{"name": "Roe", "aliases": ["x" * 257]}]}, ["#/people/0/aliases/0"]),
        ({"text": "Hi", "people": [{"name": "Roe", "role": "x" * 1025}]}, ["#/people/0/role"]),
        ({"text": "Hi", "people": [{"name": "Roe", "same_as": "x" * 2049}]}, ["#/people/0/same_as"]),
        ({"text": "Hi", "language": "x" * 65}, ["#/language"]),
        ({"text": "Hi", "include": ["other"] * 17}, ["#/include"]),
        ({"text": 7, "id": 7, "x": 7}, ["#/x", "#/text", "#/id"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_422_json_of_the_wrong_shape(client: httpx.Client, request_body: object, pointers: list[str]) -> None:
    """Every field that is wrong is named."""
    body = problem(client.post("/quotes", content=msgspec.json.encode(request_body), headers=JSON), 422, "wrong-shape")
    assert [error["pointer"] for error in body["errors"]] == pointers
    assert all(error["detail"] for error in body["errors"])


@pytest.mark.parametrize(
    ("request_body", "told"),
    [
        ({"text": "Hi", "offset_unit": "utf-16"}, "“utf-16” is not allowed: use codepoint, utf16 or utf8."),
        ({"text": "Hi", "format": "markdown"}, "“markdown” is not allowed: use html or text."),
        ({"text": "Hi", "include": ["indirekt"]}, "“indirekt” is not allowed: use alternatives, indirect, mentioned or other."),
        ({"text": 7}, "Expected string, got integer."),
        ({"text": "Hi", "id": 1.5}, "Expected string or null, got number."),
        ({"text": "Hi", "people": {}}, "Expected array, got object."),
        ({"text": "Hi", "people": [True]}, "Expected object, got boolean."),
        ({"text": "Hi", "people": [{"name": ""}]}, "Expected string of at least 1 character."),
        ({"text": "Hi", "id": "x" * 257}, "Expected string of at most 256 characters."),
        ({"text": "Hi", "people": [{"name": "Roe"}] * 1001}, "Expected array of at most 1,000 items."),
        ({"text": "Hi", "people": [{}]}, "The field “name” is required."),
        ([], "Expected object, got array."),
    ],
    ids=str,
)
def test_422_says_what_is_allowed_in_the_words_of_json(client: httpx.Client, request_body: object, told: str) -> None:
    """Enumerations list their values, and no type has Python's name."""
    body = problem(client.post("/quotes", content=msgspec.json.encode(request_body), headers=JSON), 422, "wrong-shape")
    assert [error["detail"] for error in body["errors"]] == [told]


def test_titles_are_those_that_everybody_writes() -> None:
    """Where HTTP has a name for it."""
    titles = {kind.name: kind.title for kind in KINDS.values()}
    assert titles["unsupported-media-type"] == "Unsupported media type"
    assert titles["unsupported-language"] == "Unsupported language"
    assert titles["not-found"] == "Not found"
    assert titles["method-not-allowed"] == "Method not allowed"
    assert all(not title.startswith("The ") and len(title.split()) <= 4 for title in titles.values())


def test_422_tells_a_bounded_number_of_errors(client: httpx.Client) -> None:
    """A body of nothing but unknown fields is not answered with as many."""
    body = problem(client.post("/quotes", json={f"x{number}": 1 for number in range(5000)}), 422, "wrong-shape")
    assert len(body["errors"]) == 20


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0"])
def test_422_empty_text(client: httpx.Client, text: str) -> None:
    """White space alone is no article."""
    body = problem(client.post("/quotes", json={"text": text}), 422, "empty-text")
    assert body["errors"][0]["pointer"] == "#/text"


def test_422_an_empty_body_of_text(client: httpx.Client) -> None:
    """Nothing is no article."""
    problem(client.post("/quotes", content=b"", headers=PLAIN), 422, "empty-text")


def test_422_another_language(client: httpx.Client) -> None:
    """The answer says what is read."""
    body = problem(client.post("/quotes", json={"text": "Bonjour.", "language": "fr-CA"}), 422, "unsupported-language")
    assert body["errors"][0]["pointer"] == "#/language"
    assert "fr-CA" in body["detail"]
    assert "en" in body["detail"]


def test_422_a_part_that_does_not_exist(client: httpx.Client) -> None:
    """It is not silently left out."""
    body = problem(client.post("/quotes", json={"text": "Hi.", "include": ["reported"]}), 422, "wrong-shape")
    assert body["errors"][0]["pointer"] == "#/include/0"


def test_503_the_queue_is_full(client: httpx.Client, server: "Server") -> None:
    """One worker and two places to wait: of twelve requests at once some are sent away, with a time to come back, the others answered."""
    text = "The tide rose past the old wall. “We saw it coming,” said Jane Roe, the harbour master. " * 60

    def post(_: int) -> httpx.Response:
        return httpx.post(f"{server.url}/quotes", json={"text": text}, timeout=120)

    with ThreadPoolExecutor(12) as pool:
        responses = list(pool.map(post, range(12)))
    turned_away = [response for response in responses if response.status_code == 503]
    assert {response.status_code for response in responses} == {200, 503}
    for response in turned_away:
        problem(response, 503, "queue-full")
        assert int(response.headers["retry-after"]) > 0
    assert client.post("/quotes", json={"text": "Calm again."}).status_code == 200


def test_every_kind_of_problem_is_described_where_its_type_points(client: httpx.Client) -> None:
    """A `type` is an address."""
    for kind in KINDS.values():
        described = client.get(kind.uri).json()
        assert (described["type"], described["status"]) == (kind.uri, kind.status)


def test_the_log_holds_no_word_of_an_article(client: httpx.Client, server: "Server") -> None:
    """Neither answered nor refused articles leave their words in the log; their requests do."""
    client.post("/quotes", json={"text": "“Xylophones,” said Jane Roe."})
    client.post("/quotes", json={"text": "Xylophones", "xylophones": 1})
    client.post("/quotes", content=b'{"text": "Xylophones', headers=JSON)
    client.get("/nothing")
    log = server.log.read_text().lower()
    assert "xylophones" not in log
    assert '"path": "/quotes", "status": 422' in log
    assert '"path": "/nothing", "status": 404' in log
