"""Problems: what went wrong with a request, in the format of RFC 9457."""

import re
from http import HTTPStatus

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from quoteapi.api.problem_kinds import (
    BAD_REQUEST,
    BODY_TOO_LARGE,
    EMPTY_TEXT,
    HTML_NOT_INSTALLED,
    INTERNAL,
    NOT_FOUND,
    NOT_JSON,
    NOT_UTF8,
    TEXT_TOO_LONG,
    TOO_DEEP,
    UNREADABLE_PAGE,
    UNREADABLE_SUBTITLES,
    UNSUPPORTED_INCLUDE,
    UNSUPPORTED_LANGUAGE,
    UNSUPPORTED_MEDIA,
    WRONG_METHOD,
    WRONG_SHAPE,
    ProblemKind,
)
from quoteapi.api.request_records import record_in
from quoteapi.errors import (
    EmptyTextError,
    HtmlExtraMissingError,
    QuoteapiError,
    SubtitlesError,
    TextTooLongError,
    UnreadablePageError,
    UnsupportedIncludeError,
    UnsupportedLanguageError,
    shortened,
)
from quoteapi.request import MAX_ERRORS, NotJsonError, NotUtf8Error, TooDeepError, WrongShapeError
from quoteapi.structs import Problem, ProblemError

MEDIA_TYPE = "application/problem+json"
_LONGEST_DETAIL = 400
"""Maximum characters of a detail; our own texts are shorter."""

logger = structlog.get_logger("quoteapi")


_BY_STATUS = {400: BAD_REQUEST, 404: NOT_FOUND, 405: WRONG_METHOD, 413: BODY_TOO_LARGE, 415: UNSUPPORTED_MEDIA}

REFUSALS: dict[type[QuoteapiError], tuple[ProblemKind, str]] = {
    NotJsonError: (NOT_JSON, ""),
    NotUtf8Error: (NOT_UTF8, ""),
    TooDeepError: (TOO_DEEP, ""),
    WrongShapeError: (WRONG_SHAPE, ""),
    EmptyTextError: (EMPTY_TEXT, "#/text"),
    HtmlExtraMissingError: (HTML_NOT_INSTALLED, "#/format"),
    UnreadablePageError: (UNREADABLE_PAGE, "#/text"),
    SubtitlesError: (UNREADABLE_SUBTITLES, "#/text"),
    TextTooLongError: (TEXT_TOO_LONG, "#/text"),
    UnsupportedIncludeError: (UNSUPPORTED_INCLUDE, "#/include"),
    UnsupportedLanguageError: (UNSUPPORTED_LANGUAGE, "#/language"),
}
"""The kind of problem for each error, and a JSON Pointer to the field that it is about; empty if there is no such field."""


class ProblemException(HTTPException):
    """Raised by a handler to answer with a problem."""

    def __init__(
        self, kind: ProblemKind, detail: str, *, errors: list[ProblemError] | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail=detail, status_code=kind.status, headers=headers)
        self.kind = kind
        self.errors = errors or []


def problem_of(kind: ProblemKind, detail: str, *, errors: list[ProblemError] | None = None) -> Problem:
    """Return a problem of a kind, limited to a few kilobytes whatever its input."""
    listed_errors = [
        ProblemError(pointer=error.pointer, detail=shortened(error.detail, _LONGEST_DETAIL)) for error in (errors or [])[:MAX_ERRORS]
    ]
    return Problem(type=kind.uri, title=kind.title, status=kind.status, detail=shortened(detail, _LONGEST_DETAIL), errors=listed_errors)


def answer_problem(
    request: Request[None, None, State], kind: ProblemKind, detail: str, *, error: HTTPException | None = None
) -> Response[bytes]:
    """Return the response for a problem, with the errors and headers of the exception."""
    record_in(request.scope).problem = kind.name
    problem = problem_of(kind, detail, errors=error.errors if isinstance(error, ProblemException) else None)
    headers = None if error is None else error.headers
    return Response(msgspec.json.encode(problem), status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)


def answer_http_exception(request: Request[None, None, State], error: HTTPException) -> Response[bytes]:
    """Answer an exception that a handler or Litestar itself raised on purpose."""
    if isinstance(error, ProblemException):
        return answer_problem(request, error.kind, error.detail, error=error)
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status_code not in _BY_STATUS:
        return answer_exception(request, error)
    kind = _BY_STATUS[error.status_code]
    detail = kind.meaning if error.detail == HTTPStatus(error.status_code).phrase else error.detail
    if kind is WRONG_METHOD:
        detail = _wrong_method_detail(request, (error.headers or {}).get("allow", ""))
    return answer_problem(request, kind, detail, error=error)


def _wrong_method_detail(request: Request[None, None, State], allow: str) -> str:
    """Say which methods to use instead, and where the routes are listed, for people who open an address of the API in a browser."""
    sent = " or ".join(method for method in sorted(filter(None, re.split(r"[\s,]+", allow))) if method not in {"HEAD", "OPTIONS"})
    return f"{request.method} is not allowed on {request.url.path}: send {sent}. See /schema for the routes."


def answer_exception(request: Request[None, None, State], error: Exception) -> Response[bytes]:
    """Answer an unexpected exception; the log gets the traceback, the caller no details."""
    logger.error("request failed", method=request.method, path=request.url.path, exc_info=error)
    return answer_problem(request, INTERNAL, INTERNAL.meaning)
