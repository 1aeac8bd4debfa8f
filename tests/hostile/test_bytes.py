"""Bytes that no client would send: bodies that are nearly JSON, lengths that are not theirs, and what is no HTTP at all."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.api import openapi_json
from raw import Reply, asked, post, replies, sent
from target import Target, made_up

DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_json())
STATUSES = {int(status) for status in DOCUMENT["paths"]["/quotes"]["post"]["responses"]} - {500}
"""What an article is answered with, by the document; 500 is our mistake."""
ANYWHERE = {400, 404, 405, 408}
"""What anything may be answered with that is no article."""

SEEDS = [
    '{"text": "“The sea wall held,” said Jane Roe, the harbour master."}',
    '{"id": "a1", "text": "The “miracle” 🚀 took nine years.", "offset_unit": "utf16", "include": ["other", "alternatives"]}',
    '{"text": "\\u201cThe budget stands,\\u201d Roe said. \\ud83d\\ude80", "people": [{"name": "Jane Roe", "aliases": ["Roe"]}]}',
    '{"text": "Hi", "people": [{"name": "A"}, {"name": "B", "role": null, "same_as": "https://example.org/b"}], "language": "en"}',
]
TOKENS = [
    *(b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\xe2\x80\x9c"),
    *(b"\\u0000", b"\\ud800", b"\\udc00\\ud800", b"\\ud83d", b"\\x", b"\\", b'"'),
    *(b"{", b"}", b"[", b"]", b":", b",", b"//\n", b"\n", b"[" * 5000, b'{"a":' * 3000),
    *(b"null", b"true", b"NaN", b"Infinity", b"-0", b"1e400", b"9" * 5000, b"-" * 100, b"0" * 400),
    *(b'"text": "again", ', b'"text": 7, ', b'"x": 1, '),
]
"""What JSON may hold and what it may not, to be put anywhere."""


def spliced(draw: st.DrawFn, body: bytes) -> bytes:
    """A body with something done to it at one place."""
    start = draw(st.integers(0, len(body)))
    end = min(len(body), start + draw(st.integers(0, 12)))
    part = draw(
        st.one_of(st.just(b""), st.sampled_from(TOKENS), st.just(body[start:end] * 2), st.binary(max_size=8), st.just(body[end:start:-1]))
    )
    return body[:start] + part + body[end:]


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Nearly JSON: a request in some encoding, spliced a few times, perhaps cut off."""
    encoding = draw(st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7"]))
    body = draw(st.sampled_from(SEEDS)).encode(encoding)
    for _ in range(draw(st.integers(0, 4))):
        body = spliced(draw, body)
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


@st.composite
def framed(draw: st.DrawFn) -> bytes:
    """A request whose head does not tell its body's length, or tells it wrongly, or twice."""
    body = draw(bodies())
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    number = st.sampled_from(
        ["0", "1", "-1", "+5", "0x10", "1_0", "5 5", "5, 5", "5, 6", "", "9" * 30, "1e3", "５", str(len(body)), str(len(body) + 7)]
    )
    coding = st.sampled_from(
        ["chunked", "CHUNKED", "gzip", "chunked, gzip", "gzip, chunked", "identity", "", "chunked\t", "\x0bchunked", "xchunked"]
    )
    lines = draw(st.lists(st.one_of(number.map("Content-Length: {}".format), coding.map("Transfer-Encoding: {}".format)), max_size=3))
    kind = draw(
        st.sampled_from(["application/json", "text/plain", "application/json; charset=utf-16", "APPLICATION/JSON", "text/html", ";", ""])
    )
    return post(draw(st.sampled_from([body, chunks])), *lines, kind=kind, length=draw(st.sampled_from([-1, len(body)])))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A request with something done to its head or its body."""
    data = post(draw(st.sampled_from(SEEDS)).encode())
    for _ in range(draw(st.integers(1, 4))):
        data = spliced(draw, data)
    return data


def assert_documented(reply: Reply, statuses: set[int]) -> None:
    """Its status is one of these, and it is a problem where it is no answer."""
    assert reply.status in statuses, reply
    if reply.status >= 400:
        assert reply.problem()


@made_up
@given(body=bodies())
def test_nearly_json_is_answered_or_refused(target: Target, body: bytes) -> None:
    """One answer, as documented."""
    assert_documented(asked(target.url, post(body)), STATUSES)


@made_up
@given(body=bodies())
def test_nearly_text_is_answered_or_refused(target: Target, body: bytes) -> None:
    """As `text/plain`: whatever is UTF-8 and not too much of it is an article."""
    assert_documented(asked(target.url, post(body, kind="text/plain")), STATUSES)


@made_up
@given(data=framed())
def test_a_length_that_is_not_the_bodys_is_answered_or_refused(target: Target, data: bytes) -> None:
    """No length, a wrong one, several, chunks that are none: each answer is whole, and what is left over is refused."""
    found = replies(sent(target.url, data))
    assert found
    for reply in found:
        assert_documented(reply, STATUSES | ANYWHERE)


@made_up
@given(data=spoilt(), cut=st.integers(0, 200))
def test_a_spoilt_request_is_answered_or_refused(target: Target, data: bytes, cut: int) -> None:
    """Wherever it is spoilt, and wherever it is cut in two on its way."""
    found = replies(sent(target.url, data[:cut], data[cut:]))
    assert found
    for reply in found:
        assert_documented(reply, STATUSES | ANYWHERE)


@made_up
@given(data=st.one_of(st.binary(min_size=1, max_size=300), st.text(min_size=1).map(str.encode)))
def test_what_is_no_http_is_refused(target: Target, data: bytes) -> None:
    """Any bytes at all; and a caller who has said nothing but line breaks hears nothing."""
    for reply in replies(sent(target.url, data)):
        assert_documented(reply, ANYWHERE)


def test_the_server_is_unharmed(target: Target) -> None:
    """By all of that."""
    target.assert_unharmed()
