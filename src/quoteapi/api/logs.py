"""Logs: one line per event on standard error, readable at a terminal and as JSON elsewhere; no text of an article unless configured."""

import io
import logging
import sys
from typing import Any, TextIO

import structlog

from quoteapi.api.request_records import RequestRecord
from quoteapi.escapes import escaped, escaped_json

logger = structlog.get_logger("quoteapi")

_LOGGED_FIELDS = (
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
    """Send everything that is logged in this process, also by uvicorn, through structlog.

    Args:
        level: The lowest level that is logged, in lower case.
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
    """Escape an event's strings, some of which come from callers, so that they stay on one line and cannot control the terminal."""
    return {name: escaped(value).replace("\n", "\\n") if isinstance(value, str) else value for name, value in event.items()}


def _harmless_json(_: object, __: str, line: str) -> str:
    """Escape a line of JSON in the same way."""
    return escaped_json(line)


def _traceback(stream: TextIO, trace: structlog.typing.ExcInfo) -> None:
    """Write a plain traceback, escaped, because its message may also come from a caller."""
    written = io.StringIO()
    structlog.dev.plain_traceback(written, trace)
    stream.write(escaped(written.getvalue()))


def log_request(record: RequestRecord) -> None:
    """Log an answered request; at level debug for health checks and metrics, which machines request every few seconds.

    Refused requests for metrics are logged as others are: somebody may be guessing keys.
    """
    is_routine = record.path in _CHECKS or (record.path == _FIGURES and record.problem is None)
    log = logger.debug if is_routine else logger.info
    fields = {name: value for name in _LOGGED_FIELDS if (value := getattr(record, name)) is not None}
    log("request", **{name: round(value, 4) if isinstance(value, float) else value for name, value in fields.items()})
