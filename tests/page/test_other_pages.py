"""The other pages for people: those of the problems, and an article as it is exported. For everybody, and self-contained."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from accessible import assert_accessible
from quoteapi.engine import QuoteEngine
from quoteapi.exports import FORMS
from quoteapi.structs import Article
from serving import Server

HARBOUR = Path(__file__).parents[1] / "articles" / "harbour.txt"


@pytest.mark.parametrize("path", ["/problems", "/problems/wrong-shape"])
def test_axe_finds_nothing_on_the_pages_of_problems(open_page: Callable[..., Page], server: Server, path: str) -> None:
    """The list of all, and what one means."""
    assert_accessible(open_page(f"{server.url}{path}"))


def test_axe_finds_nothing_in_an_exported_article(open_page: Callable[..., Page], engine: QuoteEngine, tmp_path: Path) -> None:
    """The standalone page opens from a file, with every quote marked."""
    text = HARBOUR.read_text(encoding="utf8")
    file = tmp_path / "harbour.html"
    file.write_bytes(FORMS["html"].write(engine.extract(Article(text=text)), text))
    page = open_page(file.as_uri())
    assert_accessible(page)
    assert page.locator("mark").count() > 0
