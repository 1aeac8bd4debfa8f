"""Security headers: on every answer, whatever it is."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from quoteapi.api import create_app
from quoteapi.api.headers import HEADERS
from quoteapi.api.workers import Workers
from quoteapi.settings import Settings

Answers = Callable[..., list[httpx.Response]]


def test_every_answer_has_them(answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also a 404, a 405, a refused body, a refused caller and our own mistake."""

    async def break_down(*_: object, **__: object) -> None:
        message = "a mistake"
        raise RuntimeError(message)

    monkeypatch.setattr(Workers, "check_room", lambda *_: None)
    monkeypatch.setattr(Workers, "answer", break_down)
    (tmp_path / "keys").write_text("desk: 0123456789abcdef\n")
    key = {"X-API-Key": "0123456789abcdef"}
    responses = answers(
        create_app(Settings(api_keys=str(tmp_path / "keys"))),
        httpx.Request("GET", "http://test/health/live"),
        httpx.Request("POST", "http://test/quotes", json={"text": "Hi."}),
        httpx.Request("GET", "http://test/nothing"),
        httpx.Request("GET", "http://test/quotes"),
        httpx.Request("POST", "http://test/quotes", content=b"x", headers=key | {"Content-Type": "image/png"}),
        httpx.Request("POST", "http://test/quotes", json={"text": "Hi."}, headers=key),
    )
    assert [response.status_code for response in responses] == [200, 401, 404, 405, 415, 500]
    for response in responses:
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_an_answer_is_kept_by_nobody(client: httpx.Client) -> None:
    """It holds the article's words."""
    assert client.post("/quotes", json={"text": "“Hi,” said Jane Roe."}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/schema", "/schema/swagger", "/schema/assets/scalar.js", "/schema/nothing"])
def test_pages_may_be_kept_and_have_their_own_policy(answers: Answers, path: str) -> None:
    """Their scripts run; the other headers are the same."""
    (response,) = answers(create_app(Settings()), httpx.Request("GET", f"http://test{path}"))
    assert "no-store" not in response.headers.get("cache-control", "")
    assert ("script-src 'self'" in response.headers["content-security-policy"]) == response.headers["content-type"].startswith("text/html")
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy"):
        assert response.headers[name] == HEADERS[name]
