"""Server-Timing: the header that tells a caller, in its browser's tools too, where an answer's time went."""

from quoteapi.processes import Reply

HEADER = "Server-Timing"


def server_timing(reply: Reply) -> str:
    """The header's value: milliseconds in the queue and in each stage of the engine."""
    return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in ({"queue": reply.waited} | reply.stages).items())
