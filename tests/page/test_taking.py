"""How an article gets in: typed, from a file, dropped on the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

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


@pytest.mark.parametrize("action", ["reload", "example", "drop"])
def test_pasted_text_is_not_lost_without_asking(page: Page, action: str) -> None:
    """By a reload, the example or a file; who goes on gets what was asked for, and what can be had again is not asked about."""
    asked: list[str] = []
    answers = ["dismiss", "accept"]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        getattr(dialog, answers[len(asked) - 1])()

    page.on("dialog", answer)
    actions: dict[str, Callable[[], object]] = {
        "reload": lambda: page.evaluate("location.reload()"),
        "example": lambda: page.get_by_role("button", name="Try an example").click(),
        "drop": lambda: drop(page, "article.txt"),
    }
    field = page.get_by_label("The article", exact=True)
    field.click()
    page.keyboard.insert_text("“No boat sails,” said Jane Roe.")
    actions[action]()
    expect(field).to_have_value("“No boat sails,” said Jane Roe.")
    wait_until(page, lambda: len(asked) == 1)
    actions[action]()
    expect(field).not_to_have_value("“No boat sails,” said Jane Roe.")
    expected = ["beforeunload"] * 2 if action == "reload" else ["confirm"] * 2
    assert asked == expected
    if action != "reload":
        page.locator("#read").wait_for()
        page.evaluate("location.reload()")
        expect(field).to_have_value("")
        assert asked == expected


def wait_until(page: Page, condition: Callable[[], bool]) -> None:
    """Let the browser's events come in until the condition holds."""
    while not condition():
        page.wait_for_timeout(50)
