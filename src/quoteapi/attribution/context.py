"""The context: an article as attribution sees it."""

from collections.abc import Sequence

from msgspec import Struct

from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.reporter_line import ReporterLine

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


class AttributionContext(Struct, frozen=True):
    """The quotes and mentions of an article, and the reporter's line, in which each quoted span is one item."""

    line: ReporterLine
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
