"""Pages made to keep whoever reads them: each is refused with words before it costs anything, or read in linear time."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from lxml import etree, html

from growth import STEEPEST, exponent
from quoteapi.errors import UnreadablePageError
from quoteapi.web import read_page
from quoteapi.web.markup import MAX_CELLS, MAX_ELEMENTS, MAX_QUOTES
from quoteapi.web.tags import MAX_ATTRIBUTES, check_tags

SENTENCES = "<p>The council met on Tuesday, and the harbour master spoke of the pier for most of an hour.</p>" * 5


def attributes(number: int) -> str:
    """Different attributes."""
    return " ".join(f"a{i}" for i in range(number))


BOMBS: dict[str, Callable[[int], str]] = {
    "tags of many attributes": lambda n: f"<p {attributes(MAX_ATTRIBUTES - 1)}>x</p>" * (n // MAX_ATTRIBUTES),
    "block quotes": lambda n: "<blockquote>a</blockquote>" * n,
    "signed block quotes": lambda n: "<blockquote>a</blockquote><p class=author>b</p>" * (n // 2),
    "figures": lambda n: "<figure><blockquote>a</blockquote></figure>" * (n // 2),
    "captions": lambda n: "<figure><img src=a><figcaption>a</figcaption></figure>" * (n // 3),
    "block quotes of one figure": lambda n: f"<figure>{'<blockquote>a</blockquote>' * n}</figure>",
    "cites": lambda n: f"<blockquote>{'<cite>a</cite>' * n}</blockquote>",
    "cells": lambda n: f"<table><tr>{'<td>a</td>' * n}</tr></table>",
    "tables": lambda n: "<table><tr><td>a</td></tr></table>" * (n // 4),
    "list": lambda n: f"<ul>{'<li>a' * n}</ul>",
    "line breaks": lambda n: f"<p>{'a<br>' * n}</p>",
    "inline elements": lambda n: f"<p>{'<q>a</q><b>b</b>' * (n // 2)}</p>",
    "deep elements": lambda n: "<div>" * min(n, 1500) + "<p>a</p>" * n,
    "comments": lambda n: "<!--" * n,
}


def outcome(markup: str) -> str:
    """The text of a page, or why it is refused."""
    try:
        return read_page(markup).text
    except UnreadablePageError as error:
        return str(error)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_or_read_in_linear_time(bomb: str) -> None:
    """Up to as many elements as a page may have."""

    def reading(length: int) -> Callable[[], str]:
        return partial(outcome, SENTENCES + BOMBS[bomb](length))

    assert exponent(reading, shortest=MAX_ELEMENTS // 10, longest=MAX_ELEMENTS // 10) < STEEPEST


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (f"<p {attributes(100_000)}>x</p>", "too many attributes"),
        ("<blockquote>a</blockquote>" * 29_000, "too many blockquote"),
        ("<figure><blockquote>a</blockquote></figure>" * 9_000, "too many blockquote"),
        (f"<table><tr>{'<td>a</td>' * 28_000}</tr></table>", "too many cells"),
        ("<div>" * 1500 + "<p>a</p>" * 20_000, "too deep"),
    ],
)
def test_a_bomb_that_can_be_told_is_refused(markup: str, reason: str) -> None:
    """With words for what it has too many of."""
    with pytest.raises(UnreadablePageError, match=reason):
        read_page(SENTENCES + markup)


def test_what_an_article_may_have_is_read() -> None:
    """A long table, many quotes and a tag with a long value."""
    table = f"<table>{'<tr><td>Kelby</td><td>12</td></tr>' * (MAX_CELLS // 4)}</table>"
    quotes = "<p>He said <q>the wall held</q> again.</p>" * (MAX_QUOTES // 2)
    value = f"<div data-props='{attributes(5000)}'>{SENTENCES}</div>"
    assert "the wall held" in read_page(f"<html><body><article>{value}{quotes}{table}</article></body></html>").text


@pytest.mark.parametrize(
    "markup",
    [
        "<p {}>x",
        '<p ="><p {}">x',
        "<p ='><p {}'>x",
        "<!--><p {}>-->x",
        "<!--a--!><p {}>-->x",
        "<script {}>x</script>",
        '<p "><p {}">x',
        "<p<p {}>x",
        '<p a=b"c {}>x',
        "<svg><![CDATA[>]]><p {}></svg>x",
        "<svg><style><!-- </style><p {}> --></svg>",
        "<SCRIPT>x</Script ><p {}>x",
    ],
)
def test_attributes_cannot_be_hidden(markup: str) -> None:
    """Where the parser finds more of them in a tag than may be, they are counted."""
    page = markup.format(attributes(2 * MAX_ATTRIBUTES))
    root = html.document_fromstring(page)
    found = max(len(element.attrib) for element in root.iter(etree.Element))
    assert found > MAX_ATTRIBUTES
    with pytest.raises(UnreadablePageError, match="attributes"):
        check_tags(page)


@pytest.mark.parametrize("part", ['<a ="', "<a ='", "<!--", "<script>", "<a a=b ", "<a ", "<p a = ", '"', "<a a='\"", "</", "<style><!--"])
def test_tags_are_counted_in_linear_time(part: str) -> None:
    """Whatever begins and never ends."""

    def counting(length: int) -> Callable[[], None]:
        def count() -> None:
            with suppress(UnreadablePageError):
                check_tags(part * (length // len(part)))

        return count

    assert exponent(counting, shortest=8_000) < STEEPEST
