"""Tools: what an assistant can call, and how a call is answered; nothing here depends on the protocol."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import structlog
from msgspec import Struct

from quoteapi.api.failures import FAILURES
from quoteapi.api.problem_kinds import BODY_TOO_LARGE, INTERNAL
from quoteapi.api.workers import Workers
from quoteapi.errors import QuoteapiError
from quoteapi.mcp.calls import PART, Call, ExtractCall, VerifyCall
from quoteapi.mcp.results import Check, Extraction, Result
from quoteapi.mcp.shortening import brief_answer, brief_verification
from quoteapi.mcp.wording import check_told, extraction_told
from quoteapi.processes import EngineFailedError, Refused, Task
from quoteapi.request import Sent, WrongShapeError, decode_request
from quoteapi.settings import Settings
from quoteapi.structs import Answer
from quoteapi.verification_structs import Verification

logger = structlog.get_logger("quoteapi")


class Tool(Struct, frozen=True):
    """A tool: how it is described, what it takes and returns, and what the workers do for it."""

    name: str
    title: str
    description: str
    task: Task
    call: type[Call]
    result: type[Result]
    brief: Callable[[bytes, Any], Result]
    """From the workers' answer and the call to the result."""
    told: Callable[[Any], str]
    """The result as text."""

    @property
    def input_schema(self) -> dict[str, Any]:
        """JSON Schema of its arguments."""
        return _schema(self.call)

    @property
    def output_schema(self) -> dict[str, Any]:
        """JSON Schema of its result."""
        return _schema(self.result)


class CallError(QuoteapiError):
    """A call cannot be answered. The message says why, and what to do."""


def _extracted(body: bytes, call: ExtractCall) -> Extraction:
    return brief_answer(msgspec.json.decode(body, type=Answer), call)


def _verified(body: bytes, call: VerifyCall) -> Check:
    return brief_verification(msgspec.json.decode(body, type=Verification), call)


_OFFSETS = (
    " Offsets are half-open and refer to the text that was sent; those of a page or of subtitles to the text that was read from them, which"
    " is not returned. Long texts are shortened in the middle; long lists come in parts: see next_quote."
)

TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            name="extract_quotes",
            title="Extract quotes",
            description=(
                "Who said what in an English news article: every quote with its offsets, its speaker by full name, the speaker's role in"
                " the article's words, and a confidence. It runs on this machine; the text goes nowhere." + _OFFSETS
            ),
            task="extract",
            call=ExtractCall,
            result=Extraction,
            brief=_extracted,
            told=extraction_told,
        ),
        Tool(
            name="verify_quotes",
            title="Verify quotes",
            description=(
                "Checks each quote of a draft, word by word, against the sources that it comes from (transcripts, statements, articles,"
                " subtitles): whether the words stand there, what differs, where, and whether the speaker is the same. Words are compared"
                " as they are written, never by meaning. It runs on this machine; the texts go nowhere." + _OFFSETS
            ),
            task="verify",
            call=VerifyCall,
            result=Check,
            brief=_verified,
            told=check_told,
        ),
    )
}
"""Every tool by its name."""


async def run_tool(tool: Tool, arguments: Mapping[str, Any], workers: Workers, settings: Settings) -> Result:
    """Returns the result of a call. If it is cancelled, it gives up its place in the queue.

    Raises:
        CallError: The arguments are wrong, or the engine cannot answer.
    """
    body = msgspec.json.encode(arguments)
    if len(body) > settings.max_body_size:
        message = f"The arguments have more than {settings.max_body_size:,} bytes. {BODY_TOO_LARGE.meaning}"
        raise CallError(message)
    try:
        call = decode_request(body, tool.call)
        sent = Sent(msgspec.json.encode({name: value for name, value in arguments.items() if name not in PART}))
        reply = await workers.answer(sent, low_priority=True, task=tool.task)
    except WrongShapeError as error:
        raise CallError(_wrong_shape_told(error)) from None
    except EngineFailedError as error:
        logger.error("the engine failed", where=str(error))  # noqa: TRY400  the traceback is the worker's
        raise CallError(INTERNAL.meaning) from None
    except FAILURES as error:
        raise CallError(str(error)) from None
    if isinstance(reply, Refused):
        raise CallError(_wrong_shape_told(WrongShapeError(reply.errors)) if reply.errors else reply.detail)
    return tool.brief(reply.body, call)


def _wrong_shape_told(error: WrongShapeError) -> str:
    """Lists what is wrong with the arguments, one error per line."""
    return "\n".join(["Some arguments are wrong:", *(f"{wrong.pointer}: {wrong.detail}" for wrong in error.errors)])


def _schema(kind: type[Struct]) -> dict[str, Any]:
    """Returns the JSON Schema of a struct, with its object at the root, as the protocol requires."""
    schema = msgspec.json.schema(kind)
    definitions = schema["$defs"]
    root = definitions.pop(kind.__name__)
    return {**root, "$defs": definitions} if definitions else root
