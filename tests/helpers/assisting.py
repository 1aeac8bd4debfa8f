"""An assistant: the SDK's own client, with `quoteapi mcp` in a process of its own behind it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, Tool

from serving import SERVE

if TYPE_CHECKING:
    from concurrent.futures import Future

SERVE_POISONED = """
from functools import partial
import quoteapi.mcp
from quoteapi.cli import main
quoteapi.mcp.serve = partial(quoteapi.mcp.serve, engine="poisoned:{maker}")
main()
"""
"""The same command, with the poisoned engine of a maker."""


class Assistant(NamedTuple):
    """A client that is connected, and the thread that it lives in."""

    client: Client
    portal: BlockingPortal
    log: Path
    """What the server writes on standard error."""

    def tools(self) -> dict[str, Tool]:
        """The tools by name."""
        return {tool.name: tool for tool in self.portal.call(self.client.list_tools).tools}

    def call(self, tool: str, **arguments: Any) -> CallToolResult:  # noqa: ANN401  whatever a test sends
        """The result of a call."""
        return self.portal.call(self.client.call_tool, tool, arguments)

    def start(self, tool: str, **arguments: Any) -> "Future[CallToolResult]":  # noqa: ANN401  the same
        """A call whose result is still to come."""
        return self.portal.start_task_soon(self.client.call_tool, tool, arguments)

    def ping(self) -> None:
        """Return when the server has answered a ping."""
        self.portal.call(self.client.session.send_ping)


def command(program: str = SERVE) -> list[str]:
    """What starts the server."""
    return [sys.executable, "-c", program, "mcp"]


def environment(**settings: str) -> dict[str, str]:
    """Where the server finds the poisoned engine, and its settings."""
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, **settings}


@contextmanager
def assisting(folder: Path, *, program: str = SERVE, mode: Literal["auto", "legacy"] = "auto", **settings: str) -> Iterator[Assistant]:
    """A client with a server behind it, which ends with it. The mode `legacy` is that of today's assistants."""
    log = folder / "mcp.log"
    executable, *arguments = command(program)
    parameters = StdioServerParameters(command=executable, args=arguments, env=environment(**settings))
    with log.open("w", encoding="utf-8") as stderr, start_blocking_portal() as portal:
        client = Client(stdio_client(parameters, errlog=stderr), mode=mode)
        with portal.wrap_async_context_manager(client):
            yield Assistant(client, portal, log)
