"""Charsets: how the bytes of a page are decoded, as the WHATWG Encoding Standard has it: by the labels that browsers know, and no others.

Python knows codecs beside those: some take time quadratic in what they decode, some decode to what is no text.
"""

import re
from codecs import BOM_UTF8

from webencodings import Encoding, decode, lookup

_PRESCANNED = 4096
"""Bytes at a page's start in which it may say its charset; browsers look at 1,024."""
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/]([^>]*)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=[\s\"']*([^\s\"'/>;]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\sencoding\s*=[\s\"']*([^\s\"'/>;?]+)")
_HEADER_SIZE = 1024
"""Characters of a Content-Type that are looked at."""


def decoded(body: bytes, content_type: str | None) -> str:
    """The text that bytes hold, in the charset that its byte order mark, its Content-Type or the page itself names, in this order.

    Without any of them it is UTF-8, or else Windows-1252. A byte that the charset does not have becomes U+FFFD.
    """
    charset = _of_header(content_type or "") or _of_page(body[:_PRESCANNED])
    if charset is None:
        charset = lookup("utf-8" if _is_utf_8(body) else "windows-1252")
    text: str = decode(body, charset, errors="replace")[0]
    return text


def _of_header(content_type: str) -> Encoding | None:
    """The charset that a Content-Type names, if browsers know it."""
    return _named(_CHARSET.search(content_type[:_HEADER_SIZE].encode("ascii", "replace")))


def _of_page(start: bytes) -> Encoding | None:
    """The charset that a page names, if browsers know it; one that names UTF-16 can be read, so it is UTF-8."""
    start = _COMMENT.sub(b"", start.removeprefix(BOM_UTF8))
    declaration = start.lstrip().partition(b">")[0]
    found = [_XML_ENCODING.search(declaration)] if declaration.startswith(b"<?xml") else []
    found += [_CHARSET.search(meta[1]) for meta in _META.finditer(start)]
    for charset in map(_named, found):
        if charset is not None:
            return lookup("utf-8") if charset.name.startswith("utf-16") else charset
    return None


def _named(found: re.Match[bytes] | None) -> Encoding | None:
    """The charset of a label; None where browsers do not know it."""
    return None if found is None else lookup(found[1].decode("ascii", "replace"))


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
