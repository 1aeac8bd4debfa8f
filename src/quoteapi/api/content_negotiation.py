"""Accepting: what a caller wants to have the answer as, read from the header `Accept` (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from litestar import Request
from litestar.datastructures import State
from litestar.datastructures.headers import MediaTypeHeader

from quoteapi.api.kinds import NOT_ACCEPTABLE
from quoteapi.api.problems import ProblemException
from quoteapi.exports import FORMS, Form

_MEDIA_TYPES = [form.media_type for form in FORMS.values()]


def accepted_form(request: Request[None, None, State]) -> Form:
    """The form that the caller wants most; JSON where any will do.

    Raises:
        ProblemException: 406, where the caller wants none of them.
    """
    media_type = best_of(_MEDIA_TYPES, request)
    for form in FORMS.values():
        if form.media_type == media_type:
            return form
    raise ProblemException(NOT_ACCEPTABLE, f"None of the media types in Accept is available: accept one of {', '.join(_MEDIA_TYPES)}.")


def best_of(provided: Sequence[str], request: Request[None, None, State]) -> str | None:
    """The media type that a request wants most, None where it wants none; of equals the one that it names first, then our first.

    Litestar's own choice takes a type for wanted that has `q=0`, and one that only `*/*` lets in for one with a worse `q` of its own.
    """
    ranges = [MediaTypeHeader(part) for part in _accept(request).split(",")]
    best, wanted = None, (0, 0, 0)
    for media_type in map(MediaTypeHeader, provided):
        matching = [(*_priority(ranged), -place) for place, ranged in enumerate(ranges) if media_type.match(ranged)]
        rank = max(matching, key=lambda found: found[1:], default=(0, 0, 0))  # the most specific one counts
        if rank[0] > 0 and (best is None or rank > wanted):
            best, wanted = str(media_type), rank
    return best


def _accept(request: Request[None, None, State]) -> str:
    """The header, however many lines it has; no header accepts everything."""
    return ",".join(request.headers.getall("accept", [])) or "*/*"


def _priority(ranged: MediaTypeHeader) -> tuple[int, int]:
    """A range's quality, in hundredths, and how specific it is; a quality that is no number is none."""
    try:
        return ranged.priority
    except OverflowError:
        return 0, 0
