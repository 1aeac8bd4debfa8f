"""Speakers: coreference resolution, which joins mentions into entities with their fullest names, types and authority-list entries.

Takes a `Doc`, its quotes, mentions and attributions; returns the speakers in the order of their first mention.
"""

from typing import TYPE_CHECKING

from quoteapi.speakers.authority import Authority

if TYPE_CHECKING:
    from quoteapi.speakers.coreference import join_speakers

__all__ = ["Authority", "join_speakers"]


def __getattr__(name: str) -> object:
    """Import `join_speakers` on first use, because comparing names does not need spaCy."""
    if name == "join_speakers":
        from quoteapi.speakers.coreference import join_speakers  # noqa: PLC0415  see above

        return join_speakers
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
