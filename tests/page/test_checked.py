"""What came of a draft's quotes, as the page at `/check` shows it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SPEECH = "JANE ROE: We will not give up. It will take nine years, but we will rebuild the wall.\n\nTOM HART: I have nothing to add to that."
HIGHLIGHTS = "[...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)])"
SEEN = """mark => {
  const [words, box] = [mark, mark.closest(".source-text")].map((part) => part.getBoundingClientRect());
  return words.top >= box.top && words.bottom <= Math.min(box.bottom, innerHeight);
}"""
"""Whether a mark of the source is in view, in its box and in the window."""


def quote(page: Page, words: str) -> str:
    """A selector for a quote of the draft that begins with some words."""
    return f'#checked mark[data-quote="{page.locator("#checked mark", has_text=re.compile(f"^{words}")).get_attribute("data-quote")}"]'


def test_every_status_is_told_in_words(example: Page) -> None:
    """On the tally, behind each quote and in its name: never by a colour alone. The heading says how many hold."""
    expect(example.get_by_role("heading", level=1)).to_have_text("4 of 8 quotes hold, 4 do not")
    expect(example.locator("#summary")).to_have_text("One quote has another speaker in its source. 143 words, 2 sources.")
    expect(example.locator("#tally li")).to_have_text(["✓ 1 exact", "≈ 3 styled", "≠ 2 altered", "+ 1 spliced", "✕ 1 absent"])
    tags = example.locator("#checked mark[data-tag]").evaluate_all("marks => marks.map(mark => mark.dataset.tag)")
    assert tags == [
        "≈ styled", "≠ altered · negation", "≈ styled", "≠ altered · number", "✓ exact", "≈ styled · other speaker",
        "+ spliced", "✕ absent",
    ]  # fmt: skip
    names = example.locator("#checked mark[role=button]").evaluate_all("marks => marks.map(mark => mark.ariaLabel)")
    assert names[1] == "Altered, negation: We will raise the fares next winter,"
    assert names[5] == "Styled, other speaker: This is a subsidy for empty seats,"


def test_the_first_problem_is_shown_at_once(example: Page) -> None:
    """Where there is room beside the draft: its words and those of the source, what was left out, and whose they are."""
    detail = example.locator("#detail")
    expect(detail.get_by_role("heading")).to_contain_text("Altered")
    expect(detail.get_by_role("deletion").first).to_have_text("not")
    expect(detail.locator("q")).to_have_text(["We will raise the fares next winter,", "We will not raise the fares next winter"])
    expect(detail.locator(".changes li")).to_have_text(["Left out not negation it may reverse the meaning"])
    expect(detail.locator(".flag.grave")).to_have_text(["negation"])
    expect(detail.locator(".agreement")).to_have_text("✓ Same speaker draft: Ingrid Solheim, source: INGRID SOLHEIM")
    expect(example.locator("#position")).to_have_text("Problem 1 of 5")


def test_the_passage_is_marked_and_brought_into_view(example: Page) -> None:
    """In the source that has it, which opens; subtitles tell the time."""
    example.locator(quote(example, "nearly")).first.click()
    expect(example.get_by_label("bayline.vtt", exact=True)).to_be_checked()
    looked = example.locator("#source mark.looked")
    assert "".join(looked.all_inner_texts()) == "nearly two million crowns a year"
    assert looked.first.evaluate(SEEN)
    assert looked.last.get_attribute("data-tag") == "0:11–0:16"
    expect(example.locator("#detail .place")).to_have_text("bayline.vtt, 0:11–0:16")
    expect(example.locator("#detail .changes")).to_have_text("Changed two → four number another figure")


def test_a_passage_far_down_a_long_source_is_scrolled_to(verified: Callable[..., Page]) -> None:
    """Within its box; the draft stays where it is."""
    filler = "\n\n".join(f"TOM HART: Item {number} of the agenda is about the harbour and its cranes." for number in range(60))
    page = verified("“We will give up,” said Jane Roe.", hearing=f"{filler}\n\n{SPEECH}\n\n{filler}")
    expect(page.locator("#source mark.looked").first).to_have_text("We will not give up")
    assert page.locator("#source mark.looked").first.evaluate(SEEN)
    assert page.evaluate("scrollY") == 0


def test_words_that_differ_are_marked_in_both_texts(example: Page) -> None:
    """Those that may reverse the meaning more strongly than others."""
    assert example.evaluate(HIGHLIGHTS) == [["added-grave", ["four"]], ["dropped-grave", ["not"]]]
    example.locator("#source").get_by_text("bayline.vtt", exact=True).click()
    assert example.evaluate(HIGHLIGHTS) == [["added-grave", ["four"]], ["dropped-grave", ["two"]]]


def test_added_words_and_other_commas_are_told_apart(verified: Callable[..., Page]) -> None:
    """An insertion in the draft's line; a flag that is not grave stands beside its change without being one of the quote's tags."""
    page = verified(
        "“We were very lucky, and the old wall held,” said Jane Roe.", paper="“We were lucky and the old wall held,” Jane Roe said."
    )
    expect(page.locator("#detail").get_by_role("insertion").first).to_have_text("very")
    expect(page.locator("#detail .changes li").first).to_have_text("Added very")
    expect(page.locator("#detail .flag:not(.grave)")).to_have_text(["punctuation"])
    assert page.locator("#checked mark").get_attribute("data-tag") == "≠ altered"


def test_a_splice_has_all_its_passages(example: Page) -> None:
    """With the gap between them."""
    example.locator(quote(example, "Fewer than")).first.click()
    expect(example.locator("#detail q").nth(1)).to_have_text(
        "Fewer than 30 people use the late boat … and the council has not read the accounts"
    )
    marked = "".join(example.locator("#source mark.looked").all_inner_texts())
    assert marked == "Fewer than 30 people use the late boatand the council has not read the accounts"


def test_of_an_absent_quote_the_nearest_passage_is_shown(example: Page) -> None:
    """If there is one; nothing is said of its speaker."""
    example.locator(quote(example, "The council has read")).first.click()
    detail = example.locator("#detail")
    expect(detail.locator("dt")).to_have_text(["Draft", "Nearest"])
    expect(detail.locator("q").nth(1)).to_have_text("the council has not read the accounts")
    expect(detail.locator(".agreement")).to_have_count(0)
    expect(example.locator("#source mark.looked").first).to_be_visible()


def test_a_quote_without_any_passage_is_told_all_the_same(verified: Callable[..., Page]) -> None:
    """Only the draft's words are shown, and no passage is marked."""
    page = verified("“Skarvik will be a museum,” said Jane Roe.", hearing=SPEECH)
    expect(page.get_by_role("heading", level=1)).to_have_text("The one quote does not hold")
    expect(page.locator("#detail dt")).to_have_text(["Draft"])
    expect(page.locator("#source mark")).to_have_count(0)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("“We will rebuild the wall,” Tom Hart said.", "≠ Other speaker draft: Tom Hart, source: JANE ROE"),
        ("“We will rebuild the wall,” Roe said.", "✓ Same speaker draft: Roe, source: JANE ROE"),
        ("“We will rebuild the wall,” a spokesman said.", "? Speaker not known draft: a spokesman, source: JANE ROE"),
    ],
)
def test_both_speakers_are_named(verified: Callable[..., Page], draft: str, told: str) -> None:
    """Whether they are the same, are not, or cannot be known."""
    page = verified(draft, hearing=SPEECH)
    page.locator("#checked mark").click()
    expect(page.locator("#detail .agreement")).to_have_text(told, ignore_case=True)


