"""One exchange with the service, shared by both clients: what is sent, and what a response means."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
import msgspec

from quoteapi.__about__ import __version__
from quoteapi.client.errors import (
    ArticleError,
    BrokenAnswerError,
    BusyError,
    NoAnswerError,
    ProblemError,
    UnauthorizedError,
    UnreachableError,
)
from quoteapi.structs import Article, OffsetUnit, Problem
from quoteapi.verification_structs import Draft, Source, VerificationRequest

_Answer = TypeVar("_Answer", bound=msgspec.Struct)

URL = "http://127.0.0.1:8000"
TIMEOUT = 1_000.0
"""Seconds to wait for a response: a service with the default limits answers every accepted request within 990."""
CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection."""
_KEEP_ALIVE = 2.0
"""Seconds to keep an idle connection: less than the service's five, so that no request is sent on a connection that it is closing."""
_KEY = re.compile(r"[!-~]+")
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_ARTICLE = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
_FATAL = {"fatal-article", "too-slow"}
"""Problems with status 500 or higher that are caused by the article."""
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""Errors of msgspec for bytes that are not JSON of the expected shape."""


def http_options(base_url: str, api_key: str | None) -> dict[str, Any]:
    """The options for either of httpx's clients.

    Raises:
        ValueError: The address or the key is malformed.
    """
    if not re.match(r"https?://[^/]", base_url):
        message = "The address of the service must begin with http:// or https://, such as http://127.0.0.1:8000."
        raise ValueError(message)
    headers = {"User-Agent": f"quoteapi-client/{__version__}", "Content-Type": "application/json", "Accept": "application/json"}
    if api_key is not None:
        if not _KEY.fullmatch(api_key):
            message = "An API key has only visible ASCII characters: check for white space or a line break around it."
            raise ValueError(message)
        headers["Authorization"] = f"Bearer {api_key}"
    return {"base_url": base_url, "headers": headers, "limits": httpx.Limits(keepalive_expiry=_KEEP_ALIVE)}


def verification_of(draft: str | Draft, sources: Iterable[str | Source], offset_unit: OffsetUnit) -> VerificationRequest:
    """The request for a verification; a string is a plain text."""
    return VerificationRequest(
        Draft(draft) if isinstance(draft, str) else draft,
        [Source(source) if isinstance(source, str) else source for source in sources],
        offset_unit,
    )


def body_of(request: Article | VerificationRequest) -> bytes:
    """A request as JSON. A lone surrogate is sent escaped, so that the service can report it."""
    try:
        return msgspec.json.encode(request)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(request)).encode()


@contextmanager
def failures_told() -> Iterator[None]:
    """Raises transport errors as errors of this client, each with the address and with httpx's error as its cause.

    Raises:
        UnreachableError: Nothing was sent.
        NoAnswerError: The article was sent.
    """
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        url = _address(error.request)
        message = f"No connection to {url} ({error or type(error).__name__}): is the service running there?"
        raise UnreachableError(message, url) from error
    except httpx.TimeoutException as error:
        url = _address(error.request)
        message = f"{url} accepted the request and did not answer in time: shorten the article, or raise timeout."
        raise NoAnswerError(message, url) from error
    except httpx.RequestError as error:
        url = _address(error.request)
        message = f"The connection to {url} broke before the answer arrived ({error or type(error).__name__})."
        raise NoAnswerError(message, url) from error


def answer_in(response: httpx.Response, kind: type[_Answer]) -> _Answer:
    """The answer of the given type in a response.

    Raises:
        BrokenAnswerError: It does not have the shape that this version knows.
        ProblemError: The service answered with a problem.
    """
    if response.status_code != HTTPStatus.OK:
        raise problem_in(response)
    try:
        return msgspec.json.decode(response.content, type=kind)
    except _UNREADABLE as error:
        url = _address(response.request)
        message = f"This version of the client does not understand the answer: {error} ({url})."
        raise BrokenAnswerError(message, url) from error


def readiness_in(response: httpx.Response) -> bool:
    """Whether the response says that the service is ready.

    Raises:
        ProblemError: The response is not from such a service.
    """
    if response.status_code not in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}:
        raise problem_in(response)
    return response.status_code == HTTPStatus.OK


def problem_in(response: httpx.Response) -> ProblemError:
    """The problem in a response, or one made from its status."""
    status = response.status_code
    try:
        problem = msgspec.json.decode(response.content, type=Problem)
    except _UNREADABLE:
        problem = Problem("about:blank", response.reason_phrase or "An answer", status, "The answer says no more.")
    error = ProblemError(problem, _retry_after(response), _address(response.request))
    if status in _BUSY:
        return BusyError(*error.args)
    if status == HTTPStatus.UNAUTHORIZED:
        return UnauthorizedError(*error.args)
    return ArticleError(*error.args) if status in _ARTICLE or error.name in _FATAL else error


def _address(request: httpx.Request) -> str:
    """The URL of a request, without the user name and password that it may contain."""
    return str(request.url.copy_with(userinfo=b""))


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait before sending the request again, from either form of `Retry-After`; None if the header is missing or malformed."""
    value = response.headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
