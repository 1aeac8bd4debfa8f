"""The OpenAPI pages: they load nothing from another host."""

import re
from pathlib import Path

import html5lib
import httpx
import pytest

import quoteapi.api.openapi_pages

ASSETS = Path(quoteapi.api.openapi_pages.__file__).parent / "assets"


@pytest.mark.parametrize("path", ["/schema", "/schema/scalar", "/schema/swagger"])
def test_a_page_and_all_that_it_names_comes_from_this_server(client: httpx.Client, path: str) -> None:
    """Scripts, styles, icon and document are paths of this host, and each is there."""
    page = client.get(path)
    assert page.headers["content-type"].startswith("text/html")
    named = set(re.findall(r'(?:src|href|data-url)="([^#"]+)"', page.text))
    assert len(named) >= 3
    for name in named:
        assert name == "/schema" or name.startswith("/schema/"), name
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


def test_the_first_page_needs_no_script(client: httpx.Client) -> None:
    """It has every route with examples, every field of every schema with its type, and the ways to the viewers."""
    text = client.get("/schema").text
    assert "<script" not in text
    assert len(text) < 200_000
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    words = " ".join("".join(page.itertext()).split())
    document = client.get("/schema/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path} {operation['summary']}" in words
    for name, schema in document["components"]["schemas"].items():
        (section,) = [section for section in page.iter("section") if section.get("aria-labelledby") == name]
        assert [cell.text for row in section.iter("tr") for cell in row.iter("code") if cell in list(row[0])] == [*schema["properties"]]
    assert "codepoint or utf16 or utf8" in words
    assert {link.get("href") for link in page.iter("a")} >= {"/schema/scalar", "/schema/swagger", "/schema/openapi.json"}
    targets = {element.get("id") for element in page.iter()}
    assert {link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")} <= targets


@pytest.mark.parametrize("path", ["/schema/scalar", "/schema/swagger"])
def test_a_viewer_says_that_it_loads(client: httpx.Client, path: str) -> None:
    """Its page is not white while megabytes of script are read, which no longer hold up its words."""
    page = client.get(path).text
    assert '<a href="/schema">The same reference without scripts</a>' in page
    assert page.count("<script ") == page.count("<script defer ")
