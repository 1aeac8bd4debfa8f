"""Schemathesis hooks: known false positives, narrowly described, and the serialization of a stream."""

from typing import Any

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

from quoteapi.api.problem_kinds import UNREADABLE_PAGE, UNREADABLE_SUBTITLES, WRONG_SHAPE


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,  # noqa: ARG001  hooks are recognized by their argument names
    failure: Exception,
    case: schemathesis.Case,
    response: schemathesis.Response,
) -> bool:
    """Keep a failure unless it is a known false positive.

    These are the acceptance of any stream or HTML page (lines of a stream are refused one by one, and browsers read anything as HTML), and
    the refusal of a page without main text, of subtitles without a cue, and of two sources with one id, none of which a schema can express.
    """
    if isinstance(failure, AcceptedNegativeData):
        return case.operation.path != "/quotes/batch" and case.media_type != "text/html"
    return not (isinstance(failure, RejectedPositiveData) and _is_beyond_schemas(response.json()))


def _is_beyond_schemas(problem: dict[str, Any]) -> bool:
    """Whether a problem is one that no schema can express."""
    if problem.get("type") in {UNREADABLE_PAGE.uri, UNREADABLE_SUBTITLES.uri}:
        return True
    errors = problem.get("errors", [])
    return problem.get("type") == WRONG_SHAPE.uri and [error["detail"][:14] for error in errors] == ["Another source"]


@schemathesis.serializer("application/x-ndjson")
def lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """JSON lines, which the OpenAPI document describes as a string."""
    return str(value).encode(errors="replace")
