"""Serving: runs the application on an address, with uvicorn; one line says what runs, or why nothing does."""

import errno
import logging
import math
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import msgspec
import structlog
import uvicorn
from litestar.types import ASGIApp
from msgspec import Struct

from quoteapi.__about__ import __version__
from quoteapi.api.connections import HEAD_SIZE, patient_protocol
from quoteapi.api.logs import configure_logging
from quoteapi.errors import QuoteapiError
from quoteapi.settings import Settings

logger = structlog.get_logger("quoteapi")

_BACKLOG = 2048
"""Connections that may wait to be accepted; uvicorn's own default."""


_META = Path(__file__).parents[1] / "weights" / "en_quotes" / "meta.json"


class _Meta(Struct):
    lang: str
    name: str
    version: str


class AddressError(QuoteapiError):
    """The server cannot listen on its address; says why."""

    def __init__(self, settings: Settings, error: OSError) -> None:
        if error.errno == errno.EADDRINUSE:
            reason = "another program listens there already: stop it, or take another port with --port or QUOTEAPI_PORT"
        else:
            reason = f"{error.strerror}: see --host and --port, or QUOTEAPI_HOST and QUOTEAPI_PORT"
        super().__init__(f"Port {settings.port} of {settings.host} cannot be listened on; {reason}.")


def serve_app(app: ASGIApp, settings: Settings) -> bool:
    """Serve until this process is told to stop; return whether it ever served.

    Raises:
        AddressError: The server cannot listen on the address.
    """
    with ExitStack() as stack:
        sockets = [stack.enter_context(listener) for listener in listening(settings)]
        configure_logging(settings.log_level)
        logging.getLogger("uvicorn.error").addFilter(_is_worth_logging)  # one line says that it runs, not five
        port = sockets[0].getsockname()[1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        logger.info(
            "quoteapi serves",
            version=__version__,
            pipeline=settings.pipeline or _packaged_pipeline(),
            workers=settings.worker_count,
            address=f"http://{host}:{port}",
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                http=patient_protocol(settings.header_timeout, with_readers=settings.body_timeout),
                ws="none",
                h11_max_incomplete_event_size=HEAD_SIZE,
                forwarded_allow_ips="*" if "*" in settings.forwarded_allow_ips else list(settings.forwarded_allow_ips),
                timeout_graceful_shutdown=math.ceil(settings.longest_wait),
            )
        )
        with suppress(KeyboardInterrupt):
            server.run(sockets)
    return server.started


def _is_worth_logging(record: logging.LogRecord) -> bool:
    """Whether to log a line of uvicorn's own: only that it stops, and what is wrong."""
    return record.levelno >= logging.WARNING or record.getMessage() == "Shutting down"


def listening(settings: Settings) -> list[socket.socket]:
    """Return a listening socket for each address of the host, all on one port.

    Raises:
        AddressError: The server cannot listen on one of them.
    """
    sockets: list[socket.socket] = []
    port = settings.port
    try:
        found = socket.getaddrinfo(settings.host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((family, address) for family, *_, address in found):
            sockets.append(socket.create_server((address[0], port, *address[2:]), family=family, backlog=_BACKLOG))
            port = port or sockets[0].getsockname()[1]
    except OSError as error:
        for listener in sockets:
            listener.close()
        raise AddressError(settings, error) from None
    return sockets


def _packaged_pipeline() -> str:
    """Return the name and version of the packaged pipeline, which only the workers load."""
    try:
        meta = msgspec.json.decode(_META.read_bytes(), type=_Meta)
    except (OSError, msgspec.DecodeError):
        return "packaged"  # the workers report what is wrong with it
    return f"{meta.lang}_{meta.name} {meta.version}"
