"""Web: reads an HTML page as an article, with XPaths back to its elements; needs the extra `[html]`.

Takes a page and returns a `Page`: its main text, the spans that its elements mark as quotes, and an XPath for each span. Never fetches
anything.
"""

from quoteapi.errors import EmptyTextError, HtmlExtraMissingError
from quoteapi.web.page import Page

__all__ = ["Page", "decode_page", "read_page"]


def read_page(html: str) -> Page:
    """Extracts the main text of a page, and the quotes that its elements mark; linear in its size.

    Raises:
        EmptyTextError: The page is only white space.
        UnreadablePageError: It has no main text, too many elements, or is nested too deeply.
        HtmlExtraMissingError: The libraries are not installed.
    """
    if not html.strip():
        raise EmptyTextError
    try:
        from quoteapi.web.extraction import read_html  # noqa: PLC0415  only pages need the extra
    except ModuleNotFoundError:
        raise HtmlExtraMissingError from None
    return read_html(html)


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """Decodes a page with the charset that its byte order mark, its Content-Type or the page itself declares, as browsers do.

    Labels that browsers do not know are ignored. Without a label, the page is UTF-8 if that is valid, and otherwise Windows-1252. Bytes
    that are invalid in the charset become U+FFFD.

    Raises:
        HtmlExtraMissingError: The libraries are not installed.
    """
    try:
        from quoteapi.web.charsets import decoded  # noqa: PLC0415  only pages need the extra
    except ModuleNotFoundError:
        raise HtmlExtraMissingError from None
    return decoded(body, content_type)
