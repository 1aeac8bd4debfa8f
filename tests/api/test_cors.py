"""CORS: closed, but for the origins that the settings name."""

from collections.abc import Callable

import httpx
import pytest

from quoteapi.api import create_app
from quoteapi.api.cors import EXPOSED
from quoteapi.api.problems import MEDIA_TYPE
from quoteapi.settings import Settings

Answers = Callable[..., list[httpx.Response]]
ORIGIN, OTHER = "https://desk.example", "https://elsewhere.example"


def preflight(origin: str, method: str = "POST") -> httpx.Request:
    """What a browser asks before a page's script may send JSON with a key."""
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type,x-api-key,x-request-id"}
    return httpx.Request("OPTIONS", "http://test/quotes", headers={"Origin": origin, **asked})


def post(origin: str) -> httpx.Request:
    """A script's request; it is a problem here, and a script shall be able to read that."""
    return httpx.Request("POST", "http://test/quotes", json={}, headers={"Origin": origin})


def allowed(response: httpx.Response) -> str | None:
    """The origin that is let in."""
    return response.headers.get("access-control-allow-origin")


def test_it_is_closed_by_default(answers: Answers) -> None:
    """No header lets a page read anything."""
    for response in answers(create_app(Settings()), preflight(ORIGIN), post(ORIGIN)):
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_an_origin_that_is_named_is_let_in_and_no_other(answers: Answers) -> None:
    """Nor one that only looks like it."""
    app = create_app(Settings(cors_origins=(ORIGIN, "http://localhost:3000")))
    ours, asked = answers(app, post(ORIGIN), preflight(ORIGIN))
    assert (allowed(ours), allowed(asked), asked.status_code) == (ORIGIN, ORIGIN, 204)
    assert ours.headers["vary"] == "Origin, Accept"
    assert {name.strip() for name in ours.headers["access-control-expose-headers"].split(",")} == set(EXPOSED)
    for origin in (OTHER, f"{ORIGIN}.evil.example", "http://desk.example", "null", "https://deskxexample"):
        assert [allowed(response) for response in answers(app, post(origin), preflight(origin))] == [None, None]


def test_a_preflight_needs_no_key_and_counts_for_no_rate(answers: Answers) -> None:
    """A browser sends it without either."""
    app = create_app(Settings(cors_origins=(ORIGIN,), rate_limit=1))
    assert [response.status_code for response in answers(app, *[preflight(ORIGIN)] * 3, post(ORIGIN))] == [204, 204, 204, 503]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_method_that_no_route_takes_is_not_let_in(answers: Answers, method: str) -> None:
    """The preflight says so."""
    (response,) = answers(create_app(Settings(cors_origins=(ORIGIN,))), preflight(ORIGIN, method))
    assert (response.status_code, allowed(response)) == (400, None)
    assert response.headers["content-type"] == MEDIA_TYPE
    told = response.json()
    assert (told["type"], told["status"]) == ("/problems/bad-request", 400)
    assert "method" in told["detail"]


def test_a_star_lets_every_page_in_without_cookies(answers: Answers) -> None:
    """Keys travel in headers."""
    for response in answers(create_app(Settings(cors_origins=("*",))), post(OTHER), preflight(OTHER)):
        assert allowed(response) == "*"
        assert "access-control-allow-credentials" not in response.headers
