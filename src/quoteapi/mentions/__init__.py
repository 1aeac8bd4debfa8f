"""Mentions: the names, noun phrases and pronouns of an article that may stand for somebody.

In come a `Doc` and its quotes, out come the mentions in reading order.
"""

from quoteapi.mentions.finder import find_mentions

__all__ = ["find_mentions"]
