"""Selection: which runs of a page are its main text, as trafilatura chooses, located in the page by their characters."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import Struct
from trafilatura import bare_extraction

from quoteapi.errors import UnreadablePageError
from quoteapi.web.markup import SIGNER, Markup, solid

_INLINE = frozenset({"hi", "ref", "del", "span", "done"})
"""Elements of trafilatura's tree that do not begin a new line."""
_SURE = 24
"""Solid characters of a piece that may begin anywhere; a shorter one must be a whole run, since *No* also occurs in *Nothing*."""
_SECOND_OPINIONS = 2_000
"""Lines of a page up to which trafilatura compares its choice with those of two other libraries, which take quadratic time."""
_PATIENCE = 20
"""Maximum length of the search, as a multiple of the page's length; pieces not found by then have no place in the page."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # errors are raised here, and its messages may contain the article's words


class Chosen(Struct, frozen=True):
    """A piece of the main text: its solid span in the page or, if it was not found there, its words and the place where they belong."""

    start: int
    end: int
    words: str | None = None


def main_text(markup: Markup) -> list[Chosen]:
    """Returns the pieces of a page's main text, in the page's order.

    Raises:
        UnreadablePageError: There is none.
    """
    try:
        fast = len(markup.runs) > _SECOND_OPINIONS
        document: Any = bare_extraction(_prepared(markup.root), include_comments=False, include_tables=True, fast=fast)
    except (ValueError, RecursionError):
        document = None
    pieces = [] if document is None else list(_pieces(document.body))
    if not pieces:
        raise UnreadablePageError(UnreadablePageError.NO_TEXT)
    return _located(pieces, markup)


def _prepared(root: etree._Element) -> etree._Element:
    """Copies a page so that trafilatura takes no part of a quote for a figure, a footer or a separate line."""
    copy = deepcopy(root)
    for block in copy.iter("blockquote"):
        for figure in block.iterancestors("figure"):
            figure.tag = "div"
    for signer in copy.xpath(f"//*[@{SIGNER}]"):
        inside = any(True for _ in signer.iterancestors("p"))
        signer.tag = "span" if inside else "div" if any(True for _ in signer.iterdescendants("p", "div")) else "p"
        signer.attrib.clear()
    etree.strip_tags(copy, "q", "cite")
    return copy


def _pieces(body: etree._Element) -> Iterator[str]:
    """Yields the lines of trafilatura's tree."""
    line: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            if solid(words := "".join(line)):
                yield words
            line = []
        line.append((element.text if event == "start" else element.tail) or "")
    if solid(words := "".join(line)):
        yield words


def _located(pieces: list[str], markup: Markup) -> list[Chosen]:
    """Locates the pieces in the page.

    Searches backwards from the page's end, since what occurs twice occurs first in a menu or a teaser.
    """
    page = "".join(solid(run.text) for run in markup.runs)[::-1]
    size = len(page)
    starts, ends = {run.start for run in markup.runs}, {run.start + run.size for run in markup.runs}
    budget = _PATIENCE * size
    at, found = 0, []
    for words in reversed(pieces):
        key = solid(words)[::-1]
        place = page.find(key, at, at + budget)
        while place >= 0 and len(key) < _SURE and not (size - place in ends and size - place - len(key) in starts):
            place = page.find(key, place + 1, at + budget)
        budget -= (size if place < 0 else place) - at
        if place < 0:
            found.append(Chosen(size - at, size - at, words))
            continue
        at = place + len(key)
        found.append(Chosen(size - at, size - place))
    return found[::-1]
