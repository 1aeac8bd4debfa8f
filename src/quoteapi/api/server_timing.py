"""Server-Timing: the header that shows where an answer's time went, also in a browser's developer tools."""

from quoteapi.processes import Reply

HEADER = "Server-Timing"


def server_timing(reply: Reply) -> str:
    """Return the header's value: milliseconds in the queue and in each stage of the engine."""
    return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in ({"queue": reply.waited} | reply.stages).items())
