"""The page at `/` in a browser: the time to show the answer to an article of 10,000 words, compared with its extraction.

    pip install '.[bench,test]'
    python benchmarks/page.py [--words 10000] [--repeats 7]

Needs Chromium. The article consists of the project's own one and the passages of its catalogue: many speakers, quotes of all kinds. The
time to show ends after the frame with the answer, including layout and painting; extraction is the time of the engine's stages in
`Server-Timing`. Both are of the same run, so that their ratio is the same on any machine. Also timed: the thread of a quote, from the focus
to the next frame. Writes benchmarks/results/page.md.
"""

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright
from service import serving, texts_of

RESULT = Path(__file__).parent / "results" / "page.md"
PATIENCE = 600_000  # milliseconds after which a page has hung
SHOWN = """() => {
  const last = (name) => performance.getEntriesByName(name).at(-1);
  const answer = performance.getEntriesByType("resource").filter(({name}) => name.endsWith("/quotes")).at(-1);
  return {
    read: answer.serverTiming.filter(({name}) => name !== "queue").reduce((sum, {duration}) => sum + duration, 0),
    shown: last("quoteapi:shown").startTime - last("quoteapi:answered").startTime,
  };
}"""
THREAD = """() => new Promise((done) => {
  const marks = document.querySelectorAll("mark[role=button]");
  const began = performance.now();
  marks[Math.floor(marks.length / 2)].focus({preventScroll: true});
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


class Shown(NamedTuple):
    """One article shown: milliseconds of its extraction, of showing it, and of one quote's thread; the number of quotes."""

    read: float
    shown: float
    thread: float
    quotes: int


def main() -> None:
    """Show the article a few times; print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    text = article(options.words)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with serving(workers=1) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url)
        figures = [show(page, text) for _ in range(options.repeats + 1)][1:]  # the first warms the engine and the browser
        browser.close()
    table = report(len(text.split()), figures)
    RESULT.write_text(f"{table}\n", encoding="utf-8")
    print(table)


def article(words: int) -> str:
    """At least `words` words of the project's own texts, repeated as needed."""

    def endless() -> Iterator[str]:
        while True:
            yield from texts_of(None)

    parts: list[str] = []
    for text in endless():
        parts.append(text.strip())
        if sum(len(part.split()) for part in parts) >= words:
            return "\n\n".join(parts)
    raise AssertionError


def show(page: Page, text: str) -> Shown:
    """Send the article and wait until it is shown."""
    page.evaluate("performance.clearMarks(); performance.clearResourceTimings()")
    page.evaluate("text => { document.getElementById('text').value = text; document.getElementById('form').requestSubmit(); }", text)
    page.wait_for_function("() => performance.getEntriesByName('quoteapi:shown').length", timeout=PATIENCE)
    times = page.evaluate(SHOWN)
    return Shown(times["read"], times["shown"], page.evaluate(THREAD), page.locator("mark[role=button]").count())


def report(words: int, figures: list[Shown]) -> str:
    """The medians as Markdown, and the median ratio, which is taken within each repeat."""
    ratio = median(one.shown / one.read for one in figures)
    worst = max(one.shown for one in figures)
    rows = [
        ("words", f"{words:,}"),
        ("quotes", f"{figures[0].quotes:,}"),
        ("extraction, ms", f"{median(one.read for one in figures):,.0f}"),
        ("shown after the answer, ms", f"{median(one.shown for one in figures):,.0f} (at most {worst:,.0f})"),
        ("shown, as a part of extraction", f"{ratio:.3f}"),
        ("a quote’s thread, ms", f"{median(one.thread for one in figures):,.0f}"),
    ]
    return "\n".join(
        ["| the page, by `python benchmarks/page.py` | median |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows)]
    )


if __name__ == "__main__":
    main()
