"""Content negotiation: chooses the form of an answer by the header `Accept` (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from litestar import Request
from litestar.datastructures import State
from litestar.datastructures.headers import MediaTypeHeader

from quoteapi.api.problem_kinds import NOT_ACCEPTABLE
from quoteapi.api.problems import ProblemException
from quoteapi.exports import FORMS, Form

_MEDIA_TYPES = [form.media_type for form in FORMS.values()]


def accepted_form(request: Request[None, None, State]) -> Form:
    """Return the form that the caller prefers; JSON if any will do.

    Raises:
        ProblemException: 406, if the caller accepts none of them.
    """
    media_type = best_of(_MEDIA_TYPES, request)
    for form in FORMS.values():
        if form.media_type == media_type:
            return form
    raise ProblemException(NOT_ACCEPTABLE, f"None of the media types in Accept is available: accept one of {', '.join(_MEDIA_TYPES)}.")


def best_of(provided: Sequence[str], request: Request[None, None, State]) -> str | None:
    """Return the media type that a request prefers, None if it accepts none; of equals the one that it names first, then our first.

    Litestar's own choice accepts a type with `q=0`, and lets `*/*` override a lower `q` that a type has of its own.
    """
    ranges = [MediaTypeHeader(part) for part in _accept(request).split(",")]
    best, best_rank = None, (0, 0, 0)
    for media_type in map(MediaTypeHeader, provided):
        matching = [(*_priority(ranged), -place) for place, ranged in enumerate(ranges) if media_type.match(ranged)]
        rank = max(matching, key=lambda found: found[1:], default=(0, 0, 0))  # the most specific one counts
        if rank[0] > 0 and (best is None or rank > best_rank):
            best, best_rank = str(media_type), rank
    return best


def _accept(request: Request[None, None, State]) -> str:
    """Return the header, its lines joined; without one, everything is accepted."""
    return ",".join(request.headers.getall("accept", [])) or "*/*"


def _priority(ranged: MediaTypeHeader) -> tuple[int, int]:
    """Return a range's quality, in hundredths, and how specific it is; an infinite quality counts as zero."""
    try:
        return ranged.priority
    except OverflowError:
        return 0, 0
