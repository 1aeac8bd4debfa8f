"""The data of a report's interactive tables, as JSON: voices with their quotes, repeated quotes and doubtful joins."""

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
"""Maximum number of voices in a report."""
QUOTES_OF_A_VOICE = 100
"""Maximum number of quotes of a voice; the latest are kept."""
QUOTES = 20_000
"""Maximum number of quotes in a report; those of the most-heard voices are kept."""
REPEATED = 1_000
"""Maximum number of repeated quotes in a report."""
DOUBTFUL = 2_000
"""Maximum number of doubtful joins in a report."""
ARTICLES_OF_A_QUOTE = 50
TITLES = ("title", "headline")
"""Usual names of the column with an article's headline."""
LINKS = ("url", "link")
"""Usual names of the column with an article's address."""
CONTEXTS = ("context",)
"""Usual names of the column with the text around a quote."""
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
"""The reason for each kind of doubtful join, and what the reader can do."""
_LINE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Browsed(Struct, frozen=True):
    """The data of a page's script, and how much of each table it contains.

    Args:
        data: JSON, escaped for a `script` element.
        voices: Number of voices in it, and in the archive.
        quoted: Number of voices with their quotes.
        cut: Whether some voice has more quotes than the page shows.
        repeated: Number of repeated quotes in it, and in the archive.
        doubtful: Number of doubtful joins in it, and in the archive.
    """

    data: str
    voices: tuple[int, int]
    quoted: int
    cut: bool
    repeated: tuple[int, int]
    doubtful: tuple[int, int]


class _Articles:
    """Articles by number, so that each is in the page only once."""

    def __init__(self, appearances: pl.DataFrame, outlet_column: str | None) -> None:
        columns = dict.fromkeys(appearances.columns)
        names = [outlet_column or named(columns, OUTLETS), "date", named(columns, TITLES), named(columns, LINKS)]
        chosen = [pl.col(name).alias(str(at)) if name in columns else pl.lit(None).alias(str(at)) for at, name in enumerate(names)]
        each = appearances.select("article", *chosen).unique("article", keep="first", maintain_order=True)
        self._told = {row[0]: row for row in each.iter_rows()}
        self._numbers: dict[str, int] = {}
        self.rows: list[list[str | None]] = []

    def number(self, article: str) -> int:
        """Returns the number of an article, and stores its id, outlet, date, headline and link on first use."""
        if article not in self._numbers:
            self._numbers[article] = len(self.rows)
            *told, address = self._told[article]
            self.rows.append([*told, address if _is_web(address) else None])
        return self._numbers[article]


def browsed(tables: Tables, outlet_column: str | None = None) -> Browsed:
    """Returns the data that a report's script shows.

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
    """Returns the latest quotes of the voices, within the limits of a page."""
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
    """Returns the quotes that several articles have, with these articles."""
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
    """Whether a value is an address that the page may link to."""
    try:
        return address is not None and urlsplit(address.strip()).scheme in {"http", "https"}
    except ValueError:
        return False
