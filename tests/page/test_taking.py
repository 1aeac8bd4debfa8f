"""How an article gets in: typed, from a file, dropped on the page."""

import pytest
from playwright.sync_api import Page, expect

ARTICLE = "“The sea wall held,” said Zoë Roe."

DROP = """([names, type, bytes]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File([new Uint8Array(bytes)], name, {type}));
  const fire = (kind) => document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
  return [fire("dragover"), fire("drop")];
}"""


def drop(page: Page, *names: str, encoding: str = "utf-8", kind: str = "text/plain") -> None:
    """Drop files on the page; the browser must not open them itself."""
    assert page.evaluate(DROP, [names, kind, list(ARTICLE.encode(encoding))]) == [False, False]


def test_a_dropped_file_is_read(page: Page) -> None:
    """At once, and the form has its text."""
    drop(page, "article.txt")
    expect(page.locator("mark")).to_have_text(["The sea wall held,"])
    expect(page.get_by_label("The article", exact=True)).to_have_value(ARTICLE)


def test_a_file_can_be_dropped_on_an_article_that_is_read(filled: Page) -> None:
    """It takes the place of the one before."""
    drop(filled, "article.txt")
    expect(filled.locator("mark")).to_have_text(["The sea wall held,"])
    expect(filled.locator(".person .name")).to_have_text(["Zoë Roe"])


def test_a_file_of_an_old_word_processor_is_read(page: Page) -> None:
    """Windows-1252 has quotation marks and accents at other bytes."""
    drop(page, "article.txt", encoding="cp1252")
    expect(page.locator(".person .name")).to_have_text(["Zoë Roe"])


@pytest.mark.parametrize(
    ("names", "kind", "told"),
    [(["a.pdf"], "application/pdf", "“a.pdf” is no text file"), (["a.txt", "b.txt"], "text/plain", "One article at a time")],
)
def test_other_files_are_refused(page: Page, names: list[str], kind: str, told: str) -> None:
    """With what to do instead."""
    drop(page, *names, kind=kind)
    expect(page.get_by_role("alert")).to_contain_text(told)


def test_a_file_can_be_chosen(page: Page) -> None:
    """The button opens the browser's own dialog; the same file may be chosen twice."""
    for _ in range(2):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Open a text file…").click()
        chooser.value.set_files({"name": "article.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()})
        expect(page.locator("mark")).to_have_text(["The sea wall held,"])
        page.get_by_role("button", name="Change the article").click()


def test_an_article_can_be_changed_and_sent_again(filled: Page) -> None:
    """The form has it as it was; what was kept or filtered before is forgotten."""
    filled.locator(".person").first.click()
    filled.get_by_role("button", name="Change the article").click()
    field = filled.get_by_label("The article", exact=True)
    expect(field).to_be_focused()
    field.press("Control+End")
    field.type("“No boat sails,” said Jane Roe.")
    filled.get_by_role("button", name="Find the quotes").click()
    expect(filled.locator(".person", has_text="Jane Roe")).to_have_attribute("aria-pressed", "false")
    expect(filled.locator("mark.quote", has_text="No boat sails,")).to_have_count(1)
