"""The pages at `/` and `/check` in a browser, and what they show of an article, or of a draft and its sources."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browsing import read_example, verify_example
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


@pytest.fixture
def check(open_page: Callable[..., Page], server: Server) -> Page:
    """The page at `/check`, empty, on a desktop."""
    return open_page(f"{server.url}/check", viewport={"width": 1440, "height": 900})


@pytest.fixture
def example(check: Page) -> Page:
    """The same with its example verified."""
    return verify_example(check)


@pytest.fixture
def verified(check: Page) -> Callable[..., Page]:
    """The same with a draft verified that was pasted, against sources by their names."""

    def pasted(draft: str, **sources: str) -> Page:
        check.get_by_role("textbox", name="The draft").fill(draft)
        for number, (name, text) in enumerate(sources.items(), start=1):
            if number > 1:
                check.get_by_role("button", name="Add a source").click()
            group = check.get_by_role("group", name=f"Source {number}", exact=True)
            group.get_by_label("Name").fill(name)
            group.get_by_role("textbox", name=f"Source {number}", exact=True).fill(text)
        check.get_by_role("button", name="Verify the quotes").click()
        check.locator("#read").wait_for()
        return check

    return pasted
