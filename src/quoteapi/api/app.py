"""The application: routes, OpenAPI document, workers and middleware, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License, Tag
from litestar.types import ASGIApp

from quoteapi.__about__ import __version__
from quoteapi.api.callers import admission
from quoteapi.api.cors import cors_config, explain_preflights
from quoteapi.api.head_requests import answer_heads
from quoteapi.api.headers import secure
from quoteapi.api.keys import ApiKeys
from quoteapi.api.logs import log_request
from quoteapi.api.metrics import Metrics
from quoteapi.api.openapi_document import DESCRIPTION, PROBLEMS, SECURITY_SCHEMES, TITLE, describe_structs
from quoteapi.api.openapi_pages import asset_router, page_plugins, page_router
from quoteapi.api.problem_pages import ProblemDescription, describe_problem, list_problems
from quoteapi.api.problems import answer_exception, answer_http_exception
from quoteapi.api.rates import Rates
from quoteapi.api.request_ids import identify
from quoteapi.api.request_records import watch
from quoteapi.api.routes import Health, check_live, check_ready, extract_quotes, extract_quotes_of_many, read_metrics, verify_quotes
from quoteapi.api.stream_places import StreamPlaces
from quoteapi.api.telemetry import trace_requests, tracer_provider
from quoteapi.api.web_pages import page_handlers
from quoteapi.api.workers import Workers
from quoteapi.processes import ENGINE
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, LineProblem, Problem
from quoteapi.verification_structs import Verification, VerificationRequest

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_TAGS = [
    Tag(name="quotes", description="Send articles, get quotes with speakers and roles."),
    Tag(name="problems", description=PROBLEMS),
    Tag(name="health", description="For operators."),
]


def create_app(settings: Settings, *, engine: str = ENGINE) -> ASGIApp:
    """Create the ASGI application; its engine processes start and end with it.

    Args:
        settings: Its configuration; host, port and proxies concern only the server.
        engine: Import path of the factory that makes an engine from the settings, `module:name`.

    Raises:
        KeysError: The file of API keys cannot be used.
        TelemetryMissingError: Traces are requested, but the extra is not installed.
    """
    metrics, workers = Metrics(), Workers(settings, engine=engine)
    metrics.follow(workers.figures)
    provider = tracer_provider() if settings.telemetry else None
    app = secure(explain_preflights(_routed_app(settings, workers, metrics, provider)))
    if provider is not None:
        app = trace_requests(app, provider)
    return identify(watch(answer_heads(app), (log_request, metrics.count)))


def openapi_json() -> str:
    """Return the OpenAPI document, indented and ending in a line break, exactly as in `openapi/openapi.json`."""
    settings = Settings()
    document = _routed_app(settings, Workers(settings), Metrics(), None).openapi_schema.to_schema()
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _routed_app(settings: Settings, workers: Workers, metrics: Metrics, provider: "TracerProvider | None") -> Litestar:
    """Create the Litestar application; the middleware around it also sees requests that match no route."""

    @asynccontextmanager
    async def run_workers(_: Litestar) -> AsyncIterator[None]:
        workers.start()
        try:
            yield
        finally:
            await workers.stop()
            if provider is not None:
                await asyncio.to_thread(provider.shutdown)

    places = StreamPlaces(settings.streams, each=settings.streams_per_caller)
    keys = None if settings.api_keys is None else ApiKeys(Path(settings.api_keys))
    rates = None if settings.rate_limit is None else Rates(settings.rate_limit)
    reading = Router("/", route_handlers=[extract_quotes, extract_quotes_of_many, verify_quotes], middleware=[admission(keys, rates)])
    figures = Router("/", route_handlers=[read_metrics], middleware=[admission(keys, rates, tries_alone=True)])
    app = Litestar(
        route_handlers=[
            reading,
            list_problems,
            describe_problem,
            check_live,
            check_ready,
            figures,
            asset_router(),
            *page_handlers(),
        ],
        dependencies={
            "workers": Provide(lambda: workers, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "places": Provide(lambda: places, sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
        },
        exception_handlers={HTTPException: answer_http_exception, Exception: answer_exception},
        lifespan=[run_workers],
        logging_config=None,
        cors_config=cors_config(settings),
        openapi_config=OpenAPIConfig(
            title=TITLE,
            version=__version__,
            description=DESCRIPTION,
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            tags=_TAGS,
            components=Components(security_schemes=dict(SECURITY_SCHEMES)),
            render_plugins=page_plugins(),
            openapi_router=page_router(),
        ),
    )
    describe_structs(app, [Article, Answer, VerificationRequest, Verification, Problem, LineProblem, ProblemDescription, Health])
    return app
