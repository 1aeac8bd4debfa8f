"""Callers: who is let in, in one process and through a server whose settings ask for keys and a rate."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from quoteapi.api import create_app
from quoteapi.settings import Settings
from serving import SERVE_POISONED

if TYPE_CHECKING:
    from serving import Server

LOADING = 120
"""Seconds for an answer of a worker that may still load its engine."""
KEY, OTHER = "newsroom-key-0123456789", "archive-key-0123456789"
Answers = Callable[..., list[httpx.Response]]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A file with the keys of two callers."""
    path = tmp_path / "keys"
    path.write_text(f"newsroom: {KEY}\narchive: {OTHER}\n")
    return path


def article(**headers: str) -> httpx.Request:
    """A request that an article be read."""
    return httpx.Request(
        "POST", "http://test/quotes", json={"text": "Hi."}, headers={name.replace("_", "-"): headers[name] for name in headers}
    )


def problem(response: httpx.Response) -> str:
    """The kind of problem that was answered."""
    assert response.headers["content-type"] == "application/problem+json"
    kind: str = response.json()["type"]
    return kind.removeprefix("/problems/")


def test_without_settings_everybody_is_let_in(answers: Answers) -> None:
    """Here there is only no engine; a key that is sent counts for nothing, and no rate is told."""
    for response in answers(create_app(Settings()), article(), article(x_api_key="anything")):
        assert problem(response) == "workers-down"
        assert "ratelimit" not in response.headers


def test_401_without_a_key_that_is_known(answers: Answers, keys: Path) -> None:
    """The header says how to send one; an unknown key is told apart from none."""
    app = create_app(Settings(api_keys=str(keys)))
    none, wrong, bearer, header = answers(
        app,
        article(),
        article(authorization="Bearer wrong-key-0123456789"),
        article(authorization=f"Bearer {KEY}"),
        article(x_api_key=OTHER),
    )
    assert [response.status_code for response in (none, wrong)] == [401, 401]
    assert problem(none) == problem(wrong) == "unauthorized"
    assert none.headers["www-authenticate"] == 'Bearer realm="quoteapi"'
    assert wrong.headers["www-authenticate"] == 'Bearer realm="quoteapi", error="invalid_token"'
    assert problem(bearer) == problem(header) == "workers-down"


def test_a_key_is_asked_for_where_articles_or_figures_are(answers: Answers, keys: Path) -> None:
    """Health checks, pages and what problems mean are for everybody."""
    paths = [
        "/metrics",
        "/health/live",
        "/health/ready",
        "/schema",
        "/schema/openapi.json",
        "/schema/assets/favicon.png",
        "/problems/not-json",
    ]
    requests = [httpx.Request("GET", f"http://test{path}") for path in paths]
    app = create_app(Settings(api_keys=str(keys)))
    assert [response.status_code for response in answers(app, *requests)] == [401, 200, 503, 200, 200, 200, 200]
    (figures,) = answers(app, httpx.Request("GET", "http://test/metrics", headers={"X-API-Key": KEY}))
    assert figures.status_code == 200


def test_a_body_is_not_read_before_its_sender_is_let_in(answers: Answers, keys: Path) -> None:
    """Nor even looked at: what is wrong with it is told to callers alone."""
    request = httpx.Request("POST", "http://test/quotes", content=b"{", headers={"Content-Type": "application/json"})
    (response,) = answers(create_app(Settings(api_keys=str(keys))), request)
    assert problem(response) == "unauthorized"


def test_429_over_the_rate(answers: Answers) -> None:
    """With what is left on every answer of the route, problems too, and on no other."""
    app = create_app(Settings(rate_limit=2))
    other = httpx.Request("GET", "http://test/health/live")
    live, first, second, third = answers(app, other, article(), article(), article())
    assert [problem(response) for response in (first, second, third)] == ["workers-down", "workers-down", "rate-exceeded"]
    assert [response.headers["ratelimit"].split(";")[1] for response in (first, second, third)] == ["r=1", "r=0", "r=0"]
    assert {response.headers["ratelimit-policy"] for response in (first, second, third)} == {'"minute";q=2;w=60'}
    assert third.status_code == 429
    assert int(third.headers["retry-after"]) > 0
    assert "ratelimit" not in live.headers


