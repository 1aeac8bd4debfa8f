"""For everybody: by keyboard, with a screen reader, in light and dark, on a phone, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accessible import assert_accessible
from browsing import read_example
from serving import Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
CONTRASTS = """() => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => rgb(colour).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const mark = document.querySelector("mark.quote");
  const card = getComputedStyle(document.querySelector(".column")).backgroundColor;
  return [...Array(10).keys(), "none"].map((voice) => {
    mark.className = `quote direct voice-${voice}`;
    const {color, backgroundColor, borderBottomColor} = getComputedStyle(mark);
    const plain = [color, backgroundColor].map(String);
    mark.classList.add("looked");
    const looked = getComputedStyle(mark).backgroundColor;
    const tag = getComputedStyle(mark, "::after");
    return [voice, rgb(borderBottomColor), contrast(...plain), contrast(color, looked), contrast(tag.color, tag.backgroundColor),
      contrast(borderBottomColor, card)];
  });
}"""
FOCUSED = """() => {
  const it = document.activeElement;
  const {left, top, right, bottom} = it.getBoundingClientRect();
  const {outlineStyle, outlineWidth} = getComputedStyle(it);
  return {
    name: it.ariaLabel ?? it.labels?.[0]?.innerText ?? it.innerText,
    tag: it.tagName.toLowerCase(),
    ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    seen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  };
}"""


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(open_page: Callable[..., Page], server: Server, device: dict[str, object]) -> None:
    """Empty, with a problem, filled, with a quote that is looked at, with a speaker chosen and the code open."""
    page = open_page(server.url, reduced_motion="reduce", **device)

    def check() -> None:
        undecided = assert_accessible(page, colours=device is DESKTOP)
        if page.locator("#thread *").count() == 0:  # axe cannot tell the contrast of what is drawn over, or over other things
            assert undecided == []

    check()
    page.get_by_label("The article", exact=True).fill("a" * 50_001)
    page.get_by_role("button", name="Find the quotes").click()
    page.get_by_role("alert").wait_for()
    check()
    page.once("dialog", lambda dialog: dialog.accept())  # it asks before the pasted text is lost
    read_example(page)
    check()
    page.get_by_text("The same request as code").click()
    page.locator(".person").nth(1).click()
    page.locator("mark.quote").first.click()
    expect(page.locator("#detail")).to_contain_text("Marcus Adeyemi")
    check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_voice_can_be_read(open_page: Callable[..., Page], server: Server, scheme: str) -> None:
    """WCAG 2.2 AA, whichever voice: words on a quote's ground, also when it is looked at, tags and initials, lines."""
    page = read_example(open_page(server.url, color_scheme=scheme, reduced_motion="reduce"))
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) == 11
    assert len({tuple(colour) for _, colour, *_ in contrasts}) == 11
    for name, _, words, looked, tag, line in contrasts:
        assert min(words, looked, tag) >= 4.5, name
        assert line >= 3, name


def test_the_keyboard_alone_is_enough(open_page: Callable[..., Page], server: Server) -> None:
    """From the address bar to the last link by Tab: every control in the order of the page, its focus seen, none a trap."""
    page = open_page(server.url, **DESKTOP)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    for control in ("Try an example", "Open a text file…"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=control)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("The article", exact=True)).to_be_focused()
    page.keyboard.insert_text("“The sea rose,” said Jane Roe, the harbour master. “It fell,” said John Doe. “No boat,” Roe told him.")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#read-title")).to_be_focused()
    page.evaluate("document.querySelector('.brand').focus()")
    visited = []
    while (now := page.evaluate(FOCUSED))["tag"] != "body":
        assert now["ring"], now
        assert now["seen"], now
        visited.append(now["name"].strip().split("\n")[0])
        page.keyboard.press("Tab")
    quotes = ["Jane Roe: The sea rose,", "John Doe: It fell,", "Jane Roe: No boat,"]
    assert visited[visited.index("Skip past the article") + 1 :][:3] == quotes
    assert visited[:5] == ["“quoteapi", "Find quotes", "Verify quotes", "API reference", "Switch to dark"]
    for name in (
        "Change the article",
        "direct 3",
        "Flag when under",
        "Copy JSON",
        "Copy JSON-LD",
        "Download HTML",
        "The same request as code",
    ):
        assert name in visited, name
    assert visited[-1] == "OpenAPI document"


