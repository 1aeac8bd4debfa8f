"""The scene: what attribution looks at in an article."""

from collections.abc import Sequence

from msgspec import Struct

from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.line import Line

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


class Scene(Struct, frozen=True):
    """The quotes and mentions of an article, and the reporter's line, in which each quoted span is one item."""

    line: Line
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
