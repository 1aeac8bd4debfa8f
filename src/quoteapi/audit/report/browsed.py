"""What a report's reader sorts, searches and opens: voices with their quotes, repeated quotes and doubtful joins, as JSON."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import msgspec
import polars as pl
from msgspec import Struct

from quoteapi.audit.records import OUTLETS, named
from quoteapi.audit.structs import VOICED, Reason
from quoteapi.audit.tables import Tables

VOICES = 20_000
"""Voices in a report at most."""
QUOTES_OF_A_VOICE = 100
"""Quotes that a voice shows at most, the latest ones."""
QUOTES = 20_000
"""Quotes in a report at most, those of the most-heard voices."""
REPEATED = 1_000
"""Repeated quotes in a report at most."""
DOUBTFUL = 2_000
"""Doubtful joins in a report at most."""
ARTICLES_OF_A_QUOTE = 50
TITLES = ("title", "headline")
"""Names of columns that hold an article's headline."""
LINKS = ("url", "link")
"""Names of columns that say where an article is."""
CONTEXTS = ("context",)
"""Names of columns that hold the words around a quote."""
REASONS: dict[Reason, tuple[str, str]] = {
    "short_name": ("Only one word of the name", "Add it as an alias to your list of people."),
    "common_name": ("Many people have the name, and no fact supports the join", "Look at the articles."),
    "several_bearers": ("Several people have the name", "Look at the articles."),
    "contradiction": ("The roles differ", "Look at the articles."),
    "other_country_and_office": ("Another country and another office", "Nothing: they are most likely namesakes."),
    "name_differs": ("A variant of the name, and no fact supports the join", "Add it as an alias to your list of people."),
    "generic_name": ("Many places have such an organization", "Add it as an alias to your list of people."),
    "acronym": ("An acronym of the name", "Add it as an alias to your list of people."),
}
"""Why two are not joined, and what to do."""
_LINE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Browsed(Struct, frozen=True):
    """The data of a page's script, and how much of each table it has.

    Args:
        data: JSON that may stand in an element `script`.
        voices: How many voices it has, and how many there are.
        quoted: How many of the voices have their quotes.
        cut: Whether a voice has more quotes than it shows.
        repeated: As `voices`, of the quotes that stand in several articles.
        doubtful: As `voices`, of the joins that were not made.
    """

    data: str
    voices: tuple[int, int]
    quoted: int
    cut: bool
    repeated: tuple[int, int]
    doubtful: tuple[int, int]


class _Articles:
    """Articles by number, so that each stands in the page once."""

    def __init__(self, appearances: pl.DataFrame, outlet_column: str | None) -> None:
        columns = dict.fromkeys(appearances.columns)
        names = [outlet_column or named(columns, OUTLETS), "date", named(columns, TITLES), named(columns, LINKS)]
        chosen = [pl.col(name).alias(str(at)) if name in columns else pl.lit(None).alias(str(at)) for at, name in enumerate(names)]
        each = appearances.select("article", *chosen).unique("article", keep="first", maintain_order=True)
        self._told = {row[0]: row for row in each.iter_rows()}
        self._numbers: dict[str, int] = {}
        self.rows: list[list[str | None]] = []

    def number(self, article: str) -> int:
        """The number of an article, whose row is there from now on: its id, outlet, date, headline and link."""
        if article not in self._numbers:
            self._numbers[article] = len(self.rows)
            *told, address = self._told[article]
            self.rows.append([*told, address if _is_web(address) else None])
        return self._numbers[article]


def browsed(tables: Tables, outlet_column: str | None = None) -> Browsed:
    """What a report's script shows.

    Args:
        tables: Of the archive.
        outlet_column: The column of the outlet; None looks for the usual names.
    """
    articles = _Articles(tables.appearances, outlet_column)
    voiced = tables.voices.filter(pl.col("type").is_in(VOICED))
    shown = voiced.head(VOICES)
    quotes = _quotes_of(shown, tables, articles)
    often = tables.quotes.filter(pl.col("articles") > 1).sort("articles", "quote", descending=[True, False])
    repeated = list(_repeated(often.head(REPEATED), tables.appearances, articles))
    doubtful = tables.doubtful.head(DOUBTFUL)
    data = {
        "voices": [
            [*row, quotes.get(row[0], [])]
            for row in shown.select(
                "voice", "name", "type", "articles", "quotes", "appearances", "words", "first", "last", "same_as", "forms",
                pl.col("roles"),
            ).iter_rows()
        ],
        "repeated": repeated,
        "doubtful": list(doubtful.select("name", "other_name", "reason", "detail", "articles", "voice", "other").iter_rows()),
        "articles": articles.rows,
        "reasons": REASONS,
    }  # fmt: skip
    return Browsed(
        msgspec.json.encode(data).decode().translate(_LINE),
        (len(shown), len(voiced)),
        len(quotes),
        any(count > QUOTES_OF_A_VOICE for count in shown["appearances"].to_list()),
        (len(repeated), len(often)),
        (len(doubtful), len(tables.doubtful)),
    )


def _quotes_of(voices: pl.DataFrame, tables: Tables, articles: _Articles) -> dict[str, list[list[Any]]]:
    """The latest quotes of the voices, as far as a page has room for them."""
    room = pl.col("appearances").clip(upper_bound=QUOTES_OF_A_VOICE).cum_sum() <= QUOTES
    chosen = voices.filter(room).select("voice")
    columns = dict.fromkeys(tables.appearances.columns)
    context = named(columns, CONTEXTS)
    printed = tables.quotes.select("quote", pl.col("articles").alias("_articles"))
    latest = (
        tables.appearances.join(chosen, on="voice", how="semi")
        .join(printed, on="quote", how="left")
        .sort("date", "article", "quote_id", descending=[True, False, False], nulls_last=True)
        .filter(pl.int_range(pl.len()).over("voice") < QUOTES_OF_A_VOICE)
    )
    found: dict[str, list[list[Any]]] = {}
    said = pl.col(context) if context else pl.lit(None).alias("_context")
    for voice, article, *told in latest.select("voice", "article", "text", "kind", "confidence", "_articles", said).iter_rows():
        found.setdefault(voice, []).append([articles.number(article), *told])
    return found


def _repeated(quotes: pl.DataFrame, appearances: pl.DataFrame, articles: _Articles) -> Iterable[list[Any]]:
    """Quotes that stand in several articles, with these."""
    where = (
        appearances.join(quotes.select("quote"), on="quote", how="semi")
        .sort("date", "article", nulls_last=True)
        .group_by("quote")
        .agg(pl.col("article").unique(maintain_order=True).head(ARTICLES_OF_A_QUOTE))
    )
    found = dict(where.iter_rows())
    columns = ("quote", "text", "name", "articles", "appearances", "first", "last", "voice")
    for quote, *told in quotes.select(columns).iter_rows():
        yield [*told, [articles.number(article) for article in found[quote]]]


def _is_web(address: str | None) -> bool:
    """Whether it is a link that a page may have."""
    try:
        return address is not None and urlsplit(address.strip()).scheme in {"http", "https"}
    except ValueError:
        return False