def test_a_quote_that_has_the_focus_tells_why(filled: Page) -> None:
    """In words for who listens, in the detail for who sees; Enter keeps it, Escape lets it go; hidden quotes take no focus."""
    quote = filled.locator("mark", has_text="a bridge, not a destination.")
    filled.get_by_role("button", name="Marcus Adeyemi: a bridge").focus()
    expect(filled.locator("#spoken")).to_contain_text(
        "Marcus Adeyemi, its chief executive. Fragment in the reporter’s sentence. cue: added. named as: He. 9"
    )
    expect(filled.locator("#detail .name")).to_have_text("Marcus Adeyemi")
    filled.keyboard.press("Enter")
    expect(quote).to_have_attribute("aria-pressed", "true")
    filled.keyboard.press("Tab")
    expect(filled.locator("#detail .name")).to_have_text("Tove Brandt")
    filled.keyboard.press("Escape")
    expect(filled.locator("[aria-pressed=true]")).to_have_count(0)
    filled.get_by_label("fragments").uncheck()
    expect(quote).not_to_have_attribute("tabindex", "0")
    expect(filled.get_by_role("button", name="Marcus Adeyemi: a bridge")).to_have_count(0)


def test_what_happens_is_told_to_who_listens(filled: Page) -> None:
    """The heading has the focus when an article is read, and a live region says what was found."""
    expect(filled.get_by_role("heading", name="Who said what", exact=True)).to_be_focused()
    expect(filled.locator("#spoken")).to_have_text("10 quotes by 7 speakers in 284 words")
    assert filled.locator("#spoken").get_attribute("role") == "status"


def test_the_scheme_is_the_systems_until_it_is_switched(open_page: Callable[..., Page], server: Server) -> None:
    """The switch says what it does, and holds over a reload."""
    page = open_page(server.url, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    switch = page.locator("#scheme")
    expect(switch).to_have_text("Switch to light")
    page.emulate_media(color_scheme="light")
    expect(switch).to_have_text("Switch to dark")
    light = page.evaluate(ground)
    assert light != dark
    switch.click()
    assert page.evaluate(ground) == dark
    page.reload()
    expect(switch).to_have_text("Switch to light")
    assert page.evaluate(ground) == dark
    switch.click()
    assert page.evaluate(ground) == light


def test_a_phone_shows_it_without_scrolling_sideways(open_page: Callable[..., Page], server: Server) -> None:
    """Empty, filled, and with a quote looked at, whose detail can be closed; a word without end breaks."""
    page = open_page(server.url, **PHONE)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 360
    read_example(page)
    assert page.evaluate(wide) == 360
    page.locator("mark.quote").first.tap()
    expect(page.locator("#detail")).to_be_visible()
    assert page.evaluate(wide) == 360
    page.get_by_role("button", name="Close the details").tap()
    expect(page.locator("#detail")).to_be_hidden()
    page.get_by_role("button", name="Change the article").tap()
    page.get_by_label("The article", exact=True).fill(f"“{'long' * 200},” said Jane {'Roe' * 100}, the {'boss' * 100}.")
    page.get_by_role("button", name="Find the quotes").tap()
    page.locator("#read").wait_for()
    assert page.evaluate(wide) == 360


@pytest.mark.parametrize("height", [640, 740])
def test_a_phones_first_screen_has_what_matters(open_page: Callable[..., Page], server: Server, height: int) -> None:
    """The field and both ways on from it; then the article, under its speakers and a hint for fingers."""
    page = open_page(server.url, **{**PHONE, "viewport": {"width": 360, "height": height}})
    within = f"element => element.getBoundingClientRect().bottom <= {height}"
    for name in ("Try an example", "Find the quotes"):
        assert page.get_by_role("button", name=name).evaluate(within), name
    expect(page.get_by_text("drop a text file")).to_be_hidden()
    read_example(page)
    assert page.locator("#article p").first.evaluate(within)
    expect(page.locator(".how", has_text="Tap a quote")).to_be_visible()
    expect(page.locator(".how .with-mouse")).to_be_hidden()
    expect(page.get_by_label("direct")).to_be_hidden()
    page.get_by_text("Filters").tap()
    expect(page.get_by_label("direct")).to_be_visible()


def test_nothing_moves_where_the_reader_wants_that(open_page: Callable[..., Page], server: Server) -> None:
    """Neither the thread nor a colour that changes."""
    page = read_example(open_page(server.url, reduced_motion="reduce"))
    page.locator("mark.quote").nth(1).focus()
    moving = """() => [...document.querySelectorAll("*")].map((it) => getComputedStyle(it))
      .filter((style) => style.animationName !== "none" || style.transitionDuration !== "0s").length"""
    assert page.locator("#thread path").count() > 0
    assert page.evaluate(moving) == 0


def test_paper_has_article_and_speakers_alone(filled: Page) -> None:
    """No form, no buttons to press, no dark ground."""
    filled.emulate_media(media="print", color_scheme="dark")
    for shown in ("#article", "#people"):
        expect(filled.locator(shown)).to_be_visible()
    for hidden in (".top", "#write", "#again", "#filtering", ".take", "#detail", ".foot"):
        expect(filled.locator(hidden)).to_be_hidden()
    assert filled.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
