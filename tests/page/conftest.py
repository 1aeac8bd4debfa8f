"""The page at `/` in a browser, and what it shows of an article."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browsing import read_example
from serving import Server


@pytest.fixture
def page(open_page: Callable[..., Page], server: Server) -> Page:
    """The page, empty."""
    return open_page(server.url)


@pytest.fixture
def filled(page: Page) -> Page:
    """The page with the example article read, everything asked for."""
    return read_example(page)


@pytest.fixture
def read(page: Page) -> Callable[[str], Page]:
    """The page with an article read that was pasted, words that are no speech included."""

    def pasted(text: str) -> Page:
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.get_by_label("The article", exact=True).focus()
        page.keyboard.press("Control+V")
        page.locator("[value=other]").check()
        page.get_by_role("button", name="Find the quotes").click()
        page.locator("#read").wait_for()
        return page

    return pasted