def test_the_rate_is_each_keys_own(answers: Answers, keys: Path) -> None:
    """From whatever address it is sent; without keys it is each address's."""
    app = create_app(Settings(api_keys=str(keys), rate_limit=1))
    assert problem(answers(app, article(x_api_key=KEY), address="192.0.2.1")[0]) == "workers-down"
    assert problem(answers(app, article(x_api_key=KEY), address="192.0.2.2")[0]) == "rate-exceeded"
    assert problem(answers(app, article(x_api_key=OTHER), address="192.0.2.1")[0]) == "workers-down"
    app = create_app(Settings(rate_limit=1))
    kinds = [problem(answers(app, article(), address=address)[0]) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")]
    assert kinds == ["workers-down", "rate-exceeded", "workers-down"]


def test_keys_cannot_be_tried_at_any_rate(answers: Answers, keys: Path) -> None:
    """A wrong one is counted for its sender's address, whose own key goes on being let in."""
    app = create_app(Settings(api_keys=str(keys), rate_limit=2))
    guesses = [article(x_api_key=f"wrong-key-0123456{number}") for number in range(4)]
    responses = answers(app, *guesses, article(x_api_key=KEY))
    assert [response.status_code for response in responses] == [401, 401, 429, 429, 503]


def test_keys_are_exchanged_while_the_server_runs(start_server: "Callable[..., Server]", keys: Path) -> None:
    """No restart, no signal; a caller who has two for a while is never sent away. A file that is not there ends the start with its name."""
    server = start_server(SERVE_POISONED, QUOTEAPI_API_KEYS=str(keys))

    def status(key: str) -> int:
        headers = {"X-API-Key": key, "Content-Type": "application/json"}
        return httpx.post(f"{server.url}/quotes", content=b"{", headers=headers, timeout=LOADING).status_code

    new = "newer-key-01234567890"
    assert (status(KEY), status(new)) == (400, 401)
    keys.write_text(f"newsroom: {KEY}\nnewsroom: {new}\n")
    assert (status(KEY), status(new)) == (400, 400)
    keys.write_text(f"newsroom: {new}\n")
    assert (status(KEY), status(new)) == (401, 400)
    keys.unlink()
    assert status(new) == 400
    log = server.log.read_text()
    assert "the last ones stay" in log
    assert '"caller": "newsroom"' in log
    assert not [key for key in (KEY, OTHER, new) if key in log]


@pytest.mark.parametrize(("trusted", "expected"), [("127.0.0.1", [400, 400, 429]), ("192.0.2.99", [400, 429, 429])])
def test_an_address_is_the_one_that_a_proxy_names_if_it_is_trusted(
    start_server: "Callable[..., Server]", trusted: str, expected: list[int]
) -> None:
    """Anybody could name another one otherwise."""
    server = start_server(SERVE_POISONED, QUOTEAPI_RATE_LIMIT="1", QUOTEAPI_FORWARDED_ALLOW_IPS=trusted)
    statuses: list[Any] = [
        httpx.post(
            f"{server.url}/quotes",
            content=b"{",
            headers={"X-Forwarded-For": address, "Content-Type": "application/json"},
            timeout=LOADING,
        ).status_code
        for address in ("198.51.100.1", "198.51.100.2", "198.51.100.1")
    ]
    assert statuses == expected


def test_429_keys_that_are_tried_where_figures_are(answers: Answers, keys: Path) -> None:
    """A wrong key or none counts there as it does for articles, and who has one may look as often as they like."""
    app = create_app(Settings(api_keys=str(keys), rate_limit=2))
    right = httpx.Request("GET", "http://test/metrics", headers={"X-API-Key": KEY})
    tried = [httpx.Request("GET", "http://test/metrics", headers={"X-API-Key": f"wrong-key-0123456789-{number}"}) for number in range(3)]
    told = answers(app, *[right] * 4, *tried, article(x_api_key="wrong-key-0123456789-4"), right)
    assert [response.status_code for response in told] == [200] * 4 + [401, 401, 429, 429, 200]
