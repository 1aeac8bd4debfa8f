"""The article as it is shown: what is marked is what the API found, to the last character."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

import quoteapi.api.web_pages
from serving import PATIENCE, Server

ASSETS = Path(quoteapi.api.web_pages.__file__).parent / "assets"

# Every mark with its quote and its UTF-16 offsets, by the way of each paragraph's place in the text
MARKS = """text => {
  let from = 0;
  return [...document.querySelectorAll("#article p")].flatMap((paragraph) => {
    const start = text.indexOf(paragraph.textContent, from);
    from = start + paragraph.textContent.length;
    return [...paragraph.querySelectorAll("mark.quote")].map((mark) => {
      const before = document.createRange();
      before.setStart(paragraph, 0);
      before.setEndBefore(mark);
      const at = start + before.toString().length;
      return {quote: mark.dataset.quote, start: at, end: at + mark.textContent.length, text: mark.textContent};
    });
  });
}"""

TEXTS = {
    "emoji": "🚀🚀 “It flew 👩🏽‍🚀 well,” said Jane Roe 🇳🇴, the pilot. “And 👨‍👩‍👧 cheered,” she added.",
    "combining marks": "“Où e\u0301tait-ce?” asked Zoe\u0308 Roe\u0301, the e\u0301diteur. “C\u0327a va,” John Doe said.",
    "right to left": "“The sea rose,” said שרה כהן, the harbour master. “It fell,” said محمد علي, a diver. “مرحبا,” he added.",
    "nested": "“She asked, ‘Is it 🌊 over?’ and I said no,” Jane Roe said.",
    "nested at the start": "“‘Is it over?’ she asked me,” Jane Roe said. “I had no answer,” she said.",
    "split": "“It will,” Jane Roe said, “take years.” 🌊 “No,” she added.",
    "over paragraphs": "“The sea rose.\n\n“Then it fell,” Jane Roe said.\n\n\n  \nJohn Doe said: “It rose again.”",
    "one line a paragraph": "“The sea rose,” Jane Roe said.\n“It fell,” she added.\n",
    "markup": "“<script>alert(1)</script> &amp; <img src=x onerror=alert(2)>,” said Jane <b>Roe</b>, the harbour master.",
    "controls": "“Hi\u200b\u00ad,” said Jane\u00a0Roe.\u2028“No\u0007,” said John Doe.",
}


def innermost(quotes: list[dict[str, Any]], start: int, end: int) -> str:
    """The id of the shortest span that holds a stretch."""
    spans = [
        (span["end"] - span["start"], quote["id"])
        for quote in quotes
        for span in quote["spans"]
        if span["start"] <= start < end <= span["end"]
    ]
    return min(spans)[1]


def check(page: Page, server: Server, text: str, *include: str) -> None:
    """The marks cover the API's spans and nothing else, and each is of the innermost quote."""
    request = {"text": text, "offset_unit": "utf16", "include": ["other", *include]}
    quotes = httpx.post(f"{server.url}/quotes", json=request, timeout=PATIENCE).json()["quotes"]
    marks = page.evaluate(MARKS, text)
    assert quotes
    for quote in quotes:
        for span in quote["spans"]:
            held = [mark for mark in marks if span["start"] <= mark["start"] and mark["end"] <= span["end"]]
            assert "".join(mark["text"] for mark in held) == span["text"]
            assert (held[0]["start"], held[-1]["end"]) == (span["start"], span["end"])
    for mark in marks:
        assert mark["quote"] == innermost(quotes, mark["start"], mark["end"])


def test_every_quote_of_the_example_is_marked(filled: Page, server: Server) -> None:
    """Direct, split, nested, fragments, nobody's and words that are no speech: all kinds that the API tells."""
    text = filled.get_by_label("The article", exact=True).input_value()
    check(filled, server, text)
    kinds = filled.locator("mark.quote").evaluate_all("marks => [...new Set(marks.flatMap(mark => [...mark.classList]))]")
    assert {"direct", "mixed", "other", "inner", "doubtful", "voice-none"} <= set(kinds)


def test_a_long_article_is_marked_to_its_end(read: Callable[[str], Page], server: Server) -> None:
    """The offsets of thousands of words later are as right as the first."""
    text = "\n\n".join([(ASSETS / "example.txt").read_text(encoding="utf-8").strip()] * 24)
    assert len(text) > 30_000
    check(read(text), server, text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_offsets_are_right_in_any_script(read: Callable[[str], Page], server: Server, text: str) -> None:
    """A pasted article with characters that are more than one unit, or none that is seen, is marked at the same words."""
    page = read(text)
    check(page, server, text)


def test_reported_speech_is_marked_around_its_fragments(page: Page, read: Callable[[str], Page], server: Server) -> None:
    """Where it is asked for: a fragment keeps its own mark, and the report goes on behind it."""
    text = "Jane Roe, the mayor, said the pumps were “older than the town” and that nobody had looked at them since May."
    page.locator("[value=indirect]").check()
    check(read(text), server, text, "indirect")
    kinds = page.locator("mark.quote").evaluate_all("marks => marks.map(mark => mark.className.split(' ')[1])")
    assert kinds == ["indirect", "mixed", "indirect"]


def test_markup_stays_text(read: Callable[[str], Page]) -> None:
    """A script in an article is words like all others, in the article, the list, the detail and the code."""
    page = read(TEXTS["markup"])
    page.locator("mark.quote").first.focus()
    page.get_by_text("The same request as code").click()
    assert "<script>alert(1)</script> &amp; <img" in page.locator("#article").inner_text()
    assert page.locator("main script, main img, main b:not(.sure b)").count() == 0


def test_an_article_without_quotes_says_so(read: Callable[[str], Page]) -> None:
    """The article is shown all the same."""
    page = read("The sea rose on Tuesday. Nobody said a word.")
    assert page.locator("#summary").inner_text() == "No quotes in 9 words."
    assert page.locator("#article").inner_text() == "The sea rose on Tuesday. Nobody said a word."


def test_doubt_and_silence_are_told_in_words(filled: Page) -> None:
    """Not by colour alone: each mark names its speaker, and what is doubtful, nobody's or no speech."""
    names = filled.locator("mark[role=button]").evaluate_all("marks => marks.map(mark => mark.ariaLabel)")
    assert any(name.startswith("Shopkeepers, doubtful: We would sooner") for name in names)
    assert any(name.startswith("Nobody named: no boat") for name in names)
    assert any(name.startswith("Not speech: moonlight clause") for name in names)
    tags = filled.locator("mark[data-tag]").evaluate_all("marks => marks.map(mark => getComputedStyle(mark, '::after').content)")
    assert {'"nobody named"', '"not speech"', '"IS"'} <= set(tags)
    assert any(tag.endswith('· doubtful"') for tag in tags)


def test_why_words_are_no_speech_is_told(read: Callable[[str], Page]) -> None:
    """In the detail, in words."""
    page = read("Jane Roe never said “sorry” at all. “We paid,” said Jane Roe.")
    page.locator("mark.other").focus()
    assert page.locator("#detail dd", has_text="what nobody said").is_visible()
