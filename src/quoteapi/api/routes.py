"""Routes: the articles', the health checks' and the metrics'."""

from typing import Annotated, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Meta, Struct

from quoteapi.api.accepting import accepted_form, best_of
from quoteapi.api.body import checked_media_type, raise_refusal, sent_article
from quoteapi.api.callers import caller_in
from quoteapi.api.document import (
    SECURITY,
    DescribedOperation,
    MetricsOperation,
    QuotesOperation,
    StreamOperation,
    documented,
    documented_problems,
)
from quoteapi.api.examples import ANSWER
from quoteapi.api.failures import FAILURES, problem_of_failure, retry_after
from quoteapi.api.headers import PAGE_POLICY
from quoteapi.api.kinds import NOT_ACCEPTABLE, WORKERS_DOWN
from quoteapi.api.leaving import LEFT, unless_left
from quoteapi.api.metrics import Metrics
from quoteapi.api.problems import ProblemException
from quoteapi.api.seen import seen_in
from quoteapi.api.server_timing import HEADER as SERVER_TIMING
from quoteapi.api.server_timing import server_timing
from quoteapi.api.stream import Stream
from quoteapi.api.stream_places import StreamPlaces
from quoteapi.api.workers import Workers, WorkersDownError
from quoteapi.processes import Refused
from quoteapi.settings import Settings

_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines")
"""What a stream of JSON lines calls itself; nobody has registered a name."""


class Health(Struct, frozen=True):
    """That the server is well."""

    status: Annotated[Literal["live", "ready"], Meta(description="The server answers (live), its engines do (ready).", examples=["ready"])]


@post(
    "/quotes",
    status_code=200,
    operation_id="extractQuotes",
    operation_class=QuotesOperation,
    summary="Extract quotes",
    description=(
        "Reads an article and answers with every quote in it: its exact offsets in the text that was sent, its speaker with the fullest"
        " name that the article gives, the speaker's role, and how sure that is. `text/plain` takes the bare article, `text/html` its page,"
        " with every option at its default. `Accept` says in which form the answer comes: JSON by default, JSON-LD, CSV, Markdown or a page"
        " of its own."
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
    seen, caller = seen_in(request.scope), caller_in(request.scope)
    try:
        form = accepted_form(request)
        workers.check_room(caller)  # before the body is taken in: to send somebody away must cost nothing
        sent = await sent_article(request, settings)
        seen.text = sent.body.decode(errors="replace") if settings.log_text else None  # until a worker tells better
        reply = await unless_left(request, workers.answer(sent, form, caller=caller))
    except FAILURES as error:
        raise problem_of_failure(error) from None
    if reply is None:
        return Response(b"", status_code=LEFT)
    seen.note_reply(reply)
    if isinstance(reply, Refused):
        raise_refusal(reply)
    headers = {SERVER_TIMING: server_timing(reply)}
    if form.media_type == "text/html":
        headers["Content-Security-Policy"] = PAGE_POLICY
    return Response(reply.body, media_type=form.media_type, headers=headers)


@post(
    "/quotes/batch",
    status_code=200,
    operation_id="extractQuotesOfMany",
    operation_class=StreamOperation,
    summary="Extract quotes of many articles",
    description=(
        "Reads a JSON object a line, in the shape that `POST /quotes` reads (`Article`), and answers a line each in the same order:"
        " its `Answer`, or a `LineProblem`, after which the stream goes on. Lines are answered while others are still sent; blank ones"
        " are passed over. Every line counts against the rate, and waits where the caller is over it."
    ),
    tags=["quotes"],
    responses=documented_problems(401, 406, 415, 429, 500, 503),
    security=SECURITY,
    request_max_body_size=None,  # a stream has no end that it could tell
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
    summary="Is the server alive?",
    description="Answers as long as the server runs, also while engines load or are busy.",
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
    summary="Can it read articles?",
    description=(
        "Answers 200 where every worker has its engine and an article would be accepted; a problem while engines load, while a worker is"
        " missing, while as many articles wait as may, and while the server stops."
    ),
    tags=["health"],
    responses={200: documented(Health(status="ready"), "Articles are read."), **documented_problems(503)},
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
    summary="What has it done so far?",
    description=(
        "Counters and histograms in Prometheus's text format, or in OpenMetrics where `Accept` asks for it. They tell how much the service"
        " is used, so an API key is needed where keys are set."
    ),
    tags=["health"],
    responses=documented_problems(401),
    security=SECURITY,
)
async def read_metrics(request: Request[None, None, State], metrics: NamedDependency[SkipValidation[Metrics]]) -> Response[bytes]:
    """Tell the figures."""
    figures, content_type = metrics.exposed(request.headers.get("accept", ""))
    return Response(figures, headers={"Content-Type": content_type})
