"""A browser: Debian's Chromium by Playwright, each page watched for what it must never do."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from serving import PATIENCE

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_PATIENCE = PATIENCE * 1000  # milliseconds
_FLAGS = [
    "--no-sandbox",  # for whoever runs the tests as root, as containers do
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_WATCH = """
if (["/", "/check"].includes(location.pathname)) {  // those of the OpenAPI document may well speak of null
  const wrong = /\\b(?:null|undefined|NaN)\\b|\\[object /;
  const told = ["aria-label", "alt", "title", "placeholder", "data-tag"];
  const check = (words) => wrong.test(words) && console.error(`The page shows “${words}”.`);
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) check(node.data);
    else for (const name of told) check(node.getAttribute?.(name) ?? "");
    node.childNodes.forEach(look);
  };
  const change = ({type, target, addedNodes}) => type === "childList" ? addedNodes.forEach(look) : look(target);
  const watched = {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: told};
  new MutationObserver((changes) => changes.forEach(change)).observe(document, watched);
}
"""
"""Reports, as an error, words that a program shows by mistake, whatever the page is made to do; no article of the tests has them."""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser that runs; the test is skipped where none is installed. No event loop may be run in the same thread meanwhile."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian's package chromium), or its path in the variable CHROMIUM")
    with sync_playwright() as playwright:
        expect.set_options(timeout=_PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS, timeout=_PATIENCE)
        yield browser
        browser.close()


def read_example(page: Page) -> Page:
    """The page at `/` with its example article read, everything but reported speech asked for."""
    for choice in page.locator("[name=include]:not([value=indirect])").all():
        choice.check()
    page.get_by_role("button", name="Try an example").click()
    page.locator("#read").wait_for()
    return page


def verify_example(page: Page) -> Page:
    """The page at `/check` with its example verified."""
    page.get_by_role("button", name="Try an example").click()
    page.locator("#read").wait_for()
    return page


@contextmanager
def opening(browser: Browser) -> Iterator[Callable[..., Page]]:
    """What opens pages, each in a profile of its own; at last, none may have met an error, shown “null” or asked another host for anything.

    The options are those of Playwright's `new_context`.
    """
    errors: list[str] = []
    strangers: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        refused = message.location["url"].endswith(("/quotes", "/verify"))  # the page itself tells why
        if message.type == "error" and not refused:  # a breach of the policy is one
            errors.append(message.text)

    def opened(url: str, **options: Any) -> Page:  # noqa: ANN401  Playwright's own
        home = urlsplit(url).netloc

        def meet(request: Request) -> None:
            address = urlsplit(request.url)
            if address.scheme not in {"data", "blob"} and address.netloc != home:
                strangers.append(request.url)

        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", meet)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors, errors
    assert not strangers, strangers
