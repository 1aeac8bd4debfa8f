"""Routes: the articles', the health checks' and the metrics'."""

from typing import Annotated, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from quoteapi.api.accepting import accepted_form
from quoteapi.api.body import raise_refusal, requested_article
from quoteapi.api.document import SECURITY, DescribedOperation, MetricsOperation, QuotesOperation, documented, documented_problems
from quoteapi.api.examples import ANSWER
from quoteapi.api.headers import PAGE_POLICY
from quoteapi.api.kinds import FATAL_ARTICLE, QUEUE_FULL, TOO_SLOW, WORKERS_DOWN
from quoteapi.api.leaving import unless_left
from quoteapi.api.metrics import Metrics
from quoteapi.api.problems import ProblemException
from quoteapi.api.seen import seen_in
from quoteapi.api.server_timing import HEADER as SERVER_TIMING
from quoteapi.api.server_timing import server_timing
from quoteapi.api.workers import QueueFullError, Workers, WorkersDownError
from quoteapi.processes import FatalArticleError, Refused, TooSlowError
from quoteapi.settings import Settings

_LEFT = 499
"""The status, nginx's, under which the log tells of a caller who left; nobody receives it."""


class Health(Struct, frozen=True):
    """That the server is well."""

    status: Annotated[Literal["live", "ready"], Meta(description="The server answers (live), its engines do (ready).", examples=["ready"])]


def _retry_after(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


@post(
    "/quotes",
    status_code=200,
    operation_id="extractQuotes",
    operation_class=QuotesOperation,
    summary="Extract quotes",
    description=(
        "Reads an article and answers with every quote in it: its exact offsets in the text that was sent, its speaker with the fullest"
        " name that the article gives, the speaker's role, and how sure that is. `text/plain` takes the bare article, with every option"
        " at its default. `Accept` says in which form the answer comes: JSON by default, JSON-LD, CSV, Markdown or a page of its own."
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
    seen = seen_in(request.scope)
    try:
        form = accepted_form(request)
        workers.check_room()  # before the body is taken in: to send somebody away must cost nothing
        article = await requested_article(request, settings)
        seen.characters = len(article.text)
        seen.text = article.text if settings.log_text else None
        reply = await unless_left(request, workers.answer(article, form))
    except QueueFullError as error:
        raise ProblemException(QUEUE_FULL, str(error), headers=_retry_after(error.retry_after)) from None
    except WorkersDownError as error:
        raise ProblemException(WORKERS_DOWN, str(error), headers=_retry_after(error.retry_after)) from None
    except FatalArticleError as error:
        raise ProblemException(FATAL_ARTICLE, str(error)) from None
    except TooSlowError as error:
        raise ProblemException(TOO_SLOW, str(error)) from None
    if reply is None:
        return Response(b"", status_code=_LEFT)
    if isinstance(reply, Refused):
        raise_refusal(reply.error, reply.detail)
    seen.note_reply(reply)
    headers = {SERVER_TIMING: server_timing(reply)}
    if form.media_type == "text/html":
        headers["Content-Security-Policy"] = PAGE_POLICY
    return Response(reply.body, media_type=form.media_type, headers=headers)


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
        raise ProblemException(WORKERS_DOWN, reason, headers=_retry_after(WorkersDownError.retry_after))
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
