"""Mentions: the names, noun phrases and pronouns of an article that may refer to a speaker.

Takes a `Doc` and its quotes; returns the mentions in reading order.
"""

from quoteapi.mentions.finder import find_mentions

__all__ = ["find_mentions"]
