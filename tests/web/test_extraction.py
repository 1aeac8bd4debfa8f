"""Extraction: a page's main text, its quotes, and what no page can do to whoever reads it."""

from collections.abc import Callable
from functools import partial

import pytest
import webencodings

from growth import STEEPEST, exponent
from quoteapi.errors import EmptyTextError, UnreadablePageError
from quoteapi.web import Page, decode_page, read_page

SENTENCES = "<p>The council met on Tuesday, and the harbour master spoke of the pier for most of an hour.</p>"


def quotes_of(page: Page) -> list[tuple[list[str], str | None]]:
    """The words of each span of a page's quotes, and of what names the source."""
    return [([page.text[slice(*span)] for span in one.spans], one.signed and page.text[slice(*one.signed)]) for one in page.quotes]


def test_the_main_text_is_the_article_alone(article_page: str) -> None:
    """A line a paragraph, white space as a browser shows it, entities decoded; no menu, no script, no teaser, no footer."""
    assert read_page(article_page).text.split("\n\n") == [
        "Pier to be rebuilt by May",
        "The pier at Port Ellery, which a storm broke in January, will be rebuilt, the council decided on Tuesday in a long debate.",
        "“We have the money,” said Jane\u00a0Roe, the harbour master. She said work would begin as soon as the ice is gone and take long.",
        "We asked for nothing but a pier that stands.",
        "Now we shall have one, and we are glad of it.",
        "— Tom Hart, chairman of the fishermen's union",
        "Nobody told the ferry company about the plan until Monday.",
        "Mary Lund, ferry captain",
        "The ferry will stop at Kelby until then.\nBuses replace it, the council said in a statement.",
        "Cost",
        "4.2 million",
    ]


def test_elements_are_quotes_and_name_their_sources(article_page: str) -> None:
    """`q` and `blockquote`, a span a line; the footer in a block quote, and the caption of its figure."""
    assert quotes_of(read_page(article_page)) == [
        (["as soon as the ice is gone"], None),
        (
            ["We asked for nothing but a pier that stands.", "Now we shall have one, and we are glad of it."],
            "— Tom Hart, chairman of the fishermen's union",
        ),
        (["Nobody told the ferry company about the plan until Monday."], "Mary Lund, ferry captain"),
    ]


@pytest.mark.parametrize(
    ("markup", "source"),
    [
        ("<blockquote><p>We saw it coming. <cite>Jane Roe</cite></p></blockquote>", "Jane Roe"),
        ("<blockquote><p>We saw it coming. <cite>Jane Roe</cite><!-- end --></p><!-- end --></blockquote>", "Jane Roe"),
        ("<blockquote><p>We saw it coming. — <cite>Jane Roe</cite></p></blockquote>", "Jane Roe"),
        ("<blockquote>We saw it coming.<br><small class='quote-author'>Jane Roe</small></blockquote>", "Jane Roe"),
        ("<blockquote>We saw it coming.</blockquote><p>— <cite>Jane Roe</cite>, pilot</p>", "Jane Roe"),
        ("<blockquote>We saw it coming.</blockquote><p class='attribution'>Jane Roe, pilot</p>", "Jane Roe, pilot"),
        ("<blockquote><p>We saw it coming.</p>— Jane Roe (@janeroe) <a href='#'>March 3</a></blockquote>", "— Jane Roe (@janeroe) March 3"),
        ("<blockquote><p>We saw it coming.</p></blockquote>", None),
        ("<blockquote><p>We saw it coming.</p></blockquote><p>Jane Roe went home.</p>", None),
    ],
)
def test_what_names_the_source_is_no_part_of_the_quote(markup: str, source: str | None) -> None:
    """Wherever a page writes it: at the end of the block, behind it, by a class, as posts are embedded."""
    page = read_page(f"<html><body><article>{SENTENCES * 3}{markup}{SENTENCES * 2}</article></body></html>")
    assert quotes_of(page) == [(["We saw it coming."], source)]


def test_a_name_with_more_words_of_the_quote_behind_it_is_no_source() -> None:
    """Also if they follow a line break."""
    markup = "<blockquote><p>We saw it coming.</p><cite>Jane Roe</cite><br>saw it, too.</blockquote>"
    page = read_page(f"<html><body><article>{SENTENCES * 3}{markup}{SENTENCES * 2}</article></body></html>")
    assert [source for _, source in quotes_of(page)] == [None]


def test_a_page_that_is_set_in_a_block_quote_is_no_quote() -> None:
    """Old pages indent the whole article with one."""
    page = read_page(f"<html><body><blockquote>{SENTENCES * 30}</blockquote></body></html>")
    assert page.text.count("harbour master") == 30
    assert not page.quotes


def test_words_that_stand_twice_are_found_in_the_article() -> None:
    """The headline in the menu is not the headline."""
    menu = "<nav><ul><li><a href='/p'>The pier will stand</a></li></ul></nav>"
    page = read_page(f"<html><body>{menu}<main><article><h1>The pier will stand</h1>{SENTENCES * 4}</article></main></body></html>")
    start = page.text.index("The pier will stand")
    assert page.path([(start, start + 8)]) == "/html/body/main/article/h1"


