"""Routes for articles, verification, health checks and metrics."""

from typing import Annotated, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Meta, Struct

from quoteapi.api.body import READ, checked_media_type, raise_refusal, sent_article
from quoteapi.api.callers import caller_in
from quoteapi.api.content_negotiation import accepted_form, best_of
from quoteapi.api.disconnects import LEFT, unless_disconnected
from quoteapi.api.examples import ANSWER, VERIFICATION
from quoteapi.api.failures import FAILURES, problem_of_failure, retry_after
from quoteapi.api.headers import PAGE_POLICY
from quoteapi.api.metrics import Metrics
from quoteapi.api.openapi_document import (
    SECURITY,
    DescribedOperation,
    MetricsOperation,
    QuotesOperation,
    StreamOperation,
    VerifyOperation,
    documented,
    documented_problems,
)
from quoteapi.api.problem_kinds import NOT_ACCEPTABLE, WORKERS_DOWN
from quoteapi.api.problems import ProblemException
from quoteapi.api.request_records import record_in
from quoteapi.api.server_timing import HEADER as SERVER_TIMING
from quoteapi.api.server_timing import server_timing
from quoteapi.api.stream import Stream
from quoteapi.api.stream_places import StreamPlaces
from quoteapi.api.workers import Workers, WorkersDownError
from quoteapi.exports import JSON, Form
from quoteapi.processes import Refused, Task
from quoteapi.settings import Settings

_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines")
"""Media types in use for JSON lines; none is registered."""

_JSON = ("application/json",)


class Health(Struct, frozen=True):
    """That the server is well."""

    status: Annotated[
        Literal["live", "ready"], Meta(description="`live`: the server answers; `ready`: it also accepts articles.", examples=["ready"])
    ]


@post(
    "/quotes",
    status_code=200,
    operation_id="extractQuotes",
    operation_class=QuotesOperation,
    summary="Extract quotes",
    description=(
        "Reads an article and returns every quote in it: its exact offsets in the text that you sent, its speaker with the fullest name"
        " that the article gives, the speaker's role, and a confidence. Send JSON to set options; `text/plain` takes the article and"
        " `text/html` its page, with default options. The `Accept` header sets the format of the answer: JSON (the default), JSON-LD, CSV,"
        " Markdown or an HTML page."
    ),
    tags=["quotes"],
    responses={
        200: documented(ANSWER, "The article's quotes and speakers."),
        **documented_problems(400, 401, 406, 408, 413, 415, 422, 429, 500, 503, 504),
    },
    security=SECURITY,
    request_max_body_size=None,  # the handler counts the bytes itself, against the setting
)
async def extract_quotes(
    request: Request[None, None, State],
    workers: NamedDependency[SkipValidation[Workers]],
    settings: NamedDependency[SkipValidation[Settings]],
) -> Response[bytes]:
    """Read an article."""
    return await _answered(request, workers, settings, accepted_form(request))


@post(
    "/verify",
    status_code=200,
    operation_id="verifyQuotes",
    operation_class=VerifyOperation,
    summary="Verify quotes",
    description=(
        "Checks the quotes of a draft against the sources that they come from: transcripts, statements, articles, subtitles. Returns for"
        " each quote whether the source has these words (`exact`, `styled`), other words (`altered`, with every change), passages that"
        " are not adjacent (`spliced`) or none of it (`absent`); where it stands; and who says it in the draft and in the source. Words are"
        " compared as they are written, never by meaning. Draft and sources have the limits of articles."
    ),
    tags=["quotes"],
    responses={
        200: documented(VERIFICATION, "What came of each quote."),
        **documented_problems(400, 401, 406, 408, 413, 415, 422, 429, 500, 503, 504),
    },
    security=SECURITY,
    request_max_body_size=None,  # as for an article
)
async def verify_quotes(
    request: Request[None, None, State],
    workers: NamedDependency[SkipValidation[Workers]],
    settings: NamedDependency[SkipValidation[Settings]],
) -> Response[bytes]:
    """Check a draft against its sources."""
    if best_of(_JSON, request) is None:
        raise ProblemException(NOT_ACCEPTABLE, f"The answer is JSON: accept {_JSON[0]}.")
    return await _answered(request, workers, settings, JSON, task="verify")


