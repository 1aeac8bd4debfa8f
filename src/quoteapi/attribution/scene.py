"""The scene: all that the choice of a quote's source looks at in an article."""

from collections.abc import Sequence

from msgspec import Struct

from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.line import Line

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


class Scene(Struct, frozen=True):
    """An article's quotes and mentions, and the reporter's line."""

    line: Line
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
