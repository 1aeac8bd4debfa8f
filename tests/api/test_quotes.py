"""`POST /quotes` over HTTP, with the engine that is shipped."""

from typing import Any

import httpx
import msgspec
import pytest

from quoteapi.structs import Answer

TEXT = "“The pumps 🚰 failed twice,” said Jane Roe, the harbour master."


def units(text: str, unit: str) -> bytes:
    """The text in the units that offsets count, each of a fixed number of bytes."""
    return text.encode({"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}[unit])


def test_an_article_as_json_is_answered(client: httpx.Client) -> None:
    """The quote, its speaker with role, and the id that was sent."""
    answer = msgspec.json.decode(client.post("/quotes", json={"text": TEXT, "id": "a1"}).content, type=Answer, strict=True)
    (quote,) = answer.quotes
    assert (answer.id, quote.text, quote.kind) == ("a1", "The pumps 🚰 failed twice,", "direct")
    assert quote.speaker is not None
    assert quote.speaker.name == "Jane Roe"


def test_bare_text_is_answered_like_json(client: httpx.Client) -> None:
    """`text/plain` is the article with every option at its default."""
    as_json = client.post("/quotes", json={"text": TEXT})
    as_text = client.post("/quotes", content=TEXT.encode(), headers={"Content-Type": "text/plain"})
    assert as_text.status_code == 200
    assert as_text.headers["content-type"] == "application/json"
    assert as_text.json() == as_json.json()


@pytest.mark.parametrize(
    "content_type", ['text/plain; charset="UTF-8"', "text/plain;charset=utf-8", "TEXT/PLAIN", "text/plain; format=flowed"]
)
def test_a_charset_of_utf_8_is_taken(client: httpx.Client, content_type: str) -> None:
    """However it is written, and also where the header leaves it out."""
    response = client.post("/quotes", content=TEXT.encode(), headers={"Content-Type": content_type})
    assert response.status_code == 200


@pytest.mark.parametrize(("unit", "size"), [("codepoint", 4), ("utf16", 2), ("utf8", 1)])
def test_offsets_cut_the_callers_text_in_each_unit(client: httpx.Client, unit: str, size: int) -> None:
    """`text[start:end]` is the span's text, behind a character that is one code point, two UTF-16 units and four bytes."""
    answer = client.post("/quotes", json={"text": TEXT, "offset_unit": unit}).json()
    (span,) = answer["quotes"][0]["spans"]
    assert answer["offset_unit"] == unit
    assert units(TEXT, unit)[span["start"] * size : span["end"] * size] == units(span["text"], unit)


def test_a_byte_order_mark_counts_as_a_character(client: httpx.Client) -> None:
    """Offsets refer to exactly what was sent."""
    response = client.post("/quotes", content=b"\xef\xbb\xbf" + TEXT.encode(), headers={"Content-Type": "text/plain"})
    assert response.json()["quotes"][0]["start"] == 2


def test_text_without_quotes_has_an_empty_answer(client: httpx.Client) -> None:
    """No quote is no error."""
    answer: dict[str, Any] = client.post("/quotes", json={"text": "The harbour was closed on Tuesday."}).json()
    assert (answer["quotes"], answer["speakers"]) == ([], [])


def test_the_longest_text_fits_though_every_character_is_escaped(client: httpx.Client) -> None:
    """A body is measured in bytes, a text in characters: six bytes a character are let in."""
    body = b'{"text": "' + b"\\u201c" * 100 + b"\\u0020" * 49_900 + b'"}'
    assert client.post("/quotes", content=body, headers={"Content-Type": "application/json"}).status_code == 200


def test_a_body_in_chunks_is_answered(client: httpx.Client) -> None:
    """A body may come without its length."""
    chunks = (TEXT.encode()[start : start + 7] for start in range(0, len(TEXT.encode()), 7))
    response = client.post("/quotes", content=chunks, headers={"Content-Type": "text/plain"})
    assert response.json()["quotes"][0]["text"] == "The pumps 🚰 failed twice,"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (msgspec.json.encode({"text": "x", "include": ["unknown field `" * 12_000]}), 422),
        (msgspec.json.encode({f"\x01{number}": 1 for number in range(20_000)}), 422),
        (msgspec.json.encode({"text": "x", "format": "\x01" * 50_000}), 422),
        (msgspec.json.encode({"text": "x", "people": [{"name": "Roe", "~\x01" * 20_000: 1}]}), 422),
        (b'{"' + b"a" * 300_000 + b'":1}', 422),
        (b"{" + b"a" * 300_000, 400),
    ],
    ids=["include", "fields", "format", "people", "field", "broken"],
)
def test_an_answer_to_bad_input_is_never_large(client: httpx.Client, body: bytes, status: int) -> None:
    """16 KB at most, whatever the body is filled with."""
    response = client.post("/quotes", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert len(response.content) <= 16 * 1024


@pytest.mark.parametrize("header", ["Content-Type", "Content-Encoding", "Accept"])
def test_an_answer_to_a_bad_header_is_never_large(client: httpx.Client, header: str) -> None:
    """The same for headers."""
    response = client.post("/quotes", content=b"{}", headers={"Content-Type": "application/json", header: '"' * 15_000})
    assert response.status_code in {406, 415}
    assert len(response.content) <= 16 * 1024
