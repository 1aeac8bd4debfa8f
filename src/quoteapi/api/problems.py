"""Problems: everything that can go wrong with a request, each kind with a stable URI, as RFC 9457 shapes it."""

from http import HTTPStatus

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from msgspec import Struct

from quoteapi.api.seen import seen_in
from quoteapi.errors import EmptyTextError, QuoteapiError, TextTooLongError, UnsupportedIncludeError, UnsupportedLanguageError
from quoteapi.request import NotJsonError, NotUtf8Error, TooDeepError
from quoteapi.structs import Problem, ProblemError

MEDIA_TYPE = "application/problem+json"

logger = structlog.get_logger("quoteapi")


class ProblemKind(Struct, frozen=True):
    """A kind of problem: what its `type` URI stands for."""

    name: str
    status: int
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """The problem's `type`: a reference relative to this server, where it is described."""
        return f"/problems/{self.name}"


BAD_REQUEST = ProblemKind("bad-request", 400, "The request cannot be read", "The HTTP request itself is malformed.")
NOT_JSON = ProblemKind("not-json", 400, "The body is not JSON", "Send one JSON object.")
NOT_UTF8 = ProblemKind("not-utf8", 400, "The body is not UTF-8", "Send the body in UTF-8.")
TOO_DEEP = ProblemKind("nesting-too-deep", 400, "The body nests too deep", "Nothing that is asked for nests deeper than three levels.")
UNAUTHORIZED = ProblemKind(
    "unauthorized", 401, "An API key is needed", "Send a key that the operator gave you: Authorization: Bearer …, or X-API-Key: …."
)
NOT_FOUND = ProblemKind("not-found", 404, "There is nothing here", "See /schema for the routes.")
WRONG_METHOD = ProblemKind("method-not-allowed", 405, "This route takes another method", "The header Allow names the methods.")
NOT_ACCEPTABLE = ProblemKind(
    "not-acceptable", 406, "No such form of the answer", "Accept application/json, or another form that the detail names."
)
REQUEST_TOO_SLOW = ProblemKind("request-too-slow", 408, "The request came too slowly", "Send the whole request faster, or less of it.")
BODY_TOO_LARGE = ProblemKind("body-too-large", 413, "The body is too large", "Send fewer bytes, or raise QUOTEAPI_MAX_BODY_SIZE.")
TEXT_TOO_LONG = ProblemKind("text-too-long", 413, "The text is too long", "Split the text, or raise QUOTEAPI_MAX_TEXT_LENGTH.")
UNSUPPORTED_MEDIA = ProblemKind(
    "unsupported-media-type", 415, "This content type is not read", "Send application/json or text/plain, in UTF-8."
)
WRONG_SHAPE = ProblemKind("wrong-shape", 422, "The body has the wrong shape", "`errors` names every field that is wrong.")
EMPTY_TEXT = ProblemKind("empty-text", 422, "The text is empty", "Send a text that is more than white space.")
UNSUPPORTED_LANGUAGE = ProblemKind("unsupported-language", 422, "This language is not read", "English is read: en, or a tag such as en-GB.")
UNSUPPORTED_INCLUDE = ProblemKind("unsupported-include", 422, "This part is not given yet", "Leave it out of `include`.")
RATE_EXCEEDED = ProblemKind("rate-exceeded", 429, "Too many requests", "Send the request again after Retry-After seconds.")
INTERNAL = ProblemKind("internal-error", 500, "Something broke", "Our mistake: the same request may well work again later, or never.")
FATAL_ARTICLE = ProblemKind(
    "fatal-article", 500, "Reading the article ended its worker", "Our mistake, twice in a row: do not send this article again as it is."
)
QUEUE_FULL = ProblemKind("queue-full", 503, "Too many articles are waiting", "Send the request again after Retry-After seconds.")
WORKERS_DOWN = ProblemKind("workers-down", 503, "No engine can answer", "Send the request again after Retry-After seconds.")
TOO_SLOW = ProblemKind("too-slow", 504, "The article took too long", "Shorten it, or raise QUOTEAPI_TIME_LIMIT.")

KINDS = {
    kind.name: kind
    for kind in (
        BAD_REQUEST, NOT_JSON, NOT_UTF8, TOO_DEEP, UNAUTHORIZED, NOT_FOUND, WRONG_METHOD, NOT_ACCEPTABLE, REQUEST_TOO_SLOW, BODY_TOO_LARGE,
        TEXT_TOO_LONG, UNSUPPORTED_MEDIA, WRONG_SHAPE, EMPTY_TEXT, UNSUPPORTED_INCLUDE, UNSUPPORTED_LANGUAGE, RATE_EXCEEDED, INTERNAL,
        FATAL_ARTICLE, QUEUE_FULL, WORKERS_DOWN, TOO_SLOW,
    )
}  # fmt: skip
"""Every kind by its name."""

_BY_STATUS = {400: BAD_REQUEST, 404: NOT_FOUND, 405: WRONG_METHOD, 413: BODY_TOO_LARGE, 415: UNSUPPORTED_MEDIA}

REFUSALS: dict[type[QuoteapiError], tuple[ProblemKind, str]] = {
    NotJsonError: (NOT_JSON, ""),
    NotUtf8Error: (NOT_UTF8, ""),
    TooDeepError: (TOO_DEEP, ""),
    EmptyTextError: (EMPTY_TEXT, "#/text"),
    TextTooLongError: (TEXT_TOO_LONG, "#/text"),
    UnsupportedIncludeError: (UNSUPPORTED_INCLUDE, "#/include"),
    UnsupportedLanguageError: (UNSUPPORTED_LANGUAGE, "#/language"),
}
"""The problem that an error makes, and the field it is about where it is about one."""


class ProblemException(HTTPException):
    """Raised by a handler to answer with a problem."""

    def __init__(
        self, kind: ProblemKind, detail: str, *, errors: list[ProblemError] | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail=detail, status_code=kind.status, headers=headers)
        self.kind = kind
        self.errors = errors or []


def problem_of(kind: ProblemKind, detail: str, *, errors: list[ProblemError] | None = None) -> Problem:
    """A problem of a kind."""
    return Problem(type=kind.uri, title=kind.title, status=kind.status, detail=detail, errors=errors or [])


def answer_problem(
    request: Request[None, None, State], kind: ProblemKind, detail: str, *, error: HTTPException | None = None
) -> Response[bytes]:
    """The response that tells a problem, with the errors and headers of what was raised."""
    seen_in(request.scope).problem = kind.name
    problem = problem_of(kind, detail, errors=error.errors if isinstance(error, ProblemException) else None)
    headers = None if error is None else error.headers
    return Response(msgspec.json.encode(problem), status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)


def answer_http_exception(request: Request[None, None, State], error: HTTPException) -> Response[bytes]:
    """The problem for anything that a handler or Litestar itself raises on purpose."""
    if isinstance(error, ProblemException):
        return answer_problem(request, error.kind, error.detail, error=error)
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status_code not in _BY_STATUS:
        return answer_exception(request, error)
    kind = _BY_STATUS[error.status_code]
    detail = kind.meaning if error.detail == HTTPStatus(error.status_code).phrase else error.detail
    return answer_problem(request, kind, detail, error=error)


def answer_exception(request: Request[None, None, State], error: Exception) -> Response[bytes]:
    """The problem for what nobody foresaw; the log has the traceback, the caller is told nothing of it."""
    logger.error("request failed", method=request.method, path=request.url.path, exc_info=error)
    return answer_problem(request, INTERNAL, INTERNAL.meaning)
