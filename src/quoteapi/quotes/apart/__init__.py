"""Words set apart: quotes without marks that the layout sets off (a statement after a colon, a letter, a post, a signed line).

Takes the text and its quotes between marks, and returns `Apart` spans, found by form alone. Once the document is parsed they become
`FoundQuote`s, except those whose introduction attributes nothing.
"""

from quoteapi.quotes.apart.found import find_apart, with_apart

__all__ = ["find_apart", "with_apart"]
