"""Routes: the articles', the problems', the health checks' and the metrics'."""

from typing import Annotated, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.openapi.spec import Example
from litestar.params import PathParameter, SkipValidation
from msgspec import Meta, Struct

from quoteapi.api.body import raise_refusal, requested_article
from quoteapi.api.document import SECURITY, DescribedOperation, MetricsOperation, QuotesOperation, documented, documented_problems
from quoteapi.api.examples import ANSWER
from quoteapi.api.leaving import unless_left
from quoteapi.api.metrics import Metrics
from quoteapi.api.problems import (
    EMPTY_TEXT,
    FATAL_ARTICLE,
    KINDS,
    QUEUE_FULL,
    TOO_SLOW,
    WORKERS_DOWN,
    ProblemException,
    ProblemKind,
)
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


class ProblemDescription(Struct, frozen=True):
    """A kind of problem, described."""

    type: Annotated[str, Meta(description="The URI that problems of this kind carry.", examples=["/problems/empty-text"])]
    title: Annotated[str, Meta(description="The kind in words.", examples=["The text is empty"])]
    status: Annotated[int, Meta(description="The HTTP status it comes with.", examples=[422])]
    meaning: Annotated[str, Meta(description="What it means, and what to do.", examples=["Send a text that is more than white space."])]


def _retry_after(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


def _described(kind: ProblemKind) -> ProblemDescription:
    return ProblemDescription(type=kind.uri, title=kind.title, status=kind.status, meaning=kind.meaning)


@post(
    "/quotes",
    status_code=200,
    operation_id="extractQuotes",
    operation_class=QuotesOperation,
    summary="Extract quotes",
    description=(
        "Reads an article and answers with every quote in it: its exact offsets in the text that was sent, its speaker with the fullest"
        " name that the article gives, the speaker's role, and how sure that is. `text/plain` takes the bare article, with every option"
        " at its default."
    ),
    tags=["quotes"],
    responses={
        200: documented(ANSWER, "The article's quotes and speakers."),
        **documented_problems(400, 401, 408, 413, 415, 422, 429, 500, 503, 504),
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
        workers.check_room()  # before the body is taken in: to send somebody away must cost nothing
        article = await requested_article(request, settings)
        seen.characters = len(article.text)
        seen.text = article.text if settings.log_text else None
        reply = await unless_left(request, workers.answer(article))
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
    return Response(reply.body, media_type="application/json", headers={SERVER_TIMING: server_timing(reply)})


@get(
    "/problems/{name:str}",
    operation_id="describeProblem",
    operation_class=DescribedOperation,
    summary="Describe a problem",
    description="What a problem's `type` stands for.",
    tags=["problems"],
    responses={200: documented(_described(EMPTY_TEXT), "The kind of problem."), **documented_problems(404)},
)
async def describe_problem(
    name: Annotated[str, PathParameter(description="The last part of a problem's `type`.", examples=[Example(value="empty-text")])],
) -> Response[bytes]:
    """Describe a kind of problem."""
    if (kind := KINDS.get(name)) is None:
        raise NotFoundException
    return Response(msgspec.json.encode(_described(kind)), media_type="application/json")


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
