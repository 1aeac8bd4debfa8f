"""Describing: every `type` is the address of a page, for programs and for people."""

from xml.etree.ElementTree import Element

import html5lib
import httpx
import msgspec
import pytest

from quoteapi.api.headers import PAGE_POLICY
from quoteapi.api.problem_kinds import KINDS, ProblemKind
from quoteapi.api.problem_pages import ProblemDescription
from quoteapi.structs import Problem


def page_at(client: httpx.Client, path: str) -> Element:
    """The page behind a path, its policy checked; a mistake in its HTML is an error."""
    response = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (response.headers["content-security-policy"], response.headers["vary"]) == (PAGE_POLICY, "Accept")
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
    assert not {element.tag for element in page.iter()} & {"script", "link", "img", "iframe", "form"}
    return page


def test_programs_are_told_in_json(client: httpx.Client) -> None:
    """All kinds at once, or one; who does not say what is wanted is a program."""
    listed = msgspec.json.decode(client.get("/problems").content, type=list[ProblemDescription])
    assert [described.type for described in listed] == [kind.uri for kind in KINDS.values()]
    for described in listed:
        assert msgspec.json.decode(client.get(described.type).content, type=ProblemDescription) == described
    assert client.get("/problems").headers["vary"] == "Accept"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_people_are_told_on_a_page(client: httpx.Client, kind: ProblemKind) -> None:
    """What it means, when it happens, what to do, and how it is told: an example that is a problem of the kind."""
    page = page_at(client, kind.uri)
    words = " ".join("".join(page.itertext()).split())
    for told in (kind.title, kind.meaning, kind.when, kind.remedy):
        assert told in words
    (example,) = page.iter("pre")
    problem = msgspec.json.decode("".join(example.itertext()), type=Problem)
    assert (problem.type, problem.status, problem.title) == (kind.uri, kind.status, kind.title)


def test_the_index_leads_to_every_page(client: httpx.Client) -> None:
    """And each page back to it, and to the routes."""
    links = {link.get("href") for link in page_at(client, "/problems").iter("a")}
    assert links == {kind.uri for kind in KINDS.values()} | {"/schema"}
    assert {link.get("href") for link in page_at(client, "/problems/empty-text").iter("a")} == {"/problems", "/schema"}


def test_what_is_not_there_is_a_problem_for_people_too(client: httpx.Client) -> None:
    """A page is for what exists."""
    response = client.get("/problems/nothing", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_every_kind_says_when_and_what_to_do() -> None:
    """In sentences of its own."""
    told = [words for kind in KINDS.values() for words in (kind.when, kind.remedy)]
    assert all(words.endswith(".") for words in told)
    assert len(set(told)) == len(told)
