"""The page at `/check` for everybody: by keyboard, with a screen reader, in light and dark, on a phone, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accessible import assert_accessible
from browsing import verify_example
from serving import Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
RING = """() => {
  const {left, top, right, bottom} = document.activeElement.getBoundingClientRect();
  const styled = document.activeElement.matches("input[type=radio]") ? document.activeElement.parentElement : document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(styled);
  return [outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, right > 0 && bottom > 0 && left < innerWidth && top < innerHeight];
}"""


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(open_page: Callable[..., Page], server: Server, device: dict[str, object]) -> None:
    """Empty, with a problem at a field, verified, and with quotes looked at: altered, of another speaker, absent."""
    page = open_page(f"{server.url}/check", reduced_motion="reduce", **device)
    assert_accessible(page, colours=device is DESKTOP)
    page.get_by_role("textbox", name="The draft").fill("Hi.")
    page.get_by_role("button", name="Add a source").click()
    page.get_by_role("textbox", name="Source 2", exact=True).fill("a" * 50_001)
    page.get_by_role("button", name="Verify the quotes").click()
    page.locator("#source-2-text-wrong").wait_for()
    assert_accessible(page, colours=device is DESKTOP)
    page.once("dialog", lambda dialog: dialog.accept())
    verify_example(page)
    assert_accessible(page, colours=device is DESKTOP)
    page.get_by_text("The same request as code").click()
    for words in ("This is a subsidy", "The council has read"):
        page.locator("#checked mark[role=button]", has_text=words).focus()
        assert_accessible(page, colours=device is DESKTOP)


def test_the_keyboard_goes_from_problem_to_problem(example: Page) -> None:
    """N and P, and the buttons: in a ring, each told to who listens; Escape lets it go."""
    expect(example.get_by_role("heading", level=1)).to_be_focused()
    expect(example.locator("#spoken")).to_have_text("4 of 8 quotes hold, 4 do not. One quote has another speaker in its source.")
    position, spoken = example.locator("#position"), example.locator("#spoken")
    example.keyboard.press("n")
    expect(position).to_have_text("Problem 2 of 5")
    expect(spoken).to_have_text("altered, number. nearly four million crowns a year. changed: two to four, number.")
    example.keyboard.press("p")
    example.keyboard.press("P")
    expect(position).to_have_text("Problem 5 of 5")
    expect(spoken).to_have_text("absent. The council has read every line of the accounts on this boat,.")
    example.get_by_role("button", name="Next problem").click()
    expect(position).to_have_text("Problem 1 of 5")
    example.keyboard.press("Escape")
    expect(position).to_have_text("5 problems")
    expect(example.locator("#checked [aria-pressed=true]")).to_have_count(0)
    example.get_by_role("button", name="Previous problem").click()
    expect(position).to_have_text("Problem 5 of 5")


def test_letters_that_are_typed_elsewhere_do_nothing(example: Page) -> None:
    """In the form, in the head and with a modifier they are not the page's."""
    position = example.locator("#position")
    example.keyboard.press("Control+n")
    example.locator("#scheme").focus()
    example.keyboard.press("n")
    expect(position).to_have_text("Problem 1 of 5")
    example.get_by_role("button", name="Change the texts").click()
    example.keyboard.press("n")
    expect(position).to_have_text("Problem 1 of 5")


def test_every_control_is_reached_by_tab(example: Page) -> None:
    """In the order of the page, its focus seen; a quote that has it is looked at; Enter brings back one that was let go."""
    example.evaluate("document.querySelector('.brand').focus()")
    example.keyboard.press("Tab")
    visited = []
    while (tag := example.evaluate("document.activeElement.tagName")) != "BODY":
        assert example.evaluate(RING) == [True, True], visited
        visited.append(tag if tag == "MARK" else example.evaluate("(it => it.id || it.innerText || it.value)(document.activeElement)"))
        example.keyboard.press("Tab")
    assert visited.count("MARK") == 8
    order = ["again", "previous", "next", "MARK", "bayline.vtt", "Copy the report", "Copy JSON"]
    places = [visited.index(name) if name in visited else -1 for name in order]
    assert -1 not in [*places[:4], *places[5:]]
    assert sorted(place for place in places if place >= 0) == [place for place in places if place >= 0]
    example.locator("#checked mark").first.focus()
    expect(example.locator("#detail").get_by_role("heading")).to_contain_text("Styled")
    example.keyboard.press("Escape")
    expect(example.locator("#detail")).to_contain_text("Choose a quote")
    example.keyboard.press("Enter")
    expect(example.locator("#detail").get_by_role("heading")).to_contain_text("Styled")


def test_a_phone_shows_it_without_scrolling_sideways(open_page: Callable[..., Page], server: Server) -> None:
    """Empty, verified, with a quote's finding, which can be closed, and with its source."""
    page = open_page(f"{server.url}/check", **PHONE)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 360
    assert page.get_by_role("button", name="Try an example").evaluate("button => button.getBoundingClientRect().bottom <= innerHeight")
    expect(page.get_by_text("You can also drop files")).to_be_hidden()
    verify_example(page)
    assert page.evaluate(wide) == 360
    expect(page.locator("#detail")).to_be_hidden()
    page.locator("#next").tap()
    expect(page.locator("#detail")).to_contain_text("Left out not")
    assert page.evaluate(wide) == 360
    page.get_by_role("button", name="Read it in the source").tap()
    expect(page.locator("#source mark.looked").first).to_be_in_viewport()
    page.get_by_role("button", name="Close the details").tap()
    expect(page.locator("#detail")).to_be_hidden()
    page.get_by_role("button", name="Change the texts").tap()
    page.get_by_role("textbox", name="The draft").fill(f"“{'long' * 200},” said Jane {'Roe' * 100}.")
    page.get_by_label("Name").first.fill("name" * 60)
    page.get_by_role("button", name="Verify the quotes").tap()
    page.locator("#read").wait_for()
    page.locator("#checked mark").first.tap()
    assert page.evaluate(wide) == 360


def test_paper_has_draft_and_source_alone(example: Page) -> None:
    """No form, no buttons to press, no dark ground."""
    example.emulate_media(media="print", color_scheme="dark")
    for shown in ("#read-title", "#tally", "#checked", "#source"):
        expect(example.locator(shown)).to_be_visible()
    for hidden in (".top", "#write", "#again", "#stepping", ".take", "#detail", ".foot"):
        expect(example.locator(hidden)).to_be_hidden()
    assert example.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
