"""Looking at quotes: the detail and the thread, the filters, with a pointer."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

CROSSED = """() => {
  const words = [...document.querySelectorAll("#article p, .person .who, .person .badge")].flatMap((box) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      range.selectNodeContents(walker.currentNode);
      found.push(...range.getClientRects());
    }
    return found;
  });
  const matrix = document.querySelector("#thread").getScreenCTM();
  return [...document.querySelectorAll("#thread path")].flatMap((path) => {
    const steps = Array.from({length: Math.ceil(path.getTotalLength() / 2)}, (_, step) => 2 * step);
    const points = steps.map((step) => path.getPointAtLength(step).matrixTransform(matrix));
    const crossed = words.filter(({left, right, top, bottom, height}) =>
      points.some(({x, y}) => left < x && x < right && top + height / 8 < y && y < bottom - height / 8));
    return crossed.map(({left, top}) => [path.getAttribute("d"), left, top]);
  });
}"""
"""The lines of words that a thread runs through."""


def mark(page: Page, words: str) -> str:
    """A selector for the mark that begins with some words."""
    quote = page.locator("mark", has_text=re.compile(f"^{words}")).get_attribute("data-quote")
    return f'mark[data-quote="{quote}"]'


def test_pointing_at_a_quote_tells_why(filled: Page) -> None:
    """Cue, mention, antecedents and confidence are told; the thread leads to the speaker; it all goes with the pointer."""
    detail, thread = filled.locator("#detail"), filled.locator("#thread")
    filled.locator(mark(filled, "a bridge")).hover()
    for words in ("Marcus Adeyemi", "Fragment in the reporter’s sentence", "added (add)", "He", "sure of the speaker", "Other candidates"):
        expect(detail).to_contain_text(words)
    expect(detail.locator(".chain")).to_have_text("Marcus Adeyemi")
    expect(thread.locator(".strand")).to_have_count(3)  # to the mention, to the antecedent, to the card
    assert filled.evaluate("[...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)])") == [
        ["link", ["Marcus Adeyemi"]], ["mention", ["He"]], ["cue", ["added"]],
    ]  # fmt: skip
    filled.locator("#summary").hover()
    expect(detail).to_contain_text("Point at a quote")
    expect(thread.locator("*")).to_have_count(0)


def test_the_thread_ends_at_the_speakers_card(filled: Page) -> None:
    """From the quote by the words that name its speaker to that speaker, wherever the list stands after scrolling."""
    quote = filled.locator(mark(filled, "This is a subsidy"))
    quote.press("Enter")
    expect(quote).to_have_attribute("aria-pressed", "true")
    speaker = filled.locator(".person", has_text="Tove Brandt").get_attribute("data-speaker")
    for scrolled in (0, 200):
        filled.evaluate("scrolled => scrollTo(0, scrolled)", scrolled)
        filled.wait_for_function(
            """speaker => {
                const card = document.querySelector(`[data-speaker="${speaker}"]`).getBoundingClientRect();
                const end = document.querySelector("#thread circle:last-child")?.getBoundingClientRect();
                if (!end) return false;  // not drawn yet
                return Math.abs(end.left + end.width / 2 - card.right) < 2 && end.top > card.top && end.bottom < card.bottom;
            }""",
            arg=speaker,
        )


def test_the_thread_crosses_no_words(page: Page) -> None:
    """It runs below the lines and beside them, whichever quote it belongs to, at the full width and where the list stands above."""
    for choice in page.locator("[name=include]").all():
        choice.check()
    page.get_by_role("button", name="Try an example").click()
    page.locator("#read").wait_for()
    for width in (1440, 1000, 600):
        page.set_viewport_size({"width": width, "height": 900})
        quotes = page.locator("mark[role=button]").all()
        assert len(quotes) > 10
        for quote in quotes:
            quote.focus()
            assert page.evaluate(CROSSED) == [], quote.inner_text()


def test_a_paraphrase_is_told_from_a_quote(page: Page, read: Callable[[str], Page]) -> None:
    """In its tag, its name, its detail and the figures; with the quoted words in it, it is one utterance: one tag, counted once."""
    page.locator("[value=indirect]").check()
    read(
        "Jane Roe, the mayor, said the pumps were “older than the town” and that nobody had looked at them since May."
        " She said that it would rain. “No boat sails,” she said."
    )
    tags = page.locator("mark[data-tag]").evaluate_all("marks => marks.map(mark => mark.dataset.tag)")
    assert tags == ["JR", "JR · paraphrase", "JR"]
    assert page.locator("#summary").inner_text() == "2 quotes and 1 paraphrase by 1 speaker in 32 words"
    expect(page.locator(".person .figures")).to_have_text("person · 2 quotes · 1 paraphrase · 23 words")
    for kind in ("direct 1", "fragments 1", "paraphrases 1"):
        expect(page.get_by_label(kind)).to_be_checked()
    page.get_by_role("button", name="Jane Roe, paraphrase: that it would rain").focus()
    expect(page.locator("#detail")).to_contain_text("Paraphrase, without quotation marks")


def test_a_role_that_says_no_more_than_the_name_is_left_out(read: Callable[[str], Page]) -> None:
    """Also where an article or another letter case stands before it, on the card and in the detail."""
    page = read("A spokesman for the company said it was “sorry”. “We are shut,” said the Skarvik Council.")
    expect(page.locator(".person .name")).to_have_text(["A spokesman for the company", "Skarvik Council"])
    expect(page.locator(".person .role")).to_have_count(0)
    page.locator("mark.quote").first.focus()
    expect(page.locator("#detail .role")).to_have_count(0)


def test_the_page_never_shows_what_is_missing(page: Page) -> None:
    """No “null”, “undefined” or “[object” after any action: an answer without alternatives, each quote, a problem, a key, an empty form."""

    def check() -> None:
        words = page.locator("body").inner_text()
        assert not re.search(r"\bnull\b|\bundefined\b|\bNaN\b|\[object", words), words

    page.get_by_role("button", name="Find the quotes").click()
    check()
    page.locator("[value=indirect]").check()
    page.locator("[value=other]").check()
    page.get_by_role("button", name="Try an example").click()
    page.locator("#read").wait_for()
    for quote in page.locator("mark[role=button]").all():
        quote.focus()
        check()
    page.locator(".person").first.click()
    page.get_by_label("Only flagged quotes").check()
    page.get_by_text("The same request as code").click()
    check()
    page.get_by_role("button", name="Change the article").click()
    statuses = iter((401, 415, 422, 500, 503))
    refuse = {"body": "{}", "content_type": "application/problem+json"}
    page.route("**/quotes", lambda route: route.fulfill(status=next(statuses), **refuse))
    for _ in range(5):
        page.get_by_role("button", name="Find the quotes").click()
        page.get_by_role("alert").wait_for()
        check()


def test_the_parts_of_a_quote_are_joined(filled: Page) -> None:
    """A quote that its attribution splits is lit as one."""
    parts = filled.locator(mark(filled, "We are grateful"))
    expect(parts).to_have_count(2)
    parts.nth(1).hover()
    expect(filled.locator("mark.looked")).to_have_text(["We are grateful,", "but gratitude does not buy diesel."])
    expect(filled.locator("#thread .joint")).to_have_count(1)
    expect(filled.locator("#detail")).to_contain_text("Direct quote, in 2 parts")


def test_a_quote_inside_another_is_told_as_such(filled: Page) -> None:
    """The inner one is its own speaker's; the outer one holds both."""
    filled.locator(mark(filled, "Will they come")).hover()
    expect(filled.locator("#detail")).to_contain_text("a quote of Yusuf Karam")
    filled.locator(mark(filled, "My patient asked me")).first.hover()
    assert "".join(filled.locator("mark.looked").all_inner_texts()) == "My patient asked me, ‘Will they come for us?’ and I had no answer,"


def test_a_click_keeps_a_quote(filled: Page) -> None:
    """The detail stays while the pointer moves on, until Escape or a second click."""
    detail, quote = filled.locator("#detail"), filled.locator(mark(filled, "Nobody moves"))
    quote.click()
    expect(quote).to_have_attribute("aria-pressed", "true")
    filled.locator(mark(filled, "Judge us")).hover()
    filled.locator("#summary").hover()
    expect(detail).to_contain_text("Ingrid Solheim")
    filled.keyboard.press("Escape")
    expect(detail).to_contain_text("Point at a quote")
    expect(quote).to_have_attribute("aria-pressed", "false")


def test_the_list_has_name_role_and_figures(filled: Page) -> None:
    """Quotes and words of each speaker are counted; a role that only repeats the name is left out."""
    assert filled.locator(".person", has_text="Ingrid Solheim").inner_text().split("\n")[1:] == [
        "Ingrid Solheim", "Council Leader", "person · 2 quotes · 16 words",
    ]  # fmt: skip
    assert filled.locator(".person", has_text="Shopkeepers").inner_text().split("\n")[1:] == ["Shopkeepers", "group · 1 quote · 14 words"]
    assert filled.locator("#summary").inner_text() == "10 quotes by 7 speakers in 284 words"


def test_speakers_and_kinds_filter(filled: Page) -> None:
    """Chosen speakers' quotes alone are marked; so are the kinds that are ticked; the number is told to who listens."""
    shown = filled.locator("mark.quote")
    everything = shown.count()
    filled.locator(".person", has_text="Marcus Adeyemi").click()
    expect(shown).to_have_text(["We are grateful,", "but gratitude does not buy diesel.", "a bridge, not a destination."])
    expect(filled.locator("#spoken")).to_have_text("2 of 11 shown.")
    filled.get_by_label("direct").uncheck()
    expect(shown).to_have_text(["a bridge, not a destination."])
    filled.locator(".person", has_text="Nobody named").click()
    expect(shown).to_have_text(["no boat, no island.", "a bridge, not a destination."])
    for name in ("Marcus Adeyemi", "Nobody named"):
        filled.locator(".person", has_text=name).click()
    filled.get_by_label("direct").check()
    expect(shown).to_have_count(everything)


def test_without_the_inner_quote_the_outer_one_is_whole(filled: Page) -> None:
    """A quote that another kind or speaker stands in keeps its colour throughout."""
    filled.locator(".person", has_text="Yusuf Karam").click()
    assert "".join(filled.locator("mark.quote").all_inner_texts()) == "My patient asked me, ‘Will they come for us?’ and I had no answer,"


def test_the_threshold_of_doubt_can_be_seen_and_moved(filled: Page) -> None:
    """What is less sure is marked so in words; the number of such is told beside the slider."""
    doubtful = filled.locator("mark.doubtful[role=button]")
    expect(doubtful).to_have_count(2)
    filled.get_by_label("Flag when under").fill("45")
    expect(filled.locator(".doubt output")).to_have_text("45% sure (1)")
    expect(doubtful).to_have_count(1)
    filled.get_by_label("Only flagged quotes").check()
    expect(filled.locator("mark.quote")).to_have_count(1)
    filled.get_by_label("Flag when under").fill("0")
    expect(filled.locator("mark.quote")).to_have_count(0)
