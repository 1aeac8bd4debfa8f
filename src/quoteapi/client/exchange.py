"""One exchange with the service, as both clients need it: what is sent, and what the answer means."""

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
"""Seconds: a service with the default limits answers everything that it accepts within 990."""
CONNECT_TIMEOUT = 10.0
"""Seconds that a connection may take."""
_KEEP_ALIVE = 2.0
"""Seconds that an idle connection is kept: fewer than the service's five, so that no article is sent into one that it is closing."""
_KEY = re.compile(r"[!-~]+")
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_ARTICLE = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
_FATAL = {"fatal-article", "too-slow"}
"""The problems from 500 on that are the article's own."""
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises at bytes that are no JSON of the shape that is asked for."""


def http_options(base_url: str, api_key: str | None) -> dict[str, Any]:
    """What either of httpx's clients is made with.

    Raises:
        ValueError: The address or the key cannot be one.
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
    """A request as JSON. Half a surrogate pair goes along escaped, so that the service can say what is wrong with it."""
    try:
        return msgspec.json.encode(request)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(request)).encode()


@contextmanager
def failures_told() -> Iterator[None]:
    """Raises what goes wrong on the way as errors of ours, each with the address and httpx's error as its cause.

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
    """The answer of a kind that a response holds.

    Raises:
        BrokenAnswerError: It is not of the shape that this version knows.
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
    """Whether the service that answers so is ready.

    Raises:
        ProblemError: It is no such service.
    """
    if response.status_code not in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}:
        raise problem_in(response)
    return response.status_code == HTTPStatus.OK


def problem_in(response: httpx.Response) -> ProblemError:
    """The problem that a response holds, or stands for."""
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
    """What was asked, without the name and password that an address may hold."""
    return str(request.url.copy_with(userinfo=b""))


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds after which to send a request again, of either form of `Retry-After`; None where it has neither."""
    value = response.headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
