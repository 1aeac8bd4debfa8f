"""Words set apart: what a page quotes by its layout, without marks (a statement below a colon, a letter, a post, a signed line).

In come the text and its marked quotes, out go `Apart` stretches, told by their form alone; with the document at hand they become
`FoundQuote`s, those left out whose introduction hands nothing over.
"""

from quoteapi.quotes.apart.found import find_apart, with_apart

__all__ = ["find_apart", "with_apart"]
