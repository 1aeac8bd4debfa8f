"""Logs: a line an event on standard error, for people at a terminal and as JSON elsewhere; never a word of an article."""

import logging
import sys
import time

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

logger = structlog.get_logger("quoteapi")


def configure_logging(level: str) -> None:
    """Send everything that is logged in this process, uvicorn's lines too, through structlog.

    Args:
        level: The least severe level that is logged, in lower case.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def log_access(app: ASGIApp) -> ASGIApp:
    """The application, with a line in the log for every request that was answered: method, path, status and seconds.

    It stands around the whole application, whose own middleware does not see a request for a route that is not there.
    """

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()

        async def log_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                log = logger.debug if scope["path"].startswith("/health/") else logger.info
                seconds = round(time.perf_counter() - began, 4)
                log("request", method=scope.get("method"), path=scope["path"], status=message["status"], seconds=seconds)
            await send(message)

        await app(scope, receive, log_and_send)

    return logged
