"""Summaries: counts and shares of voices in all, by a carried column, and over time."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import polars as pl

from quoteapi.audit.structs import VOICED
from quoteapi.structs import Pronoun

Every: TypeAlias = Literal["month", "year"]
PERIOD = "period"
LOUDEST = 10
"""Number of voices in the share of the loudest."""
PRONOUNS: tuple[Pronoun, ...] = get_args(Pronoun)
TYPES = {"named": "person", "unnamed": "unnamed", "group": "group", "organization": "organization", "document": "document"}
"""Columns that count appearances, with the type of speaker that each counts."""
_LENGTH = {"month": len("2026-03"), "year": len("2026")}


def with_period(appearances: pl.DataFrame, every: Every) -> pl.DataFrame:
    """Adds the month or year of the article to each appearance; null if its date is missing or too short."""
    length = _LENGTH[every]
    told = pl.when(pl.col("date").str.len_chars() >= length).then(pl.col("date").str.slice(0, length))
    return appearances.with_columns(told.alias(PERIOD))


def summary(appearances: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Returns one row for each combination of values in the given columns, sorted by them; a single row if there are no columns.

    Args:
        appearances: One row for each quote in an article, with the type, pronoun and key of its voice.
        by: Columns to group by. With `period`, `newly_heard` counts the people and organizations that occur in no earlier period; with
            another column as well, in no earlier period with the same value.
    """
    keys = list(by) or ["_all"]
    frame = appearances if by else appearances.with_columns(pl.lit(1).alias("_all"))
    voiced = pl.col("type").is_in(VOICED)
    person = pl.col("type") == "person"
    counts = frame.group_by(keys).agg(
        pl.col("article").n_unique().alias("articles"),
        pl.len().alias("appearances"),
        pl.col("quote").n_unique().alias("quotes"),
        pl.col("words").sum(),
        pl.col("voice").filter(voiced).n_unique().alias("voices"),
        *((pl.col("type") == kind).sum().alias(name) for name, kind in TYPES.items()),
        pl.col("type").is_null().sum().alias("unattributed"),
        *((person & (pl.col("pronoun") == pronoun)).sum().alias(pronoun) for pronoun in PRONOUNS),
        (person & pl.col("pronoun").is_null()).sum().alias("pronoun_unknown"),
    )
    shares = [(pl.col(name) / pl.col("named")).fill_nan(None).alias(f"share_{name}") for name in (*PRONOUNS, "pronoun_unknown")]
    whole = counts.with_columns(shares).join(_loudest(frame, keys), on=keys, how="left", nulls_equal=True)
    if PERIOD in keys:
        whole = whole.join(_newly_heard(frame, keys), on=keys, how="left", nulls_equal=True).with_columns(
            pl.col("newly_heard").fill_null(0)
        )
        whole = whole.with_columns(pl.when(pl.col(PERIOD).is_not_null()).then(pl.col("newly_heard")))
    return whole.sort(keys, nulls_last=True).drop("_all", strict=False)


def _loudest(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Returns the share of the ten loudest in the appearances of all people and organizations."""
    each = frame.filter(pl.col("type").is_in(VOICED)).group_by([*keys, "voice"]).len()
    ten = pl.col("len").sort(descending=True).head(LOUDEST).sum() / pl.col("len").sum()
    return each.group_by(keys).agg(ten.alias(f"share_loudest_{LOUDEST}"))


def _newly_heard(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Counts the voices whose first period is the row's."""
    others = [key for key in keys if key != PERIOD]
    dated = frame.filter(pl.col("type").is_in(VOICED) & pl.col(PERIOD).is_not_null())
    first = dated.group_by([*others, "voice"]).agg(pl.col(PERIOD).min())
    return first.group_by(keys).agg(pl.len().alias("newly_heard"))
