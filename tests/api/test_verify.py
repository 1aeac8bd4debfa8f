"""`POST /verify` over HTTP, with the engine that is shipped."""

from typing import Any

import httpx
import msgspec
import pytest

from hearing import ARTICLE, TRANSCRIPT
from quoteapi.api.examples import VERIFICATION, VERIFICATIONS
from quoteapi.verification_structs import Verification

DRAFT = "🚀 “We will give up,” said Jane Roe."


def body(**fields: object) -> dict[str, Any]:
    """A request, some of its fields others."""
    return {"draft": {"text": DRAFT}, "sources": [{"id": "hearing", "text": TRANSCRIPT}], **fields}


def test_a_draft_is_checked_against_its_sources(client: httpx.Client) -> None:
    """Status, change, place and speakers, in the unit that was asked for."""
    response = client.post("/verify", json=body(offset_unit="utf16"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert "queue" in response.headers["server-timing"]
    (quote,) = msgspec.json.decode(response.content, type=Verification, strict=True).quotes
    assert (quote.status, quote.start, quote.speaker.status) == ("altered", 4, "same")
    assert quote.source is not None
    assert (quote.source.id, quote.source.text) == ("hearing", "We will not give up")


@pytest.mark.parametrize("name", VERIFICATIONS)
def test_every_example_is_answered(client: httpx.Client, name: str) -> None:
    """Posted as it stands in the document; the first one as shown."""
    response = client.post("/verify", json=VERIFICATIONS[name][1])
    assert response.status_code == 200, response.text
    if name == next(iter(VERIFICATIONS)):
        assert response.json() == msgspec.to_builtins(VERIFICATION)


@pytest.mark.parametrize(
    ("fields", "status", "kind", "pointer"),
    [
        ({"draft": {"text": " "}}, 422, "empty-text", "#/draft/text"),
        ({"sources": [{"text": "It held."}, {"text": ""}]}, 422, "empty-text", "#/sources/1/text"),
        ({"sources": [{"text": "a" * 50_001}]}, 413, "text-too-long", "#/sources/0/text"),
        ({"sources": [{"text": "00:01 --> 00:02", "format": "srt"}]}, 422, "unreadable-subtitles", "#/sources/0/text"),
        ({"sources": [{"text": "<p></p>", "format": "html"}]}, 422, "unreadable-page", "#/sources/0/text"),
        ({"draft": {"text": DRAFT, "language": "fr"}}, 422, "unsupported-language", "#/draft/text"),
        ({"sources": []}, 422, "wrong-shape", "#/sources"),
        ({"sources": [{"text": "It held.", "id": "a"}, {"text": "It fell.", "id": "a"}]}, 422, "wrong-shape", "#/sources/1/id"),
        ({"sources": [{"text": "It held.", "format": "docx"}]}, 422, "wrong-shape", "#/sources/0/format"),
        ({"sources": [{"text": "It held.", "name": "a"}]}, 422, "wrong-shape", "#/sources/0/name"),
        ({"id": "a1"}, 422, "wrong-shape", "#/id"),
    ],
)
def test_what_cannot_be_read_is_a_problem(client: httpx.Client, fields: dict[str, object], status: int, kind: str, pointer: str) -> None:
    """With a pointer to the text or field."""
    response = client.post("/verify", json=body(**fields))
    problem = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["errors"][0]["pointer"]) == (f"/problems/{kind}", pointer)


def test_the_problem_names_the_document(client: httpx.Client) -> None:
    """By its id."""
    detail = client.post("/verify", json=body(sources=[{"id": "tape", "text": "Yes.", "format": "vtt"}])).json()["detail"]
    assert detail.startswith("The source “tape”: ")


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", {"Content-Type": "application/json"}, 400),
        (b'{"draft": "\xff"}', {"Content-Type": "application/json"}, 400),
        (b"[" * 20_000, {"Content-Type": "application/json"}, 400),
        (b"It held.", {"Content-Type": "text/plain"}, 415),
        (b" " * 400_001, {"Content-Type": "application/json"}, 413),
        (b"{}", {"Content-Type": "application/json", "Accept": "text/csv"}, 406),
    ],
)
def test_bad_bodies_are_problems(client: httpx.Client, content: bytes, headers: dict[str, str], status: int) -> None:
    """As of articles."""
    assert client.post("/verify", content=content, headers=headers).status_code == status


def test_a_get_is_told_what_to_send(client: httpx.Client) -> None:
    """POST."""
    response = client.get("/verify")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"OPTIONS", "POST"}


def test_several_sources_are_searched(client: httpx.Client) -> None:
    """And told in their order."""
    draft = {"text": "“We have no choice but to close the harbour,” said Jane Roe."}
    answer = client.post("/verify", json=body(draft=draft, sources=[{"text": TRANSCRIPT}, {"text": ARTICLE}])).json()
    assert [source["id"] for source in answer["sources"]] == ["1", "2"]
    assert answer["quotes"][0]["source"]["id"] == "2"
