"""How a draft and its sources get into the page at `/check`, and what it says where they cannot be verified."""

import json

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

SOURCE = "JANE ROE: We will rebuild the wall."
DRAFT = "“We will rebuild the wall,” said Zoë Roe."
FRENCH = "Le conseil a décidé mardi de fermer le vieux pont, et les habitants devront faire un long détour par la route. « Non », dit-il."
DROP = """([at, names]) => {
  const data = new DataTransfer();
  for (const [name, text] of names) data.items.add(new File([text], name));
  const way = {dataTransfer: data, bubbles: true, cancelable: true};
  const fire = (kind) => document.querySelector(at).dispatchEvent(new DragEvent(kind, way));
  return [fire("dragover"), fire("drop")];
}"""


def draft(page: Page) -> Locator:
    """The draft's field."""
    return page.get_by_role("textbox", name="The draft")


def source(page: Page, number: int = 1) -> Locator:
    """A source's field."""
    return page.get_by_role("textbox", name=f"Source {number}", exact=True)


def send(page: Page, text: str, *sources: str) -> None:
    """Fill in a draft and sources, and send them."""
    draft(page).fill(text)
    for number, words in enumerate(sources, start=1):
        if number > 1:
            page.get_by_role("button", name="Add a source").click()
        source(page, number).fill(words)
    page.get_by_role("button", name="Verify the quotes").click()


def drop(page: Page, at: str, **files: str) -> None:
    """Drop files, by their names with `_` for the dot; the browser must not open them itself."""
    named = [[name.replace("_", "."), text] for name, text in files.items()]
    assert page.evaluate(DROP, [at, named]) == [False, False]


def test_both_pages_lead_to_each_other(check: Page) -> None:
    """And say which one is open."""
    expect(check.locator("nav [aria-current]")).to_have_text("Verify quotes")
    check.get_by_role("link", name="Find quotes").click()
    expect(check.get_by_role("heading", level=1)).to_have_text("Who said what?")
    expect(check.locator("nav [aria-current]")).to_have_text("Find quotes")
    check.get_by_role("link", name="Verify quotes").click()
    expect(check.get_by_role("heading", level=1)).to_have_text("Is this what they said?")


def test_files_that_are_dropped_become_sources(check: Page) -> None:
    """Anywhere but on the draft; their suffixes tell the formats; what was pasted stays."""
    source(check).fill("Pasted.")
    drop(check, "body", hearing_txt=SOURCE, tape_vtt="WEBVTT\n", film_SRT="1\n", page_htm="<p>It held.</p>")
    expect(check.locator(".sources .document")).to_have_count(5)
    for number, (name, form) in enumerate(
        [("", "text"), ("hearing.txt", "text"), ("tape.vtt", "vtt"), ("film.SRT", "srt"), ("page.htm", "html")]
    ):
        group = check.locator(".sources .document").nth(number)
        expect(group.get_by_label("Name")).to_have_value(name)
        expect(group.get_by_label("Format")).to_have_value(form)
    expect(source(check, 2)).to_have_value(SOURCE)
    expect(check.locator("#status")).to_have_text("“page.htm” read.")


def test_a_file_that_is_dropped_on_the_draft_is_the_draft(check: Page) -> None:
    """One at a time."""
    drop(check, "#draft-text", draft_html="<p>Hi.</p>")
    expect(draft(check)).to_have_value("<p>Hi.</p>")
    expect(check.locator("#draft-format")).to_have_value("html")
    drop(check, "#draft-text", a_txt="a", b_txt="b")
    expect(check.get_by_role("alert")).to_contain_text("One draft at a time")
    expect(draft(check)).to_have_value("<p>Hi.</p>")


def test_files_can_be_chosen(check: Page) -> None:
    """One draft, many sources."""
    for button, names in (("Open a file…", ["draft.txt"]), ("Open files as sources…", ["hearing.txt", "statement.md"])):
        with check.expect_file_chooser() as chooser:
            check.get_by_role("button", name=button).click()
        text = DRAFT if names[0] == "draft.txt" else SOURCE
        chooser.value.set_files([{"name": name, "mimeType": "text/plain", "buffer": text.encode("cp1252")} for name in names])
    expect(draft(check)).to_have_value(DRAFT)
    expect(source(check, 2)).to_have_value(SOURCE)
    check.get_by_role("button", name="Verify the quotes").click()
    expect(check.locator(".choices label")).to_have_text(["hearing.txt", "statement.md"])


