"""What Schemathesis finds and is none: some failures, narrowly described, for the whole suite; and how a stream is sent."""

from typing import Any

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

from quoteapi.api.kinds import UNREADABLE_PAGE, UNREADABLE_SUBTITLES, WRONG_SHAPE


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,  # noqa: ARG001  hooks are found by their arguments' names
    failure: Exception,
    case: schemathesis.Case,
    response: schemathesis.Response,
) -> bool:
    """Keep a failure, with some exceptions.

    The acceptance of a stream's body, or a page's, whatever it is: a stream's lines are refused one by one, and browsers read anything as
    HTML. And the refusal of a page that has no main text, of subtitles without a cue, and of two sources with one id, which no schema can
    tell.
    """
    if isinstance(failure, AcceptedNegativeData):
        return case.operation.path != "/quotes/batch" and case.media_type != "text/html"
    return not (isinstance(failure, RejectedPositiveData) and _is_beyond_schemas(response.json()))


def _is_beyond_schemas(problem: dict[str, Any]) -> bool:
    """Whether a problem is one that no schema tells."""
    if problem.get("type") in {UNREADABLE_PAGE.uri, UNREADABLE_SUBTITLES.uri}:
        return True
    errors = problem.get("errors", [])
    return problem.get("type") == WRONG_SHAPE.uri and [error["detail"][:14] for error in errors] == ["Another source"]


@schemathesis.serializer("application/x-ndjson")
def lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines of JSON, which the document describes as a text."""
    return str(value).encode(errors="replace")
