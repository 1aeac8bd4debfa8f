"""What Schemathesis finds and is none: a failure, narrowly described, for the whole suite; and how a stream is sent."""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,  # noqa: ARG001  hooks are found by their arguments' names
    failure: Exception,
    case: schemathesis.Case,
    response: schemathesis.Response,  # noqa: ARG001  the same
) -> bool:
    """Keep a failure, but for the acceptance of a stream's body, whatever it is: its lines are refused one by one."""
    return not (isinstance(failure, AcceptedNegativeData) and case.operation.path == "/quotes/batch")


@schemathesis.serializer("application/x-ndjson")
def lines(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines of JSON, which the document describes as a text."""
    return str(value).encode(errors="replace")
