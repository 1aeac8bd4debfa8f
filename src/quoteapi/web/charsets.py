"""Charsets: decodes the bytes of a page by the WHATWG Encoding Standard, with the labels that browsers know and no others.

Python has further codecs: some take quadratic time, some decode to something that is not text.
"""

import re
from codecs import BOM_UTF8

from webencodings import Encoding, decode, lookup

_PRESCANNED = 4096
"""Bytes at the start of a page in which it may declare its charset; browsers look at 1,024."""
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/]([^>]*)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=[\s\"']*([^\s\"'/>;]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\sencoding\s*=[\s\"']*([^\s\"'/>;?]+)")
_HEADER_SIZE = 1024
"""Characters of a Content-Type that are examined."""


def decoded(body: bytes, content_type: str | None) -> str:
    """Decodes bytes with the charset that their byte order mark, the Content-Type or the page itself declares, in this order.

    Without any of them, it is UTF-8 if that is valid, and otherwise Windows-1252. Bytes that are invalid in the charset become U+FFFD.
    """
    charset = _of_header(content_type or "") or _of_page(body[:_PRESCANNED])
    if charset is None:
        charset = lookup("utf-8" if _is_utf_8(body) else "windows-1252")
    text: str = decode(body, charset, errors="replace")[0]
    return text


def _of_header(content_type: str) -> Encoding | None:
    """Returns the charset that a Content-Type declares, if browsers know it."""
    return _named(_CHARSET.search(content_type[:_HEADER_SIZE].encode("ascii", "replace")))


def _of_page(start: bytes) -> Encoding | None:
    """Returns the charset that a page declares, if browsers know it; UTF-8 for UTF-16, since the declaration itself is readable."""
    start = _COMMENT.sub(b"", start.removeprefix(BOM_UTF8))
    declaration = start.lstrip().partition(b">")[0]
    found = [_XML_ENCODING.search(declaration)] if declaration.startswith(b"<?xml") else []
    found += [_CHARSET.search(meta[1]) for meta in _META.finditer(start)]
    for charset in map(_named, found):
        if charset is not None:
            return lookup("utf-8") if charset.name.startswith("utf-16") else charset
    return None


def _named(found: re.Match[bytes] | None) -> Encoding | None:
    """Returns the charset of a label; None if browsers do not know it."""
    return None if found is None else lookup(found[1].decode("ascii", "replace"))


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
