"""Quotes: finds the spans of a text between quotation marks, and joins them into utterances.

Takes the normalized text and, for a page, the quotes that its elements mark; returns `FoundQuote`s in reading order, nested quotes
included. Marked words that are not speech are found too; `kinds` classifies them.
"""

from quoteapi.quotes.elements import with_elements
from quoteapi.quotes.utterances import find_quotes

__all__ = ["find_quotes", "with_elements"]