def test_a_passage_of_the_source_leads_to_its_quote(example: Page) -> None:
    """A click on it chooses the quote."""
    example.locator("#source mark", has_text="This is a subsidy").click()
    expect(example.locator("#detail .agreement")).to_contain_text("Other speaker")
    expect(example.locator(quote(example, "This is a subsidy"))).to_have_attribute("aria-pressed", "true")


def test_a_draft_without_quotes_says_so(verified: Callable[..., Page]) -> None:
    """It is shown, and so are the sources."""
    page = verified("The sea rose on Tuesday.", hearing=SPEECH)
    expect(page.get_by_role("heading", level=1)).to_have_text("No quotes in the draft")
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator("#checked")).to_have_text("The sea rose on Tuesday.")


def test_when_all_hold_there_is_no_problem_to_go_to(verified: Callable[..., Page]) -> None:
    """The heading says so, and how to choose a quote is shown."""
    page = verified("“We will rebuild the wall,” said Jane Roe. “It will take nine years,” Roe said.", hearing=SPEECH)
    expect(page.get_by_role("heading", level=1)).to_have_text("All 2 quotes hold")
    expect(page.locator("#stepping")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#detail")).to_contain_text("Choose a quote to see its passage")


def test_offsets_are_right_behind_characters_of_two_units(verified: Callable[..., Page]) -> None:
    """In the draft and in the source."""
    page = verified("🚀🚀 “We will give up,” said Jane Roe 🇳🇴.", hearing=f"👩🏽‍🚀 Minutes.\n\n{SPEECH}")
    assert "".join(page.locator("#checked mark").all_inner_texts()) == "We will give up,"
    assert "".join(page.locator("#source mark").all_inner_texts()) == "We will not give up"
    assert page.evaluate(HIGHLIGHTS) == [["dropped-grave", ["not"]]]


def test_markup_stays_text(verified: Callable[..., Page]) -> None:
    """In the draft, the sources, their names and the finding."""
    bad = "<img src=x onerror=alert(1)>"
    page = verified(f"“We will {bad} give up,” said Jane <b>Roe</b>.", **{bad: f"JANE <b>ROE</b>: We will {bad} never give up."})
    page.locator("#checked mark").first.click()
    assert bad in page.locator("#checked").inner_text()
    assert bad in page.locator("#source").inner_text()
    assert page.locator("main img, #checked b, #source b").count() == 0


def test_a_page_and_subtitles_are_shown_as_they_were_read(check: Page) -> None:
    """Offsets refer to their text, without tags and timings."""
    check.get_by_role("textbox", name="The draft").fill(
        "<html><body><article><p>“It will take years,” said Jane Roe.</p></article></body></html>"
    )
    expect(check.locator("#draft-format")).to_have_value("html")
    check.get_by_role("textbox", name="Source 1", exact=True).fill(
        "WEBVTT\n\n01:00:07.000 --> 01:00:09.500\n<v Jane Roe>It will take nine years.\n"
    )
    expect(check.locator("#source-1-format")).to_have_value("vtt")
    check.get_by_role("button", name="Verify the quotes").click()
    expect(check.locator("#checked")).to_have_text("“It will take years,” said Jane Roe.")
    expect(check.locator("#source .article")).to_have_text("Jane Roe: It will take nine years.")
    expect(check.locator("#detail .place")).to_have_text("Source 1, 1:00:07–1:00:10")


def test_the_report_is_copied_as_text(example: Page) -> None:
    """Every quote with its status, both texts, what differs, and where it stands."""
    example.get_by_role("button", name="Copy the report").click()
    expect(example.locator("#status")).to_have_text("Report copied.")
    report = str(example.evaluate("navigator.clipboard.readText()")).replace("\r\n", "\n")
    assert report.startswith(
        "4 of 8 quotes hold, 4 do not. One quote has another speaker in its source.\nSources: council.txt, bayline.vtt\n"
    )
    assert (
        "4. ≠ ALTERED: other words, capitals or punctuation\n"
        "   Draft: “nearly four million crowns a year” (Marcus Adeyemi)\n"
        "   Source: “nearly two million crowns a year” (Marcus Adeyemi), bayline.vtt, 0:11–0:16\n"
        "   Changed: “two” → “four” [number]\n"
    ) in report
    assert "   Nearest: “the council has not read the accounts”, council.txt\n" in report
    assert not re.search(r"null|undefined|\[object", report)
