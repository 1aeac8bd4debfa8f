"""Costs: how much work an article is likely to be, estimated before it is read, in characters of plain news."""

from quoteapi.structs import Article

_MARKS = '“”„«»"'
"""Double quotation marks; single ones are mostly apostrophes."""
_MARK = 40
"""Characters that a mark costs: 2,300 characters with 240 marks take five times as long as the same length of ordinary news."""
_INDIRECT = 6
"""How many times as long reported speech makes an article without marks take."""


def cost_of(article: Article) -> int:
    """The work that an article is likely to be; at least 1."""
    text = article.text
    characters = len(text) * (_INDIRECT if "indirect" in article.include else 1)
    return max(1, characters + _MARK * sum(text.count(mark) for mark in _MARKS))