def test_a_fragment_is_a_page() -> None:
    """What a content management system exports has neither head nor body."""
    assert (
        read_page("<p>“The wall held,” said Jane Roe.</p><p>She went home.</p>").text == "“The wall held,” said Jane Roe.\n\nShe went home."
    )


def test_preformatted_lines_stay() -> None:
    """Wire copy in a `pre` is wrapped there."""
    wire = "The wall held through the night,\nthe harbour master said, and nobody\nwas hurt in the storm."
    assert wire in read_page(f"<html><body><article>{SENTENCES * 3}<pre>{wire}</pre>{SENTENCES}</article></body></html>").text


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 1500 + SENTENCES,
        "<p>" + "<q>" * 1500 + "The wall held, said Roe, and the harbour was safe for the winter.",
        "<b><i><font>" * 300 + SENTENCES * 3,
        "<table><tr><td>" * 200 + SENTENCES + "</td></tr></table>" * 200,
        f"<p title='{'x' * 2_000_000}'>{SENTENCES}",
        "<p>The wall \x00held, \x0bsaid Roe \ud800\ufffe\x1fof the harbour.</p>",
        f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><html><p>&b;</p>{SENTENCES}</html>',
        f"<html><body><![CDATA[ {SENTENCES} ]]> <!-- {SENTENCES} --><p/><br/><p>&bogus; &#0; &#x110000; &amp;amp;</p>{SENTENCES}",
        f"<html><o:p xmlns:o='urn:x'>{SENTENCES}</o:p><svg><p>{SENTENCES}</p></svg></html>",
        "The wall held, said Roe, and the harbour was safe for the winter.",
    ],
    ids=range(10),
)
def test_broken_and_hostile_pages_are_read(markup: str) -> None:
    """As far as they can be; no entity grows."""
    page = read_page(markup)
    assert "said Roe" in page.text or "harbour master" in page.text
    assert len(page.text) < len(markup) + 100


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body><script>write()</script></body></html>", "no main text"),
        ("<!-- nothing -->", "no main text"),
        ("<div>" * 20_000 + SENTENCES, "too deep"),
        ("<p>a</p>" * 30_001, "too many elements"),
    ],
)
def test_a_page_without_a_text_is_refused(markup: str, reason: str) -> None:
    """With words for what to do."""
    with pytest.raises(UnreadablePageError, match=reason):
        read_page(markup)


def test_an_empty_page_is_an_empty_text() -> None:
    """White space alone."""
    with pytest.raises(EmptyTextError):
        read_page(" \n")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Café “”</p>".encode(), None),
        ("<p>Café “”</p>".encode("cp1252"), None),
        ("<p>Café “”</p>".encode("utf-16"), "text/html; charset=utf-8"),
        ("<p>Café “”</p>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252"><p>Café “”</p>'.encode("cp1252"), "text/html"),
        ('<meta charset="nonsense"><p>Café “”</p>'.encode(), "text/html; charset=nonsense"),
    ],
)
def test_bytes_are_decoded_as_browsers_do(body: bytes, content_type: str | None) -> None:
    """A byte order mark wins, then the header, then the page; Latin-1 means Windows-1252; what nobody names is UTF-8, or Windows-1252."""
    assert "<p>Café “”</p>" in decode_page(body, content_type)


@pytest.mark.parametrize("label", ["punycode", "idna", "rot13", "hex", "base64", "zlib", "undefined", "unicode_escape", "utf-7", "oem"])
def test_a_charset_that_browsers_do_not_know_counts_for_nothing(label: str) -> None:
    """Python knows it: some of these take time quadratic in what they decode, some decode to no text."""
    body = f'<meta charset="{label}"><p>Café “”</p>'.encode()
    assert "<p>Café “”</p>" in decode_page(body, f"text/html; charset={label}")


@pytest.mark.parametrize("label", sorted({*webencodings.LABELS.values(), "punycode", "idna"}))
def test_a_page_is_decoded_in_linear_time(label: str) -> None:
    """In every charset that can be named, also where no byte is one of its characters."""

    def decoding(part: bytes, length: int) -> Callable[[], str]:
        return partial(decode_page, part * (length // len(part)), f"text/html; charset={label}")

    for part in (b"a", b"\xff", b"\x80\xff", b"\x1b$B"):
        assert exponent(partial(decoding, part), shortest=8_000, longest=8_000) < STEEPEST


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "é"),
        (b"<META CHARSET = 'windows-1252' />", "é"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>', "é"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="latin1">', "é"),
        (b'<meta charset="nonsense"><meta charset="koi8-r">', "И"),
        (b'<meta name="x" content="a"><meta charset="utf-16le">', "\ufffd"),
    ],
)
def test_a_page_says_its_charset(start: bytes, text: str) -> None:
    """In any of the ways that browsers read, outside of comments; the first that they know counts."""
    assert decode_page(start + b"<p>\xe9</p>").endswith(f"<p>{text}</p>")
