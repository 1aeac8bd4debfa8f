"""The other pages for people: those of the problems, and an article as it is exported. For everybody, and self-contained."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from quoteapi.engine import QuoteEngine
from quoteapi.exports import FORMS
from quoteapi.structs import Article
from serving import Server

HARBOUR = Path(__file__).parents[1] / "articles" / "harbour.txt"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/problems", "/problems/wrong-shape"])
def test_axe_finds_nothing_on_the_pages_of_problems(open_page: Callable[..., Page], server: Server, path: str, scheme: str) -> None:
    """The list of all, and what one means."""
    results = Axe().run(open_page(f"{server.url}{path}", color_scheme=scheme))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_exported_article(open_page: Callable[..., Page], engine: QuoteEngine, tmp_path: Path, scheme: str) -> None:
    """The standalone page opens from a file, with every quote marked."""
    text = HARBOUR.read_text(encoding="utf8")
    file = tmp_path / "harbour.html"
    file.write_bytes(FORMS["html"].write(engine.extract(Article(text=text)), text))
    page = open_page(file.as_uri(), color_scheme=scheme)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.locator("mark").count() > 0
