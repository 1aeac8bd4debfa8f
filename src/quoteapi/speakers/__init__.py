"""Speakers: mentions joined into somebodies, each with the fullest form of its name, its type and its entry in the authority list.

In come a `Doc`, its quotes, mentions and attributions, out come the speakers in the order of their first mention.
"""

from quoteapi.speakers.authority import Authority
from quoteapi.speakers.join import join_speakers

__all__ = ["Authority", "join_speakers"]
