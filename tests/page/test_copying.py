"""Copies: what is on the clipboard, or in the file, is the server's own answer; the code runs."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from serving import PATIENCE, Server

FORMATS = {"CSV": "text/csv", "Markdown": "text/markdown", "JSON-LD": "application/ld+json"}


def asked(page: Page) -> dict[str, Any]:
    """The request that the page sent."""
    text = page.get_by_label("The article", exact=True).input_value()
    return {"text": text, "offset_unit": "utf16", "include": ["other", "alternatives"]}


def answered(page: Page, server: Server, accept: str) -> str:
    """The server's answer to it in a format; the test is skipped where the server does not write that one."""
    answer = httpx.post(f"{server.url}/quotes", json=asked(page), headers={"Accept": accept}, timeout=PATIENCE)
    if not answer.headers["content-type"].startswith(accept):
        pytest.skip(f"the server does not write {accept} yet")
    return answer.text


def clipboard(page: Page) -> str:
    """What is on the clipboard, with the line ends that texts have on the way there."""
    return str(page.evaluate("navigator.clipboard.readText()")).replace("\r\n", "\n")


def test_json_is_the_answer(filled: Page, server: Server) -> None:
    """Every field of it, in UTF-16 offsets as the page asked."""
    filled.get_by_role("button", name="Copy JSON", exact=True).click()
    expect(filled.locator("#status")).to_have_text("JSON copied.")
    assert json.loads(clipboard(filled)) == httpx.post(f"{server.url}/quotes", json=asked(filled), timeout=PATIENCE).json()


@pytest.mark.parametrize("name", FORMATS)
def test_other_formats_are_the_servers(filled: Page, server: Server, name: str) -> None:
    """The page writes none of them by itself."""
    expected = answered(filled, server, FORMATS[name])
    filled.get_by_role("button", name=f"Copy {name}", exact=True).click()
    expect(filled.locator("#status")).to_have_text(f"{name} copied.")
    assert clipboard(filled) == expected.replace("\r\n", "\n")


def test_html_is_downloaded(filled: Page, server: Server, tmp_path: Path) -> None:
    """A page of its own, as the server writes it."""
    expected = answered(filled, server, "text/html")
    with filled.expect_download() as download:
        filled.get_by_role("button", name="Download HTML").click()
    assert download.value.suggested_filename == "quotes.html"
    download.value.save_as(tmp_path / "quotes.html")
    assert (tmp_path / "quotes.html").read_text(encoding="utf-8") == expected


def test_a_format_that_does_not_come_is_told(filled: Page) -> None:
    """A server that answers with JSON whatever is asked for does not fill the clipboard with what nobody wanted."""
    filled.evaluate("navigator.clipboard.writeText('as before')")
    filled.route("**/quotes", lambda route: route.fulfill(status=200, content_type="application/json", body="{}"))
    filled.get_by_role("button", name="Copy CSV", exact=True).click()
    expect(filled.get_by_role("alert")).to_contain_text("text/csv was asked for and application/json came back")
    assert clipboard(filled) == "as before"


def test_a_copy_that_is_refused_can_be_tried_again(filled: Page, server: Server) -> None:
    """The button sends the copy's request, not the article's."""
    answered(filled, server, "text/csv")

    def refuse_once(route: Route) -> None:
        problem = {"type": "/problems/queue-full", "title": "Too many", "status": 503, "detail": "Later."}
        route.fulfill(status=503, content_type="application/problem+json", headers={"Retry-After": "0"}, body=json.dumps(problem))

    filled.route("**/quotes", refuse_once, times=1)
    filled.get_by_role("button", name="Copy CSV", exact=True).click()
    filled.get_by_role("button", name="Try again").click()
    expect(filled.locator("#status")).to_have_text("CSV copied.")


def test_without_a_clipboard_the_text_is_shown(open_page: Callable[..., Page], server: Server) -> None:
    """Browsers keep the clipboard from pages over plain HTTP, which a newsroom's own server may well be."""
    page = open_page(server.url)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Try an example").click()
    page.get_by_role("button", name="Copy JSON", exact=True).click()
    dialog = page.get_by_role("dialog", name="Copy the JSON from here")
    assert json.loads(dialog.get_by_role("textbox").input_value())["offset_unit"] == "utf16"
    assert page.evaluate("getSelection().toString() || document.activeElement.selectionEnd > 1000")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("language", ["curl", "Python", "JavaScript"])
def test_the_code_runs_and_asks_the_same(read: Callable[[str], Page], tmp_path: Path, language: str) -> None:
    """Quotes of every kind, line breaks, variables and backslashes in the article do no harm to it."""
    commands = {
        "curl": ["bash", str(tmp_path / "code")],
        "Python": [sys.executable, str(tmp_path / "code")],
        "JavaScript": ["node", "--input-type=module", "--eval"],
    }
    if shutil.which({"curl": "curl", "JavaScript": "node"}.get(language, "sh")) is None:
        pytest.skip(f"needs {language}'s program")
    page = read("“It’s $HOME, `ls` and \\n,” said Jane \"Jo\" Roe.\nREQUEST\n${x} 'quoted' 🚀 \u2028 “No,” she said.")
    page.get_by_text("The same request as code").click()
    page.get_by_label(language).check()
    page.get_by_role("button", name="Copy the code").click()
    expect(page.locator("#status")).to_have_text(f"{language} copied.")
    code = clipboard(page)
    (tmp_path / "code").write_text(code, encoding="utf-8")
    command = commands[language] if language != "JavaScript" else [*commands[language], code]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  code of the page's own
    assert "It’s $HOME, `ls` and " in done.stdout
    assert "Jane" in done.stdout
