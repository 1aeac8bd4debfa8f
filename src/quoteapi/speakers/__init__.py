"""Speakers: coreference resolution, which joins mentions into entities with their fullest names, types and authority-list entries.

Takes a `Doc`, its quotes, mentions and attributions; returns the speakers in the order of their first mention.
"""

from quoteapi.speakers.authority import Authority
from quoteapi.speakers.join import join_speakers

__all__ = ["Authority", "join_speakers"]
