"""The OpenAPI pages: they load nothing from another host."""

import re
from pathlib import Path

import httpx
import pytest

import quoteapi.api.pages

ASSETS = Path(quoteapi.api.pages.__file__).parent / "assets"


@pytest.mark.parametrize("path", ["/schema", "/schema/scalar", "/schema/swagger"])
def test_a_page_and_all_that_it_names_comes_from_this_server(client: httpx.Client, path: str) -> None:
    """Scripts, styles, icon and document are paths of this host, and each is there."""
    page = client.get(path)
    assert page.headers["content-type"].startswith("text/html")
    named = re.findall(r'(?:src|href|data-url)="([^"]*)"', page.text)
    assert len(named) >= 3
    for name in named:
        assert name.startswith("/schema/"), name
        assert client.get(name).status_code == 200, name


@pytest.mark.parametrize("path", ["/schema", "/schema/scalar", "/schema/swagger"])
def test_a_page_may_load_nothing_from_elsewhere(client: httpx.Client, path: str) -> None:
    """The browser is told so, and no script stands in the page itself."""
    page = client.get(path)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert re.findall(r"<script[^>]*>([^<]+)</script>", page.text) == []


def test_every_asset_has_its_licence_beside_it() -> None:
    """What is vendored is listed with its package, version and licence, and the licences are there."""
    listed = (ASSETS / "README.md").read_text(encoding="utf-8")
    for asset in ASSETS.iterdir():
        assert asset.name in listed or asset.name in {"README.md", "swagger-ui-bundle.js.LICENSE.txt"}
    for licence in re.findall(r"LICENSE\.[\w-]+\.txt", listed):
        assert (ASSETS / licence).stat().st_size > 1000
