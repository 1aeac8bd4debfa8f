"""Markup: a page's elements as runs of text, one for each line that a browser shows, and the spans of its `q` and `blockquote` elements.

Positions count solid characters, which are visible and not spaces, so that they do not depend on what a library does to white space.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree, html
from msgspec import Struct

from quoteapi.errors import UnreadablePageError
from quoteapi.web.page import Run
from quoteapi.web.tags import check_tags

SIGNER = "data-quoteapi-signer"
"""The attribute of elements that name a block quote's source."""
MAX_ELEMENTS = 30_000
"""Maximum elements of a page; an article's page with comments and menus has some thousands."""
MAX_QUOTES, MAX_CELLS = 2_000, 10_000
"""Maximum quote elements of a page, and cells of its tables; each is at least one line of text to process."""
MAX_NESTING = 2_000_000
"""Maximum total of ancestors over all elements of a page: elements are examined through these, and thousands may have hundreds."""
DASHES = "-–—―‒~ \t\n"

_SKIPPED = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "canvas", "audio", "video"}
    | {"select", "textarea", "button", "map", "dialog"}
)
"""Elements whose text is not part of the article, or that have none."""
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details", "dir", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"}
    | {"html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
"""Elements that begin a new line."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SIGNING = re.compile(r"(?:^|[\s_-])(?:attribution|author|citation|cite|source)(?:$|[\s_-])")
"""Class names by which a page marks an element that names a quote's source."""
_NESTED = 4
"""Maximum elements, nested in each other at a block quote's end, that may name its source (footer, p, span, cite)."""
_INVALID = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")


class QuoteElement(Struct, frozen=True):
    """The solid span of a `q` or `blockquote`, and of the element inside or after it that names its source."""

    stretch: tuple[int, int]
    block: bool
    signed: tuple[int, int] | None = None


class Markup(Struct, frozen=True):
    """A page's runs in reading order, and its quotes, outer ones before those inside them."""

    root: etree._Element
    runs: list[Run]
    quotes: list[QuoteElement]


def solid(text: str) -> str:
    """Returns a text without spaces and unprintable characters."""
    return "".join(filter(str.isprintable, text)).replace(" ", "")


def parse(page: str) -> etree._Element:
    """Parses a page and returns its root, as repaired by lxml's HTML parser. Leaves entities that the page itself defines unresolved.

    Raises:
        UnreadablePageError: The page has no element, too many of a kind or in total, or is nested too deeply.
    """
    check_tags(page)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)  # the caller limits the size
    try:
        root = html.document_fromstring(_INVALID.sub(" ", page).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise UnreadablePageError(UnreadablePageError.NO_TEXT) from None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnreadablePageError(UnreadablePageError.TOO_DEEP)
    if next(islice(root.iter(), MAX_ELEMENTS, None), None) is not None:
        raise UnreadablePageError(UnreadablePageError.TOO_MANY)
    if next(islice(root.iter("q", "blockquote"), MAX_QUOTES, None), None) is not None:
        raise UnreadablePageError(UnreadablePageError.TOO_MANY_QUOTES)
    if next(islice(root.iter("td", "th"), MAX_CELLS, None), None) is not None:
        raise UnreadablePageError(UnreadablePageError.TOO_MANY_CELLS)
    _check_nesting(root)
    return root


def _check_nesting(root: etree._Element) -> None:
    """Raises an error if the elements have too many ancestors in total."""
    depth = nesting = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        nesting += depth if event == "start" else 0
        if nesting > MAX_NESTING:
            raise UnreadablePageError(UnreadablePageError.TOO_DEEP)


def read_markup(root: etree._Element) -> Markup:
    """Returns the runs and quotes of a page; sets the attribute `SIGNER` on elements that name a block quote's source."""
    signers = _signers(root)
    for signer in signers.values():
        signer.set(SIGNER, "")
    walk = _Walk(root)
    found = [
        QuoteElement(walk.ranges[element], element.tag == "blockquote", walk.ranges.get(signers[element]) if element in signers else None)
        for element in root.iter("q", "blockquote")
        if element in walk.ranges
    ]
    return Markup(root, walk.runs, found)


class _Walk:
    """An iterative walk over a page that collects its runs and the solid spans of relevant elements; deep pages cause no recursion."""

    def __init__(self, root: etree._Element) -> None:
        self.runs: list[Run] = []
        self.ranges: dict[etree._Element, tuple[int, int]] = {}
        self._count = 0
        self._raw: list[str] = []
        self._elements: list[tuple[int, etree._Element]] = []
        self._breaks = False
        self._preformatted = 0
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                self._enter(element, walker)
            else:
                self._leave(element, closed=event == "end")
        self._flush(breaks=False)

    def _enter(self, element: etree._Element, walker: "etree.iterwalk") -> None:
        if element.tag in _SKIPPED:
            walker.skip_subtree()
            return
        if _is_block(element):
            self._flush(breaks=False)
        self._preformatted += element.tag == "pre"
        if element.tag in {"q", "blockquote"} or SIGNER in element.attrib:
            self.ranges[element] = (self._count, self._count)
        self._add(element.text, element)

    def _leave(self, element: etree._Element, *, closed: bool) -> None:
        if closed and element.tag not in _SKIPPED:
            if element in self.ranges:
                self.ranges[element] = (self.ranges[element][0], self._count)
            if _is_block(element) or element.tag == "br":
                self._flush(breaks=element.tag == "br")
            self._preformatted -= element.tag == "pre"
        if (parent := element.getparent()) is not None:
            self._add(element.tail, parent)

    def _add(self, text: str | None, element: etree._Element) -> None:
        if text:
            self._raw.append(text)
            self._elements.append((self._count, element))
            self._count += len(solid(text))

    def _flush(self, *, breaks: bool) -> None:
        """Ends the current run, if there is one."""
        raw = "".join(self._raw)
        size = len(solid(raw))
        if size:
            text = raw.strip("\r\n") if self._preformatted else _SPACE.sub(" ", raw).strip(" ")
            self.runs.append(Run(text, self._count - size, size, self._elements, self._breaks))
        if size or not breaks:
            self._breaks = breaks
        self._raw, self._elements = [], []


def _is_block(element: etree._Element) -> bool:
    return element.tag in _BLOCKS or SIGNER in element.attrib


def _signers(root: etree._Element) -> dict[etree._Element, etree._Element]:
    """Maps each block quote to the element that names its source: at its end, the caption of its figure, or right after it."""
    candidates: dict[etree._Element, list[etree._Element]] = {}
    captions: dict[etree._Element, etree._Element] = {}
    open_blocks: list[etree._Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if open_blocks and element is open_blocks[-1]:
                open_blocks.pop()
            continue
        if element.tag == "figcaption":
            for figure in element.iterancestors("figure"):
                captions.setdefault(figure, element)
        if element.tag == "blockquote":
            open_blocks.append(element)
            candidates[element] = []
        elif open_blocks and _signs(element):
            candidates[open_blocks[-1]].append(element)
    found = ((block, _signer(block, inside[-_NESTED:], captions)) for block, inside in candidates.items())
    return {block: signer for block, signer in found if signer is not None}


def _signer(block: etree._Element, last: list[etree._Element], captions: dict[etree._Element, etree._Element]) -> etree._Element | None:
    """Returns the element that names a block quote's source.

    Args:
        block: The block quote.
        last: The last candidates inside it.
        captions: The first caption of each figure that has one.
    """
    inside = (element for element in last if element.tag == "footer" or _ends(element, block))
    figure = next(block.iterancestors("figure"), None)
    caption = None if figure is None else captions.get(figure)
    after = block.getnext() if not (block.tail or "").strip() else None
    behind = (element for element in _opening(after) if _signs(element))
    return next(chain(inside, [] if caption is None else [caption], behind), None)


def _signs(element: etree._Element) -> bool:
    if element.tag in {"cite", "footer", "figcaption"}:
        return element.tag != "footer" or any(True for _ in element.iterancestors("blockquote", "figure"))
    return element.tag in {"p", "span", "div", "small"} and bool(_SIGNING.search(element.get("class", "").lower()))


def _opening(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yields an element, its first child if nothing but a dash precedes that, and so on."""
    while element is not None and isinstance(element.tag, str):
        yield element
        element = element[0] if len(element) and not (element.text or "").strip(DASHES) else None


def _words(element: etree._Element) -> str:
    """Returns the text inside and directly after an element; of a comment, only the text after it."""
    return ("".join(element.itertext()) if isinstance(element.tag, str) else "") + (element.tail or "")


def _ends(element: etree._Element, block: etree._Element) -> bool:
    """Whether no text of a block follows an element in it, and some precedes it."""
    first = True
    while element is not block:
        if (element.tail or "").strip() or any(_words(other).strip() for other in element.itersiblings()):
            return False
        parent = element.getparent()
        assert parent is not None  # noqa: S101  the block holds it
        first = first and not (parent.text or "").strip(DASHES) and element.getprevious() is None
        element = parent
    return not first
