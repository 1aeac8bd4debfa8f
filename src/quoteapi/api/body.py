"""Request bodies: checks the content type and reads the bytes within limits; decoding them is left to the workers."""

import asyncio
from collections.abc import Set as AbstractSet
from typing import NoReturn

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import InternalServerException

from quoteapi.api.problem_kinds import BAD_REQUEST, BODY_TOO_LARGE, REQUEST_TOO_SLOW, UNSUPPORTED_MEDIA
from quoteapi.api.problems import REFUSALS, ProblemException
from quoteapi.errors import shortened
from quoteapi.processes import Refused
from quoteapi.request import Sent
from quoteapi.settings import Settings
from quoteapi.structs import ProblemError

READ = frozenset({"application/json", "text/html", "text/plain"})
"""The media types that are accepted for articles."""
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
_PATIENCE = 4
"""How many times the size limit is read and discarded, so that a client that sends too much still receives the error."""


async def sent_article(request: Request[None, None, State], settings: Settings, read: AbstractSet[str] = READ) -> Sent:
    """Return a request's article as it was sent, within the settings' limits of bytes and seconds.

    Args:
        request: Its body has not been read.
        settings: The limits.
        read: The accepted media types.

    Raises:
        ProblemException: The content type is not accepted, or the body is too large or too slow. If the client waits for `100 Continue`,
            the announced size is enough to refuse it.
    """
    media_type = checked_media_type(request, read)
    _check_announced(request, settings.max_body_size)
    try:
        async with asyncio.timeout(settings.body_timeout):
            body = await _read_body(request, settings.max_body_size)
    except TimeoutError:
        detail = f"The body did not arrive within {settings.body_timeout:g} s."
        raise ProblemException(REQUEST_TOO_SLOW, detail, headers={"Connection": "close"}) from None
    return Sent(body, media_type, request.headers["content-type"])


def raise_refusal(refused: Refused) -> NoReturn:
    """Raise the problem that says why an article was not read."""
    kind, pointer = REFUSALS[refused.error]
    pointer = refused.pointer or pointer
    errors = [ProblemError(pointer=pointer, detail=refused.detail)] if pointer else refused.errors
    raise ProblemException(kind, refused.detail, errors=errors)


def checked_media_type(request: Request[None, None, State], read: AbstractSet[str] = READ) -> str:
    """Return the request's media type, if it, its charset and its content encoding are accepted.

    Args:
        request: Its body has not been read.
        read: The accepted media types.

    Raises:
        ProblemException: 415, with the accepted media types in the header `Accept`.
    """
    media_type, options = request.content_type
    charset = options.get("charset", "utf-8").lower()
    encoding = request.headers.get("content-encoding", "identity").lower()
    accepted = {"Accept": ", ".join(sorted(read))}
    if media_type not in read:
        sent = f"“{shortened(media_type)}” is not supported" if media_type else "The Content-Type header is missing"
        raise ProblemException(UNSUPPORTED_MEDIA, f"{sent}: send {' or '.join(sorted(read))}.", headers=accepted)
    if charset not in _CHARSETS and media_type != "text/html":
        raise ProblemException(UNSUPPORTED_MEDIA, f"The charset “{shortened(charset)}” is not supported: send UTF-8.", headers=accepted)
    if encoding != "identity":
        raise ProblemException(UNSUPPORTED_MEDIA, f"The encoding “{shortened(encoding)}” is not supported: send none.", headers=accepted)
    return media_type


def _check_announced(request: Request[None, None, State], limit: int) -> None:
    """Raise if a client that asks first (`Expect: 100-continue`) would send more than `limit` bytes; others get the error afterwards."""
    announced = request.headers.get("content-length", "0")
    if request.headers.get("expect", "").lower() == "100-continue" and int(announced) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> ProblemException:
    return ProblemException(BODY_TOO_LARGE, f"The body has more than {limit:,} bytes.")


async def _read_body(request: Request[None, None, State], limit: int) -> bytes:
    """Read the whole body, at most `limit` bytes; the size is checked as bytes arrive, because a chunked body announces none."""
    chunks = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= limit:
                chunks.append(chunk)
            elif size > limit * _PATIENCE:
                break
    except InternalServerException:  # raised by Litestar if the client disconnects
        raise ProblemException(BAD_REQUEST, "The connection ended before the whole body had arrived.") from None
    if size > limit:
        raise _too_large(limit)
    return b"".join(chunks)
