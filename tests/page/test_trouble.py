"""What goes wrong is told as what it is, with the way on: a wait, a key, another text."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from serving import SERVE_POISONED, Server

KEY = "0123456789abcdef"


def send(page: Page, text: str) -> None:
    """Type an article and send it."""
    page.get_by_label("The article", exact=True).fill(text)
    page.get_by_role("button", name="Find the quotes").click()


def test_an_empty_article_is_asked_for(page: Page) -> None:
    """Nothing is sent; the field has the focus."""
    send(page, " \n ")
    expect(page.locator("#status")).to_have_text("Paste or type an article first, or try the example.")
    expect(page.get_by_label("The article", exact=True)).to_be_focused()


def test_a_problem_is_shown_as_what_it_says(page: Page) -> None:
    """Title, detail, once each, and a link to what it means; no button where trying again changes nothing."""
    send(page, "a" * 50_001)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Text too long")
    expect(alert).to_contain_text("50,000")
    assert alert.inner_text().count("50,000") == 1  # the error of the one field says the same
    expect(alert.get_by_role("button")).to_have_count(0)
    link = alert.get_by_role("link", name="What this problem means")
    assert link.evaluate("link => link.href").endswith("/problems/text-too-long")
    send(page, "“Hi,” said Jane Roe.")
    expect(page.locator("mark")).to_have_text(["Hi,"])
    expect(alert).to_be_hidden()


def test_a_text_that_does_not_look_like_english_can_be_read_anyway(page: Page) -> None:
    """The problem is told once, with the button that answers it; copies and code then ask the same."""
    send(
        page,
        "Le conseil a décidé mardi de fermer le vieux pont, et les habitants devront faire un long détour par la route. « Non », dit-il.",
    )
    alert = page.get_by_role("alert")
    expect(alert.locator("p:not(.hint)")).to_have_count(1)
    expect(alert).not_to_contain_text("set language to en")
    alert.get_by_role("button", name="Read it as English anyway").click()
    expect(page.locator("#article")).to_contain_text("Le conseil")
    page.get_by_text("The same request as code").click()
    expect(page.get_by_role("region", name="Code")).to_contain_text('"language":"en"')
    page.get_by_role("button", name="Change the article").click()
    page.get_by_role("button", name="Find the quotes").click()
    expect(alert.get_by_role("button", name="Read it as English anyway")).to_be_visible()


def test_a_server_without_paraphrases_offers_the_article_without_them(page: Page) -> None:
    """The box is cleared, so that it says what is shown."""

    def refuse(route: Route) -> None:
        detail = "include: indirect cannot be given: the pipeline's encoder was fitted without it."
        problem = {"type": "/problems/unsupported-include", "title": "Unsupported include", "status": 422, "detail": detail}
        problem["errors"] = [{"pointer": "#/include", "detail": detail}]  # type: ignore[assignment]
        route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem))

    page.route("**/quotes", refuse, times=1)
    page.get_by_label("Paraphrases").check()
    send(page, "“Hi,” said Jane Roe.")
    page.get_by_role("button", name="Read it without paraphrases").click()
    expect(page.locator("mark")).to_have_text(["Hi,"])
    expect(page.locator("[value=indirect]")).not_to_be_checked()


def test_other_errors_of_a_body_are_told_with_their_fields(page: Page) -> None:
    """Where they say more than the detail."""
    errors = [{"pointer": "#/people/0/name", "detail": "This field is required."}]
    problem = {"type": "/problems/wrong-shape", "title": "Wrong", "status": 422, "detail": "Some fields are wrong.", "errors": errors}
    page.route("**/quotes", lambda route: route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem)))
    send(page, "Hi.")
    expect(page.get_by_role("alert").locator("code")).to_have_text("#/people/0/name")


def test_a_full_line_is_waited_for(open_page: Callable[..., Page], start_server: Callable[..., Server], tmp_path: Path) -> None:
    """The button counts Retry-After down, and sends the article again after it."""
    server = start_server(SERVE_POISONED, QUOTEAPI_QUEUE_SIZE="0")
    server.wait_until_ready()
    marker = tmp_path / "go"
    thread = threading.Thread(target=server.post, args=[f"wait-for {marker}"])
    thread.start()
    server.wait_until_full()
    page = open_page(server.url)
    send(page, "Hi.")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Queue full")
    expect(alert.get_by_role("button", name="Try again in")).to_be_disabled()
    marker.touch()
    thread.join()
    alert.get_by_role("button", name="Try again", exact=True).click()
    expect(page.locator("#summary")).to_have_text("No quotes in 1 word.")


def test_a_wait_can_be_stopped(open_page: Callable[..., Page], start_server: Callable[..., Server]) -> None:
    """The article stays in the form, which can be used at once."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    page = open_page(server.url)
    send(page, "hang")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.get_by_label("The article", exact=True)).to_have_value("hang")
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"}, "The server answered 502"),
        ({"status": 503, "content_type": "application/problem+json", "body": '{"title": "Cu'}, "The server answered 503"),
        ({"status": 200, "content_type": "text/html", "body": "Sign in"}, "Another format came back"),
    ],
)
def test_an_answer_of_somebody_else_is_told(page: Page, answer: dict[str, str], told: str) -> None:
    """A proxy in between that breaks, cuts off or asks to sign in is not shown as an answer without quotes."""
    page.route("**/quotes", lambda route: route.fulfill(**answer))
    send(page, "“Hi,” said Jane Roe.")
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator("#read")).to_be_hidden()


