"""A browser: Debian's Chromium with Playwright; each page is checked for errors and requests to other hosts."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from serving import PATIENCE

_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Those that draw no window of their own come first: they take a third less time."""
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
_PATIENCE = PATIENCE * 1000  # milliseconds
_FLAGS = [
    "--no-sandbox",  # for tests that run as root, as in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # the tabs of a profile share a process, which starts and compiles scripts only once
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
"""Reports values shown by mistake (null, undefined) as console errors, whatever a test does; the tests' articles do not contain them."""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A running browser; the test is skipped if none is installed. The same thread must not run an event loop meanwhile."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian's package chromium-headless-shell), or its path in the variable CHROMIUM")
    with sync_playwright() as playwright:
        expect.set_options(timeout=_PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS, timeout=_PATIENCE)
        yield browser
        browser.close()


def read_example(page: Page) -> Page:
    """The page at `/` with its example article read and everything but reported speech included."""
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


class Profiles:
    """The profiles of a browser, one for each set of Playwright's options of `new_context`; its tabs share storage until it is cleared."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._made: dict[str, BrowserContext] = {}

    def new_tab(self, **options: Any) -> Page:  # noqa: ANN401  Playwright's own
        """A new tab in the profile with these options."""
        key = repr(sorted(options.items()))
        if key not in self._made:
            context = self._browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
            context.set_default_timeout(_PATIENCE)
            context.add_init_script(_WATCH)
            self._made[key] = context
        return self._made[key].new_page()


@contextmanager
def opening(profiles: Profiles) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in its own tab; at the end, checks for errors, values shown by mistake and requests to other hosts.

    The options are those of Playwright's `new_context`. What pages store is cleared at the end.
    """
    errors: list[str] = []
    strangers: list[str] = []
    pages: list[Page] = []

    def note(message: ConsoleMessage) -> None:
        refused = message.location["url"].endswith(("/quotes", "/verify"))  # the page itself reports a refusal
        if message.type == "error" and not refused:  # includes violations of the Content-Security-Policy
            errors.append(message.text)

    def opened(url: str, **options: Any) -> Page:  # noqa: ANN401  Playwright's own
        home = urlsplit(url).netloc

        def meet(request: Request) -> None:
            address = urlsplit(request.url)
            if address.scheme not in {"data", "blob"} and address.netloc != home:
                strangers.append(request.url)

        page = profiles.new_tab(**options)
        pages.append(page)
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", meet)
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.evaluate("try { localStorage.clear(); sessionStorage.clear(); } catch {}  // some addresses have no storage")
        page.close()
    assert not errors, errors
    assert not strangers, strangers
