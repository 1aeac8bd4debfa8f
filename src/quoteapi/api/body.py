"""The body of a request: its content type checked, its bytes read, the article in it decoded or refused with a problem."""

import asyncio
from collections.abc import Set as AbstractSet
from typing import NoReturn

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import InternalServerException

from quoteapi.api.kinds import BAD_REQUEST, BODY_TOO_LARGE, REQUEST_TOO_SLOW, UNSUPPORTED_MEDIA, WRONG_SHAPE
from quoteapi.api.problems import REFUSALS, ProblemException
from quoteapi.errors import HtmlExtraMissingError, QuoteapiError
from quoteapi.request import NotJsonError, NotUtf8Error, TooDeepError, WrongShapeError, read_article, read_text
from quoteapi.settings import Settings
from quoteapi.structs import Article, ProblemError
from quoteapi.web import decode_page

_READ = frozenset({"application/json", "text/html", "text/plain"})
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
_PATIENCE = 4
"""How many times the limit is taken in and thrown away, so that a caller who sends too much still hears why."""


async def requested_article(request: Request[None, None, State], settings: Settings) -> Article:
    """The article that a request holds, within the settings' limits of bytes and seconds.

    Raises:
        ProblemException: The content type is not read, the body is too large or too slow, or is not what its type says.
    """
    media_type = checked_media_type(request)
    try:
        async with asyncio.timeout(settings.body_timeout):
            body = await _read_body(request, settings.max_body_size)
    except TimeoutError:
        detail = f"The body did not arrive within {settings.body_timeout:g} s."
        raise ProblemException(REQUEST_TOO_SLOW, detail, headers={"Connection": "close"}) from None
    try:
        match media_type:
            case "application/json":
                return read_json_article(body)
            case "text/html":
                return Article(text=decode_page(body, request.headers["content-type"]), format="html")
            case _:
                return Article(text=read_text(body))
    except (NotUtf8Error, HtmlExtraMissingError) as error:
        raise_refusal(type(error), str(error))


def read_json_article(body: bytes) -> Article:
    """The article that a JSON object describes.

    Raises:
        ProblemException: It is none, or describes none.
    """
    try:
        return read_article(body)
    except WrongShapeError as error:
        raise ProblemException(WRONG_SHAPE, "Some fields of the body are wrong.", errors=error.errors) from None
    except (NotJsonError, NotUtf8Error, TooDeepError) as error:
        raise_refusal(type(error), str(error))


def raise_refusal(error: type[QuoteapiError], detail: str) -> NoReturn:
    """Raise the problem that an error about an article makes."""
    kind, pointer = REFUSALS[error]
    raise ProblemException(kind, detail, errors=[ProblemError(pointer=pointer, detail=detail)] if pointer else None)


def checked_media_type(request: Request[None, None, State], read: AbstractSet[str] = _READ) -> str:
    """The request's media type, if it is one that is read, in a charset and encoding that are read.

    Args:
        request: Its body has not been read.
        read: The media types that are read.

    Raises:
        ProblemException: 415, with what is read in `Accept`.
    """
    media_type, options = request.content_type
    charset = options.get("charset", "utf-8").lower()
    encoding = request.headers.get("content-encoding", "identity").lower()
    accepted = {"Accept": ", ".join(sorted(read))}
    if media_type not in read:
        sent = f"“{media_type}” is not read" if media_type else "The header Content-Type is missing"
        raise ProblemException(UNSUPPORTED_MEDIA, f"{sent}: send {' or '.join(sorted(read))}.", headers=accepted)
    if charset not in _CHARSETS and media_type != "text/html":
        raise ProblemException(UNSUPPORTED_MEDIA, f"The charset “{charset}” is not read: send UTF-8.", headers=accepted)
    if encoding != "identity":
        raise ProblemException(UNSUPPORTED_MEDIA, f"The content encoding “{encoding}” is not read: send none.", headers=accepted)
    return media_type


async def _read_body(request: Request[None, None, State], limit: int) -> bytes:
    """The whole body, at most `limit` bytes; the size is checked as it comes in, since a chunked body announces none."""
    chunks = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= limit:
                chunks.append(chunk)
            elif size > limit * _PATIENCE:
                break
    except InternalServerException:  # Litestar's word for a caller who left
        raise ProblemException(BAD_REQUEST, "The connection ended before the body did.") from None
    if size > limit:
        raise ProblemException(BODY_TOO_LARGE, f"The body has more than {limit:,} bytes, the limit.")
    return b"".join(chunks)
