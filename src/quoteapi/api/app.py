"""The application: the routes, their document, the workers' life and the problems, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import License, Tag

from quoteapi.__about__ import __version__
from quoteapi.api.document import DESCRIPTION, TITLE, describe_structs
from quoteapi.api.pages import asset_router, page_plugins, page_router
from quoteapi.api.problems import answer_exception, answer_http_exception
from quoteapi.api.routes import Health, ProblemDescription, check_live, check_ready, describe_problem, extract_quotes
from quoteapi.api.workers import Workers
from quoteapi.processes import ENGINE
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Problem

_TAGS = [
    Tag(name="quotes", description="Articles in, quotes with speakers and roles out."),
    Tag(name="problems", description="What the `type` of an error stands for."),
    Tag(name="health", description="For those who run the server."),
]


def create_app(settings: Settings, *, engine: str = ENGINE) -> Litestar:
    """The ASGI application; its engine processes start and end with it.

    Args:
        settings: How it runs; host and port are for whoever serves it.
        engine: Names what makes an engine from the settings, as `module:name`.
    """
    workers = Workers(settings, engine=engine)

    @asynccontextmanager
    async def run_workers(_: Litestar) -> AsyncIterator[None]:
        workers.start()
        try:
            yield
        finally:
            await workers.stop()

    app = Litestar(
        route_handlers=[extract_quotes, describe_problem, check_live, check_ready, asset_router()],
        dependencies={
            "workers": Provide(lambda: workers, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
        },
        exception_handlers={HTTPException: answer_http_exception, Exception: answer_exception},
        lifespan=[run_workers],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title=TITLE,
            version=__version__,
            description=DESCRIPTION,
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            tags=_TAGS,
            render_plugins=page_plugins(),
            openapi_router=page_router(),
        ),
    )
    describe_structs(app, [Article, Answer, Problem, ProblemDescription, Health])
    return app


def openapi_json() -> str:
    """The OpenAPI document, indented, ending with a line break, as `openapi/openapi.json` holds it."""
    document = create_app(Settings()).openapi_schema.to_schema()
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
