"""Quotes: the stretches of a text that stand between marks, joined into utterances.

In comes the reading text, of a page with the quotes that its elements set apart, out go `FoundQuote`s in reading order, quotes within
quotes included. What is between marks and is nobody's speech is found here, too; another part of this stage tells the kinds apart.
"""

from quoteapi.quotes.elements import with_elements
from quoteapi.quotes.utterances import find_quotes

__all__ = ["find_quotes", "with_elements"]