@post(
    "/quotes/batch",
    status_code=200,
    operation_id="extractQuotesOfMany",
    operation_class=StreamOperation,
    summary="Extract quotes of many articles",
    description=(
        "Reads one JSON object per line, an `Article` as in `POST /quotes`, and returns one line for each in the same order: an `Answer`,"
        " or a `LineProblem`, after which the stream continues. Answers arrive while you still send; blank lines are skipped. Every line"
        " counts towards the rate limit; a line over the limit waits."
    ),
    tags=["quotes"],
    responses=documented_problems(401, 406, 415, 429, 500, 503),
    security=SECURITY,
    request_max_body_size=None,  # a stream's length is not known in advance
)
async def extract_quotes_of_many(
    request: Request[None, None, State],
    workers: NamedDependency[SkipValidation[Workers]],
    settings: NamedDependency[SkipValidation[Settings]],
    metrics: NamedDependency[SkipValidation[Metrics]],
    places: NamedDependency[SkipValidation[StreamPlaces]],
) -> ASGIApp:
    """Read a stream of articles."""
    media_type = best_of(_LINES, request)
    if media_type is None:
        raise ProblemException(NOT_ACCEPTABLE, f"The answers are JSON lines: accept {_LINES[0]}.")
    checked_media_type(request, frozenset(_LINES))
    try:
        workers.check_running()
    except WorkersDownError as error:
        raise problem_of_failure(error) from None

    async def streamed(scope: Scope, receive: Receive, send: Send) -> None:
        caller = caller_in(scope)
        stream = Stream(workers, settings, metrics.count_article, caller=caller, media_type=media_type)
        with places.taken(caller, stream), metrics.streams.track_inprogress():
            await stream(scope, receive, send)

    return streamed


@get(
    "/health/live",
    operation_id="checkLive",
    summary="Check that the server runs",
    description="Answers 200 as long as the server runs, even while engines are loading or busy.",
    tags=["health"],
    responses={200: documented(Health(status="live"), "The server answers.")},
)
async def check_live() -> Response[bytes]:
    """Say that the server runs."""
    return Response(msgspec.json.encode(Health(status="live")), media_type="application/json")


@get(
    "/health/ready",
    operation_id="checkReady",
    operation_class=DescribedOperation,
    summary="Check that articles are accepted",
    description=(
        "Answers 200 if every worker has loaded its engine and an article would be accepted; a problem while engines load, a worker is"
        " missing, the queue is full, or the server stops."
    ),
    tags=["health"],
    responses={200: documented(Health(status="ready"), "Articles are accepted."), **documented_problems(503)},
)
async def check_ready(workers: NamedDependency[SkipValidation[Workers]]) -> Response[bytes]:
    """Say whether every engine is loaded."""
    if reason := workers.why_not_ready():
        raise ProblemException(WORKERS_DOWN, reason, headers=retry_after(WorkersDownError.retry_after))
    return Response(msgspec.json.encode(Health(status="ready")), media_type="application/json")


@get(
    "/metrics",
    operation_id="readMetrics",
    operation_class=MetricsOperation,
    summary="Get metrics",
    description=(
        "Counters and histograms in Prometheus's text format, or in OpenMetrics if `Accept` asks for it. If the service has API keys, this"
        " route needs one, because metrics show how much the service is used."
    ),
    tags=["health"],
    responses=documented_problems(401),
    security=SECURITY,
)
async def read_metrics(request: Request[None, None, State], metrics: NamedDependency[SkipValidation[Metrics]]) -> Response[bytes]:
    """Tell the figures."""
    figures, content_type = metrics.exposed(request.headers.get("accept", ""))
    return Response(figures, headers={"Content-Type": content_type})


async def _answered(
    request: Request[None, None, State], workers: Workers, settings: Settings, form: Form, *, task: Task = "extract"
) -> Response[bytes]:
    """Answer an article, or a draft and its sources, in a form."""
    record, caller = record_in(request.scope), caller_in(request.scope)
    try:
        workers.check_room(caller)  # before the body is read: a refusal must cost nothing
        sent = await sent_article(request, settings, frozenset(_JSON) if task == "verify" else READ)
        record.text = sent.body.decode(errors="replace") if settings.log_text else None  # until a worker returns it decoded
        reply = await unless_disconnected(request, workers.answer(sent, form, caller=caller, task=task))
    except FAILURES as error:
        raise problem_of_failure(error) from None
    if reply is None:
        return Response(b"", status_code=LEFT)
    record.note_reply(reply)
    if isinstance(reply, Refused):
        raise_refusal(reply)
    headers = {SERVER_TIMING: server_timing(reply)}
    if form.media_type == "text/html":
        headers["Content-Security-Policy"] = PAGE_POLICY
    return Response(reply.body, media_type=form.media_type, headers=headers)
