"""The report of `quoteapi voices` in a browser, from its file: sorted, searched and opened, for everybody, without a network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accessible import assert_accessible
from archive import HOSTILE, invented
from quoteapi.audit.report import report_page
from quoteapi.audit.tables import Tables, tables_of

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
WRONG = re.compile(r"\b(?:null|undefined|NaN)\b|\[object ")


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Those of the invented archive."""
    return tables_of(invented(), by=["outlet"])


@pytest.fixture(scope="module")
def address(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report's file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(report_page(tables, by=["outlet"]))
    return path.as_uri()


@pytest.fixture
def report(open_page: Callable[..., Page], address: str) -> Page:
    """The report, open on a desktop; whatever it asks another host for fails the test, and so does an error."""
    return open_page(address, **DESKTOP)


def voices(page: Page) -> Locator:
    """The table of voices."""
    return page.locator("#browse-voices")


def column(page: Page, place: int) -> list[str]:
    """The cells of a column of the table of voices."""
    return voices(page).locator(f"tbody tr:not(.detail) > :nth-child({place})").all_inner_texts()


def test_it_asks_for_nothing(open_page: Callable[..., Page], address: str) -> None:
    """One file is all that is read, whatever is opened."""
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    for button in voices(page).locator("tbody button").all()[:5]:
        button.click()
    assert asked == [address]


def test_each_column_sorts_up_and_down(report: Page, tables: Tables) -> None:
    """Numbers from the greatest, words from the first; the heading says how; what is empty comes last."""
    assert column(report, 5) == [str(count) for count in tables.voices["appearances"].head(25)]
    heads = voices(report).locator("thead button")
    for place in range(3, 7):
        heads.nth(place - 1).click()
        numbers = [int(words) for words in column(report, place)]
        down = sorted(numbers, reverse=True)
        if voices(report).locator("thead th").nth(place - 1).get_attribute("aria-sort") == "ascending":
            heads.nth(place - 1).click()
            numbers = [int(words) for words in column(report, place)]
            down = sorted(numbers, reverse=True)
        assert numbers == down
        heads.nth(place - 1).click()
        expect(voices(report).locator("thead th").nth(place - 1)).to_have_attribute("aria-sort", "ascending")
        assert (upward := [int(words) for words in column(report, place)]) == sorted(upward)
    heads.nth(0).click()
    names = [words.split("\n")[0] for words in column(report, 1)]
    assert names[0] == min(names, key=str.casefold)
    expect(voices(report).locator("[aria-sort]")).to_have_count(1)
    for _ in range(2):
        heads.nth(6).click()
        assert "–" not in column(report, 7)


def test_a_search_finds_names_and_roles_without_accents(report: Page) -> None:
    """And says how many; what nobody has finds nothing."""
    search = voices(report).get_by_role("searchbox")
    status = voices(report).get_by_role("status")
    search.fill("jose brandao")
    assert [words.split("\n")[0] for words in column(report, 1)] == ["José Brandão Ruelas"]
    expect(status).to_have_text(re.compile(r"^1–1 of 1 found of \d+$"))
    search.fill("marine BIOLOGIST")
    assert all("Kwame Mensah" in words for words in column(report, 1))
    search.fill("zzz")
    expect(voices(report).locator("tbody")).to_have_text("Nothing is found.")
    expect(status).to_have_text(re.compile(r"^0 found of \d+$"))


def test_pages_are_turned(report: Page, tables: Tables) -> None:
    """Each voice is on one of them."""
    whole = tables.summary["voices"][0]
    seen = len(column(report, 1))
    assert seen == 25
    voices(report).get_by_role("button", name="Next").click()
    voices(report).get_by_role("status").wait_for()
    expect(voices(report).get_by_role("status")).to_have_text(f"26–{min(50, whole)} of {whole}")
    voices(report).get_by_role("combobox").select_option("250")
    expect(voices(report).locator("tbody tr")).to_have_count(whole)
    expect(voices(report).get_by_role("button", name="Next")).to_be_hidden()


def test_a_voice_opens_with_roles_and_quotes(report: Page, tables: Tables) -> None:
    """By a click, by the keyboard and by a link; and closes again."""
    said = tables.appearances.filter(tables.appearances["voice"] == "person/jane-roe")
    button = voices(report).get_by_role("button", name="Jane Roe", exact=True)
    button.focus()
    report.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    detail = voices(report).locator(".detail")
    expect(detail).to_contain_text("harbour master of Kelby")
    expect(detail.locator("blockquote")).to_have_count(len(said))
    for words in said["text"].to_list()[:3]:
        expect(detail).to_contain_text(words)
    expect(detail).to_contain_text("Kelby Post")
    report.keyboard.press("Enter")
    expect(detail).to_have_count(0)
    report.locator("#loudest summary").click()
    report.locator("#loudest").get_by_role("link", name="Jane Roe").click()
    expect(button).to_be_focused()
    expect(detail).to_have_count(1)


def test_an_address_opens_a_voice(open_page: Callable[..., Page], address: str) -> None:
    """Wherever it is in the table; one that is not there, or is no address, does nothing."""
    page = open_page(f"{address}#voice=person%2Ftom-hart", **DESKTOP)
    expect(voices(page).locator(".detail")).to_contain_text("finance minister")
    page = open_page(f"{address}#voice=%", **DESKTOP)
    expect(voices(page).locator(".detail")).to_have_count(0)


def test_hostile_words_are_shown_as_they_are(report: Page) -> None:
    """A name, a quote, its context, a headline, an outlet; no address that is no web page's is a link."""
    voices(report).get_by_role("searchbox").fill("eve")
    voices(report).locator("tbody button", has_text="Eve").first.click()
    detail = voices(report).locator(".detail")
    assert detail.inner_text().count(HOSTILE) >= 5
    assert report.locator("main img").count() == 0
    voices(report).get_by_role("searchbox").fill("roe")
    voices(report).locator("tbody button[aria-expanded=false]").evaluate_all("buttons => buttons.forEach(button => button.click())")
    addresses = voices(report).locator(".detail a").evaluate_all("links => links.map(link => link.href)")
    assert addresses == ["https://kelby.example/h2"]


def test_nothing_is_shown_by_mistake(report: Page) -> None:
    """No null, no undefined, no object, with everything open."""
    for choice in report.locator(".browse select").all():
        choice.select_option("250")
    report.evaluate("document.querySelectorAll('tbody button, summary').forEach(button => button.click())")
    assert not WRONG.search(report.locator("main").inner_text())


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(open_page: Callable[..., Page], address: str, device: dict[str, object]) -> None:
    """With a voice, a repeated quote and the figures open; nothing is wider than the screen."""
    page = open_page(f"{address}#voice=person%2Fjane-roe", reduced_motion="reduce", **device)
    expect(voices(page).locator(".detail")).to_have_count(1)
    page.locator("#browse-repeated tbody button").first.click()
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = page.locator("figure svg:visible")
    assert shown.count() == page.locator("figure").count()
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n + 6)').forEach(row => row.remove())")  # all rows are alike
    assert_accessible(page, colours=device is DESKTOP)


def test_colours_of_kinds_can_be_told_from_the_page(open_page: Callable[..., Page], address: str) -> None:
    """WCAG 2.2, 1.4.11: three to one in both schemes."""
    contrast = """() => {
      const light = (colour) => colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
      const paper = light(getComputedStyle(document.body).backgroundColor);
      return [...document.querySelectorAll("#over-time .swatch")].map((swatch) => light(getComputedStyle(swatch).backgroundColor))
        .map((kind) => (Math.max(kind, paper) + 0.05) / (Math.min(kind, paper) + 0.05));
    }"""
    for scheme in ("light", "dark"):
        contrasts = open_page(address, color_scheme=scheme, **DESKTOP).evaluate(contrast)
        assert len(contrasts) == 6
        assert min(contrasts) >= 3, scheme


def test_paper_gets_the_figures_and_no_controls(report: Page) -> None:
    """Tables below charts are opened for it, and closed again."""
    report.evaluate("dispatchEvent(new Event('beforeprint'))")
    report.emulate_media(media="print")
    expect(report.locator("#kinds .numbers table")).to_be_visible()
    expect(report.locator(".tools input").first).to_be_hidden()
    report.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(report.locator("#kinds .numbers table")).to_be_hidden()
