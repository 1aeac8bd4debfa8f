"""The MCP server: the tools `extract_quotes` and `verify_quotes` for writing assistants, on standard input and output.

In goes a call of a tool with the fields of a request, out comes a result that is short enough for an assistant's context. `tools` leads
from one to the other by way of the worker processes; only `serving` needs the extra `[mcp]`.
"""

from quoteapi.errors import ExtraMissingError
from quoteapi.processes import ENGINE
from quoteapi.settings import Settings

__all__ = ["serve"]


def serve(settings: Settings, *, engine: str = ENGINE) -> None:
    """Serves one client until it closes standard input.

    Args:
        settings: Those of the service; if they name no number of workers, there is one.
        engine: Names what makes the engine from the settings, as `module:name`.

    Raises:
        ExtraMissingError: The SDK is not installed.
    """
    try:
        from quoteapi.mcp.serving import run  # noqa: PLC0415  only this server needs the extra
    except ModuleNotFoundError:
        raise ExtraMissingError(need="The MCP server needs the package mcp", extra="mcp") from None
    run(settings, engine=engine)
