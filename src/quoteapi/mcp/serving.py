"""Serving: the tools on standard input and output, by the SDK of the Model Context Protocol; logs go to standard error."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import structlog
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolDescription

from quoteapi.__about__ import __version__
from quoteapi.api.logs import configure_logging
from quoteapi.api.workers import Workers
from quoteapi.mcp.tools import TOOLS, CallError, Tool, run_tool
from quoteapi.settings import Settings

logger = structlog.get_logger("quoteapi")

INSTRUCTIONS = (
    "quoteapi finds who said what in English news articles, and checks a draft's quotes against its sources. It can be wrong: tell the"
    " person whom you help how sure a speaker is (confidence), and let them check before anything is published. Never change the words of"
    " a quote to what a source says without saying so."
)


def run(settings: Settings, *, engine: str) -> None:
    """Serves one client until it closes standard input."""
    configure_logging(settings.log_level)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a thread waits for standard input, and Python would wait for the thread
    asyncio.run(_serve(msgspec.structs.replace(settings, workers=settings.workers or 1), engine))


async def _serve(settings: Settings, engine: str) -> None:
    workers = Workers(settings, engine=engine)

    @asynccontextmanager
    async def lifespan(_: Server[None]) -> AsyncIterator[None]:
        """Runs the workers. They start after the SDK has taken standard output, so what they print goes to standard error."""
        workers.start()
        logger.info("quoteapi serves an assistant", version=__version__, workers=settings.worker_count)
        try:
            yield
        finally:
            await workers.stop()

    async def call_tool(_: ServerRequestContext[None], params: CallToolRequestParams) -> CallToolResult:
        if params.name not in TOOLS:
            raise MCPError(INVALID_PARAMS, f"The tool “{params.name}” is unknown: call {' or '.join(TOOLS)}.")
        return await _called(TOOLS[params.name], params, workers, settings)

    server = Server(
        "quoteapi",
        version=__version__,
        instructions=INSTRUCTIONS,
        lifespan=lifespan,
        on_list_tools=_list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _list_tools(_: ServerRequestContext[None], __: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])


def _described(tool: Tool) -> ToolDescription:
    """Describes a tool in the terms of the protocol: it changes nothing and contacts no other machine."""
    return ToolDescription(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False),
    )


async def _called(tool: Tool, params: CallToolRequestParams, workers: Workers, settings: Settings) -> CallToolResult:
    """Returns the result of a call, or an error that the assistant can act on."""
    began = time.monotonic()
    try:
        result = await run_tool(tool, params.arguments or {}, workers, settings)
    except CallError as error:
        logger.info("call refused", tool=tool.name, seconds=round(time.monotonic() - began, 4))
        return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
    logger.info("call", tool=tool.name, seconds=round(time.monotonic() - began, 4), quotes=result.total)
    return CallToolResult(content=[TextContent(text=tool.told(result))], structured_content=msgspec.to_builtins(result))