def test_other_files_are_refused(check: Page) -> None:
    """With what to do instead."""
    drop(check, "body", a_pdf="%PDF")
    expect(check.get_by_role("alert")).to_contain_text("“a.pdf” is neither text, HTML, SubRip nor WebVTT.")
    expect(source(check)).to_have_value("")


def test_a_pasted_texts_format_is_guessed_until_it_is_chosen(check: Page) -> None:
    """By how it begins."""
    form = check.locator("#source-1-format")
    for text, guessed in (
        ("WEBVTT\n\n", "vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi.", "srt"),
        ("<!DOCTYPE html><p>Hi.", "html"),
        ("Hi.", "text"),
    ):
        source(check).fill(text)
        expect(form).to_have_value(guessed)
    form.select_option("html")
    source(check).fill("WEBVTT")
    expect(form).to_have_value("html")


def test_sources_are_added_and_removed(check: Page) -> None:
    """The others move up; one is left; words of the reader's own are not lost without asking."""
    expect(check.get_by_role("button", name="Remove source 1")).to_be_hidden()
    send(check, " ", "First.", "Second.", "Third.")
    check.on("dialog", lambda dialog: dialog.accept())
    check.get_by_role("button", name="Remove source 2").click()
    expect(source(check, 2)).to_have_value("Third.")
    expect(source(check, 2)).to_be_focused()
    check.get_by_role("button", name="Remove source 2").click()
    expect(source(check)).to_have_value("First.")
    expect(check.get_by_role("button", name="Remove source 1")).to_be_hidden()


def test_what_is_missing_is_asked_for(check: Page) -> None:
    """Nothing is sent; the field has the focus."""
    send(check, " ", SOURCE)
    expect(check.locator("#status")).to_have_text("Paste or type a draft first, or try the example.")
    expect(draft(check)).to_be_focused()
    send(check, DRAFT, " \n")
    expect(check.locator("#status")).to_have_text("Give at least one source.")
    expect(source(check)).to_be_focused()


def test_an_empty_source_among_others_is_passed_over(check: Page) -> None:
    """Each keeps the name that it has in the form."""
    send(check, DRAFT, "", SOURCE)
    expect(check.locator(".choices label")).to_have_text(["Source 2"])


@pytest.mark.parametrize(
    ("sources", "field", "told"),
    [
        (["It held.", "a" * 50_001], "source-2-text", "50,000"),
        (["", "WEBVTT\n\nno cue"], "source-2-text", "Source 2"),
        (["<html></html>"], "source-1-text", "no main text"),
    ],
)
def test_a_problem_is_told_at_its_field(check: Page, sources: list[str], field: str, told: str) -> None:
    """In words under it; it has the focus, and the box leads there; a change of the text takes them away."""
    send(check, DRAFT, *sources)
    control = check.locator(f"#{field}")
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(control).to_be_focused()
    expect(check.locator(f"#{field}-wrong")).to_contain_text(told)
    expect(check.locator("[aria-invalid]")).to_have_count(1)
    link = check.get_by_role("alert").get_by_role("link", name=f"Source {field[7]}")
    assert link.evaluate("link => link.hash") == f"#{field}"
    control.fill(SOURCE)
    expect(check.locator(f"#{field}-wrong")).to_be_hidden()
    expect(check.locator("[aria-invalid]")).to_have_count(0)


def test_two_sources_of_one_name_are_told_at_the_second_name(check: Page) -> None:
    """And a format that the server does not know at the format."""
    draft(check).fill(DRAFT)
    drop(check, "body", a_txt=SOURCE)
    drop(check, "body", a_txt=SOURCE)
    check.get_by_role("button", name="Verify the quotes").click()
    expect(check.locator("#source-2-id")).to_be_focused()
    expect(check.locator("#source-2-id-wrong")).to_be_visible()
    expect(check.get_by_role("alert").get_by_role("link", name="Source 2, name")).to_be_visible()
    check.locator("#source-2-id").fill("b")
    check.locator("#draft-format").evaluate("field => (field.options[0].value = 'docx')")
    check.get_by_role("button", name="Verify the quotes").click()
    expect(check.locator("#draft-format-wrong")).to_be_visible()
    expect(check.locator("#draft-format")).to_be_focused()


