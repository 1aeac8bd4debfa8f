"""Accepting: the header `Accept` decides the form of the answer."""

import csv
import io

import httpx
import msgspec
import pytest
from litestar.testing import RequestFactory

from quoteapi.api.content_negotiation import best_of
from quoteapi.exports.pages import POLICY
from quoteapi.structs import Answer

TEXT = "“The pumps 🚰 failed twice,” said Jane Roe, the harbour master."
TYPES = ["application/json", "text/csv", "text/html"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/*", "text/csv"),
        ("text/html", "text/html"),
        ("TEXT/HTML; charset=utf-8", "text/html"),
        ("text/csv;q=0.5, text/html;q=0.8, */*;q=0.1", "text/html"),
        ("text/html, text/csv", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json;q=0.2, */*", "text/csv"),
        ("application/json;q=0, */*;q=0.1", "text/csv"),
        ("*/*;q=0.1, application/json;q=0", "text/csv"),
        ("text/csv;q=0", None),
        ("image/png", None),
        ("nonsense", None),
        ("text/html;q=high", "text/html"),
        ("text/html;q=inf", None),
        (",,", None),
    ],
)
def test_the_most_wanted_type_is_chosen(accept: str, chosen: str | None) -> None:
    """By quality, which the most specific range gives; of equals the first that is named, then ours."""
    request = RequestFactory().get("/", headers={"Accept": accept})
    assert best_of(TYPES, request) == chosen


@pytest.mark.parametrize("headers", [{}, {"Accept": "*/*"}, {"Accept": "application/json"}], ids=str)
def test_json_is_the_answer_to_who_does_not_care(client: httpx.Client, headers: dict[str, str]) -> None:
    """Also without the header, as from a script."""
    del client.headers["accept"]
    response = client.post("/quotes", json={"text": TEXT}, headers=headers)
    assert response.headers["content-type"] == "application/json"
    assert msgspec.json.decode(response.content, type=Answer).quotes
    assert response.headers["vary"] == "Accept"


def test_csv_counts_as_the_caller_does(client: httpx.Client) -> None:
    """In UTF-16 units, where those are asked for."""
    response = client.post("/quotes", json={"text": TEXT, "offset_unit": "utf16"}, headers={"Accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(response.text))
    assert (row["text"], row["start"], row["end"]) == ("The pumps 🚰 failed twice,", "1", "27")


def test_json_ld_counts_code_points(client: httpx.Client) -> None:
    """Whatever the caller asks for, since its standard says so."""
    response = client.post("/quotes", json={"text": TEXT, "offset_unit": "utf8"}, headers={"Accept": "application/ld+json"})
    assert response.headers["content-type"] == "application/ld+json"
    position, words = response.json()["items"][0]["target"][0]["selector"]
    assert TEXT[position["start"] : position["end"]] == words["exact"] == "The pumps 🚰 failed twice,"


def test_markdown_is_answered(client: httpx.Client) -> None:
    """In UTF-8, and said so."""
    response = client.post("/quotes", json={"text": TEXT}, headers={"Accept": "text/markdown"})
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "## Jane Roe" in response.text


def test_a_page_may_load_and_run_nothing(client: httpx.Client) -> None:
    """Its policy lets its own style in, and nobody frames or keeps it."""
    response = client.post("/quotes", json={"text": f"<script>alert(1)</script> {TEXT}"}, headers={"Accept": "text/html"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert response.headers["cache-control"] == "no-store"
    assert "<script" not in response.text
    assert "Jane Roe" in response.text


def test_a_refusal_is_a_problem_in_every_form(client: httpx.Client) -> None:
    """Who wants CSV is told what is wrong as everybody is."""
    response = client.post("/quotes", json={"text": " "}, headers={"Accept": "text/csv"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_406_no_form_that_is_accepted(client: httpx.Client) -> None:
    """The answer names every form."""
    response = client.post("/quotes", json={"text": TEXT}, headers={"Accept": "application/xml, text/csv;q=0"})
    assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")
    assert (response.json()["type"], response.headers["vary"]) == ("/problems/not-acceptable", "Accept")
    for media_type in ("application/json", "application/ld+json", "text/csv", "text/markdown", "text/html"):
        assert media_type in response.json()["detail"]
