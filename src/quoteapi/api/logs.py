"""Logs: a line an event on standard error, for people at a terminal and as JSON elsewhere; no word of an article unless asked for."""

import io
import logging
import sys
from typing import Any, TextIO

import structlog

from quoteapi.api.request_records import RequestRecord
from quoteapi.escapes import escaped, escaped_json

logger = structlog.get_logger("quoteapi")

_TOLD = (
    "method",
    "route",
    "path",
    "status",
    "seconds",
    "caller",
    "problem",
    "characters",
    "quotes",
    "waited",
    "read",
    "text",
    "lines",
    "refused",
)

_CHECKS, _FIGURES = ("/health/live", "/health/ready"), "/metrics"


def configure_logging(level: str) -> None:
    """Send everything that is logged in this process, uvicorn's lines too, through structlog.

    Args:
        level: The least severe level that is logged, in lower case.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = (
        [harmless, structlog.dev.ConsoleRenderer(exception_formatter=_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False), _harmless_json]
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


def harmless(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An event on one line whose words, some of them a caller's, do nothing to the terminal."""
    return {name: escaped(value).replace("\n", "\\n") if isinstance(value, str) else value for name, value in event.items()}


def _harmless_json(_: object, __: str, line: str) -> str:
    """The same for a line of JSON."""
    return escaped_json(line)


def _traceback(stream: TextIO, trace: structlog.typing.ExcInfo) -> None:
    """A plain traceback, whose message may be a caller's words, too."""
    written = io.StringIO()
    structlog.dev.plain_traceback(written, trace)
    stream.write(escaped(written.getvalue()))


def log_request(seen: RequestRecord) -> None:
    """A line for a request that was answered, with what is known of it; at level debug for what machines ask every few seconds.

    Figures that were refused are no such thing: somebody may be trying keys.
    """
    asked_often = seen.path in _CHECKS or (seen.path == _FIGURES and seen.problem is None)
    log = logger.debug if asked_often else logger.info
    told = {name: value for name in _TOLD if (value := getattr(seen, name)) is not None}
    log("request", **{name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()})