def test_more_sources_than_the_server_takes_are_told(check: Page) -> None:
    """At the first of them."""
    draft(check).fill(DRAFT)
    drop(check, "body", **{f"s{number}_txt": SOURCE for number in range(65)})
    expect(check.locator(".sources .document")).to_have_count(65)
    check.get_by_role("button", name="Verify the quotes").click()
    expect(check.locator("#source-1-text-wrong")).to_contain_text("64")


def test_a_draft_that_does_not_look_like_english_can_be_read_anyway(check: Page) -> None:
    """The problem is told at the draft, with the button that answers it; the code then asks the same."""
    send(check, FRENCH, SOURCE)
    expect(check.locator("#draft-text-wrong")).to_contain_text("does not look like English")
    expect(check.locator("#draft-text-wrong")).not_to_contain_text("set language")
    check.get_by_role("button", name="Read it as English anyway").click()
    expect(check.locator("#checked")).to_contain_text("Le conseil")
    check.get_by_text("The same request as code").click()
    expect(check.get_by_role("region", name="Code")).to_contain_text('"language":"en"')
    expect(check.get_by_role("region", name="Code")).to_contain_text("/verify")


def test_a_wait_is_counted_down_and_a_broken_connection_told(check: Page) -> None:
    """As on the other page; the texts stay."""
    check.route("**/verify", lambda route: route.abort("connectionreset"), times=1)
    send(check, DRAFT, SOURCE)
    expect(check.get_by_role("alert")).to_contain_text("The server cannot be reached")
    check.get_by_role("button", name="Try again").click()
    expect(check.locator("#checked mark")).to_have_text(["We will rebuild the wall,"])


def test_texts_can_be_changed_and_sent_again(example: Page) -> None:
    """The form has them as they were; the focus is in the draft."""
    example.get_by_role("button", name="Change the texts").click()
    expect(draft(example)).to_be_focused()
    draft(example).fill("“Nobody moves to an island that closes at six”, said Ingrid Solheim.")
    example.get_by_role("button", name="Verify the quotes").click()
    expect(example.get_by_role("heading", level=1)).to_have_text("The one quote holds")


@pytest.mark.parametrize("action", ["reload", "example", "drop"])
@pytest.mark.parametrize("field", ["draft", "source"])
def test_pasted_text_is_not_lost_without_asking(check: Page, action: str, field: str) -> None:
    """By a reload, the example or a file on the draft; a file as a source takes nothing away, and so does not ask."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    check.on("dialog", answer)
    pasted = draft(check) if field == "draft" else source(check)
    pasted.click()
    check.keyboard.insert_text("Words of my own.")
    match action:
        case "reload":
            check.evaluate("location.reload()")
        case "example":
            check.get_by_role("button", name="Try an example").click()
        case "drop":
            drop(check, "#draft-text" if field == "draft" else "body", a_txt=SOURCE)
    check.wait_for_timeout(100)
    expect(pasted).to_have_value("Words of my own.")
    keeps = field == "source" and action == "drop"
    assert asked == ([] if keeps else ["beforeunload" if action == "reload" else "confirm"])


def test_the_page_never_shows_what_is_missing(check: Page) -> None:
    """No “null”, “undefined” or “[object” after any action: the watcher of every page looks, and each step is taken."""

    def look() -> None:
        words = check.locator("body").inner_text()
        assert not any(wrong in words for wrong in ("null", "undefined", "NaN", "[object")), words

    check.get_by_role("button", name="Try an example").click()
    check.locator("#read").wait_for()
    for quote in check.locator("#checked mark[role=button]").all():
        quote.focus()
        look()
    check.keyboard.press("Escape")
    look()
    check.get_by_text("The same request as code").click()
    look()
    check.get_by_role("button", name="Change the texts").click()
    statuses = iter((401, 415, 422, 500, 503))

    def refuse(route: Route) -> None:
        errors = [{"pointer": pointer, "detail": "Wrong."} for pointer in ("#/draft", "#/sources/7/text", "#/sources/0/x", "#/y", "#")]
        body = json.dumps({"title": "Wrong", "detail": "All of it.", "errors": errors})
        route.fulfill(status=next(statuses), body=body, content_type="application/problem+json")

    check.route("**/verify", refuse)
    for _ in range(5):
        check.get_by_role("button", name="Verify the quotes").click()
        check.get_by_role("alert").wait_for()
        look()
