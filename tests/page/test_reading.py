"""Looking at quotes: the detail and the thread, the filters, with a pointer."""

import re

from playwright.sync_api import Page, expect


def mark(page: Page, words: str) -> str:
    """A selector for the mark that begins with some words."""
    quote = page.locator("mark", has_text=re.compile(f"^{words}")).get_attribute("data-quote")
    return f'mark[data-quote="{quote}"]'


def test_pointing_at_a_quote_tells_why(filled: Page) -> None:
    """Cue, mention, antecedents and confidence are told; the thread leads to the speaker; it all goes with the pointer."""
    detail, thread = filled.locator("#detail"), filled.locator("#thread")
    filled.locator(mark(filled, "a bridge")).hover()
    for words in ("Marcus Adeyemi", "Fragment in the reporter’s sentence", "added (add)", "He", "sure of the speaker", "Or else"):
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
    assert filled.locator("#summary").inner_text() == "10 quotes by 7 speakers in 274 words"


def test_speakers_and_kinds_filter(filled: Page) -> None:
    """Chosen speakers' quotes alone are marked; so are the kinds that are ticked; the number is told to who listens."""
    shown = filled.locator("mark.quote")
    everything = shown.count()
    filled.locator(".person", has_text="Marcus Adeyemi").click()
    expect(shown).to_have_text(["We are grateful,", "but gratitude does not buy diesel.", "a bridge, not a destination."])
    expect(filled.locator("#spoken")).to_have_text("2 quotes of 11 shown.")
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
    expect(doubtful).to_have_count(1)
    filled.get_by_label("Doubtful below").fill("85")
    expect(filled.locator(".doubt output")).to_have_text("85% – 3 quotes")
    expect(doubtful).to_have_count(3)
    filled.get_by_label("Only the doubtful ones").check()
    expect(filled.locator("mark.quote")).to_have_count(3)
    filled.get_by_label("Doubtful below").fill("0")
    expect(filled.locator("mark.quote")).to_have_count(0)
