"""Pages of HTML over HTTP: as they are, in JSON, and as a line of a stream."""

import httpx
import msgspec
import pytest
from lxml import html
from msgspec import UNSET

from quoteapi.structs import Answer

pytest.importorskip("trafilatura", reason="pages need the extra [html]")

PAGE = """<html><head><meta charset="windows-1252"><title>Pier</title></head><body><nav><a href="/">Home</a></nav><article>
<p>“The sea wall held,” said Jane Roe, the harbour master of Port Ellery, after the storm on Monday – it was the third this winter.</p>
<p>She added that the café on the pier <q>has had its day</q> and will be taken down.</p>
<blockquote><p>We shall miss it.</p><footer>Tom Hart, baker</footer></blockquote>
</article></body></html>"""

FRENCH = "Le conseil a décidé mardi de fermer le vieux pont, et les habitants devront faire un long détour par la route de la vallée."


def check(answer: Answer) -> None:
    """The answer to the page: offsets cut its text, paths lead to elements that hold the quotes."""
    assert isinstance(answer.text, str)
    assert [(quote.text, quote.speaker and quote.speaker.name) for quote in answer.quotes] == [
        ("The sea wall held,", "Jane Roe"),
        ("has had its day", "Jane Roe"),
        ("We shall miss it.", "Tom Hart"),
    ]
    page = html.document_fromstring(PAGE)
    for quote in answer.quotes:
        assert [answer.text[span.start : span.end] for span in quote.spans] == [span.text for span in quote.spans]
        assert isinstance(quote.path, str)
        assert quote.text in page.xpath(quote.path)[0].text_content()
    assert [speaker.role.text for speaker in answer.speakers if speaker.role] == ["the harbour master of Port Ellery", "baker"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (PAGE.encode("cp1252"), "text/html"),
        (PAGE.encode(), "text/html; charset=utf-8"),
        (msgspec.json.encode({"text": PAGE, "format": "html"}), "application/json"),
    ],
    ids=["as it is", "with a charset", "in JSON"],
)
def test_a_page_is_answered_with_its_text(client: httpx.Client, body: bytes, content_type: str) -> None:
    """In the charset that it says, or that its sender says."""
    response = client.post("/quotes", content=body, headers={"Content-Type": content_type})
    assert response.status_code == 200
    check(msgspec.json.decode(response.content, type=Answer))


def test_a_page_is_a_line_of_a_stream(client: httpx.Client) -> None:
    """Beside bare texts, whose answers have neither text nor paths."""
    lines = msgspec.json.Encoder().encode_lines([{"text": PAGE, "format": "html"}, {"text": "“It held,” said Jane Roe."}])
    response = client.post("/quotes/batch", content=lines, headers={"Content-Type": "application/x-ndjson"})
    page, bare = (msgspec.json.decode(line, type=Answer) for line in response.content.splitlines())
    check(page)
    assert (bare.text, bare.quotes[0].path) == (UNSET, UNSET)


def test_other_forms_are_about_the_pages_text(client: httpx.Client) -> None:
    """The exported page shows the article, CSV and JSON-LD have the paths."""
    body = msgspec.json.encode({"text": PAGE, "format": "html", "id": "https://example.org/pier"})
    told = {
        accept: client.post("/quotes", content=body, headers={"Content-Type": "application/json", "Accept": accept}).text
        for accept in ("text/html", "text/csv", "application/ld+json")
    }
    assert "<nav>" not in told["text/html"]
    assert "will be taken down" in told["text/html"]
    assert told["text/csv"].count("/html/body/article/p[1]") == 1
    assert '{"type":"XPathSelector","value":"/html/body/article/p[2]/q"}' in told["application/ld+json"]


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (b" \n", 422, "empty-text"),
        (b"<html><body><script>write()</script></body></html>", 422, "unreadable-page"),
        (b"<div>" * 20_000 + b"<p>Deep.</p>", 422, "unreadable-page"),
        (b"<p>The wall held.</p>" * 5000, 413, "text-too-long"),
        (b"<p>" + b"a" * 400_000, 413, "body-too-large"),
        (f"<p>{FRENCH}</p>".encode(), 422, "unsupported-language"),
    ],
    ids=["empty", "scripts", "deep", "long", "large", "French"],
)
def test_a_page_that_cannot_be_read_is_a_problem(client: httpx.Client, body: bytes, status: int, name: str) -> None:
    """The limits hold for the page's bytes and for its text."""
    response = client.post("/quotes", content=body, headers={"Content-Type": "text/html"})
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{name}")


@pytest.mark.parametrize("charset", ["punycode", "idna", "rot13", "hex", "base64", "zlib", "undefined", "x-user-defined", "iso-2022-kr"])
@pytest.mark.parametrize("where", ["header", "page"])
def test_a_charset_is_no_way_to_break_the_service(client: httpx.Client, charset: str, where: str) -> None:
    """Whatever is named: the page is read, or refused with a problem."""
    content_type = f"text/html; charset={charset}" if where == "header" else "text/html"
    page = PAGE.replace("windows-1252", charset).encode()
    response = client.post("/quotes", content=page, headers={"Content-Type": content_type})
    assert response.status_code in {200, 422}
    if charset != "iso-2022-kr":
        assert "Jane Roe" in response.text
