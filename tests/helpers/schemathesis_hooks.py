"""What Schemathesis finds and is none: three failures, narrowly described, for the whole suite; and how a stream is sent."""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

from quoteapi.api.kinds import UNREADABLE_PAGE, UNSUPPORTED_INCLUDE


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,  # noqa: ARG001  hooks are found by their arguments' names
    failure: Exception,
    case: schemathesis.Case,
    response: schemathesis.Response,
) -> bool:
    """Keep a failure, with three exceptions.

    The refusal of `include: indirect`: it is in the contract, and docs/accuracy.md says that it is not there. The acceptance of a
    stream's body, or a page's, whatever it is: a stream's lines are refused one by one, and browsers read anything as HTML. And the
    refusal of a page that has no main text, which no pattern can tell.
    """
    if isinstance(failure, AcceptedNegativeData):
        return case.operation.path != "/quotes/batch" and case.media_type != "text/html"
    if isinstance(failure, RejectedPositiveData) and response.json().get("type") == UNREADABLE_PAGE.uri:
        return False
    refused = response.status_code == UNSUPPORTED_INCLUDE.status and response.json()["type"] == UNSUPPORTED_INCLUDE.uri
    return not (isinstance(failure, RejectedPositiveData) and refused and "indirect" in case.body.get("include", ()))


@schemathesis.serializer("application/x-ndjson")
def lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines of JSON, which the document describes as a text."""
    return str(value).encode(errors="replace")
