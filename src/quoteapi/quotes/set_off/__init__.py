"""Words set off: quotes without marks that the layout sets off (a statement after a colon, a letter, a post, a signed line).

Takes the text and its quotes between marks, and returns `SetOffText` spans, found by form alone. Once the document is parsed they become
`FoundQuote`s, except those whose introduction attributes nothing.
"""

from quoteapi.quotes.set_off.finder import find_set_off, with_set_off

__all__ = ["find_set_off", "with_set_off"]
