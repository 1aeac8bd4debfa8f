"""Web: what a page of HTML says as an article, with the way back to its elements; needs the extra `[html]`.

In goes a page, out comes a `Page`: its main text, the stretches that its elements set apart as quotes, and an XPath for each stretch.
Nothing is ever fetched.
"""

from quoteapi.errors import EmptyTextError, HtmlExtraMissingError
from quoteapi.web.page import Page

__all__ = ["Page", "decode_page", "read_page"]


def read_page(html: str) -> Page:
    """The main text of a page, and what its elements tell; in time linear in its size.

    Raises:
        EmptyTextError: The page is white space alone.
        UnreadablePageError: It has no main text, or nests too deep.
        HtmlExtraMissingError: The libraries are not installed.
    """
    if not html.strip():
        raise EmptyTextError
    try:
        from quoteapi.web.reading import read_html  # noqa: PLC0415  only pages need the extra
    except ModuleNotFoundError:
        raise HtmlExtraMissingError from None
    return read_html(html)


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """The page that bytes hold, in the charset that its byte order mark, its Content-Type or the page itself names, as browsers decide.

    Labels that browsers do not know name none. Without any it is UTF-8, or else Windows-1252.
    A byte that the charset does not have becomes U+FFFD.

    Raises:
        HtmlExtraMissingError: The libraries are not installed.
    """
    try:
        from quoteapi.web.charsets import decoded  # noqa: PLC0415  only pages need the extra
    except ModuleNotFoundError:
        raise HtmlExtraMissingError from None
    return decoded(body, content_type)
