"""What Schemathesis finds and is none: two failures, narrowly described, for the whole suite; and how a stream is sent."""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

from quoteapi.api.kinds import UNREADABLE_PAGE


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,  # noqa: ARG001  hooks are found by their arguments' names
    failure: Exception,
    case: schemathesis.Case,
    response: schemathesis.Response,
) -> bool:
    """Keep a failure, with two exceptions.

    The acceptance of a stream's body, or a page's, whatever it is: a stream's lines are refused one by one, and browsers read anything as
    HTML. And the refusal of a page that has no main text, which no pattern can tell.
    """
    if isinstance(failure, AcceptedNegativeData):
        return case.operation.path != "/quotes/batch" and case.media_type != "text/html"
    return not (isinstance(failure, RejectedPositiveData) and response.json().get("type") == UNREADABLE_PAGE.uri)


@schemathesis.serializer("application/x-ndjson")
def lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines of JSON, which the document describes as a text."""
    return str(value).encode(errors="replace")
