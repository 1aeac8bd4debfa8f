"""How the page is served: from this package alone, under a strict policy, kept by browsers as long as it is right."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

import quoteapi.api.web_pages
from serving import Server

ASSETS = Path(quoteapi.api.web_pages.__file__).parent / "assets"


@pytest.mark.parametrize("address", ["/", "/check"])
def test_the_page_has_a_policy_of_its_own(server: Server, address: str) -> None:
    """Nothing inline, nothing from elsewhere, no string made into markup; asked for anew each time."""
    page = httpx.get(f"{server.url}{address}")
    policy = page.headers["content-security-policy"]
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script[^>]*>[^<]|<style|style=|\son\w+=|https?:", page.text) == []


def test_a_slash_too_many_leads_to_the_page(server: Server) -> None:
    """Its addresses are relative to the one without."""
    answer = httpx.get(f"{server.url}/check/", follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, "/check")


def test_assets_are_kept_for_good(server: Server) -> None:
    """Their path is made from their contents; each is there, in its type, and no other."""
    path = re.findall(r'src="(page/[0-9a-f]{16})/main\.js"', httpx.get(server.url).text)[0]
    kinds = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}
    for asset in ASSETS.iterdir():
        answer = httpx.get(f"{server.url}/{path}/{asset.name}")
        assert answer.content == asset.read_bytes()
        assert answer.headers["content-type"].startswith(kinds[asset.suffix])
        assert "immutable" in answer.headers["cache-control"]
    missing = httpx.get(f"{server.url}/{path}/nothing.js")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


def test_the_modules_never_make_markup_of_strings() -> None:
    """Whatever an article holds, it becomes text nodes."""
    for module in ASSETS.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser", module.read_text(encoding="utf-8")
        ), module


@pytest.mark.parametrize(("path", "drawn"), [("/schema", "#app, .scalar-app, main"), ("/schema/swagger", "#swagger-ui .opblock")])
def test_the_openapi_pages_work_in_a_browser(open_page: Callable[..., Page], server: Server, path: str, drawn: str) -> None:
    """They show the operations, ask no other host, and break no policy of theirs."""
    page = open_page(f"{server.url}{path}")
    page.locator(drawn).first.wait_for()
    page.get_by_text("Extract quotes").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.get_by_text(re.compile("^(Open API Client|Developer Tools|Share|Deploy)$")).count() == 0  # Scalar's own, on other hosts