def test_a_retry_after_that_is_a_date_counts_as_well(page: Page) -> None:
    """One in the past means now."""

    def refuse(route: Route) -> None:
        route.fulfill(status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, body="")

    page.route("**/quotes", refuse, times=1)
    send(page, "“Hi,” said Jane Roe.")
    page.get_by_role("button", name="Try again", exact=True).click()
    expect(page.locator("mark")).to_have_text(["Hi,"])


def test_a_connection_that_breaks_is_told(page: Page) -> None:
    """Trying again is offered at once, and the text stays."""
    page.route("**/quotes", lambda route: route.abort("connectionreset"))
    send(page, "“Hi,” said Jane Roe.")
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.unroute("**/quotes")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("mark")).to_have_text(["Hi,"])


def test_a_key_is_asked_for_and_kept_in_memory_alone(
    open_page: Callable[..., Page], start_server: Callable[..., Server], tmp_path: Path
) -> None:
    """A wrong one is told; the right one serves all that follows; no storage, cookie or code has it, and a reload forgets it."""
    (tmp_path / "keys").write_text(f"desk: {KEY}\n")
    server = start_server(QUOTEAPI_API_KEYS=str(tmp_path / "keys"))
    server.wait_until_ready()
    page = open_page(server.url)
    send(page, "“Hi,” said Jane Roe.")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("API key required")
    field = page.get_by_label("API key")
    expect(field).to_be_focused()
    field.fill("not the key")
    assert not field.evaluate("field => field.checkValidity()")
    field.fill("fedcba9876543210")
    page.keyboard.press("Enter")
    expect(alert).to_contain_text("The key that was given is not valid")
    field.fill(KEY)
    page.get_by_role("button", name="Use this key").click()
    expect(page.locator("mark")).to_have_text(["Hi,"])
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])") == '[{},{},""]'
    assert KEY not in page.content()
    page.get_by_text("The same request as code").click()
    expect(page.get_by_role("region", name="Code")).to_contain_text("Bearer $QUOTEAPI_KEY")
    page.get_by_role("button", name="Change the article").click()
    send(page, "“No,” said Jane Roe.")
    expect(page.locator("mark")).to_have_text(["No,"])
    page.reload()
    send(page, "“Hi,” said Jane Roe.")
    expect(alert).to_contain_text("API key required")
    assert httpx.get(server.url).status_code == 200
