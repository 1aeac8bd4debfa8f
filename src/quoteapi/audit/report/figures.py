"""Figures: the numbers of a report, and the sentences about them, from the tables of an archive."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import polars as pl

from quoteapi.audit.report.charts import Figure
from quoteapi.audit.structs import VOICED
from quoteapi.audit.summaries import LOUDEST, PERIOD, PRONOUNS
from quoteapi.audit.tables import Tables

KINDS = {
    "named": "Named people",
    "organization": "Organizations",
    "group": "Groups",
    "document": "Documents",
    "unnamed": "Unnamed people",
    "unattributed": "Nobody known",
}
"""The report's words for the columns of a summary that count quotes by the type of the speaker."""
PRONOUN_NAMES = dict(zip(PRONOUNS, ("She", "He", "They"), strict=True)) | {"pronoun_unknown": "Unknown: no article uses one"}
MOST_BARS = 20
"""Maximum number of bars in a chart."""
MOST_COLUMNS = 400
"""Maximum number of periods in a chart; if there are more, those without a quote are left out."""
_MONTH = len("2026-03")


def percent(part: float, whole: float = 1) -> str:
    """Formats a share; only nothing is 0%, and only everything is 100%."""
    share = part / whole if whole else 0
    if 0 < share < 0.005:  # noqa: PLR2004  rounded to nothing
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"  # noqa: PLR2004  the same


def counted(number: int, one: str, many: str | None = None) -> str:
    """Formats a number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def day(date: str) -> str:
    """Formats a date: 1 March 2026, March 2026 or 2026."""
    year, month, number = [*date.split("-"), "", ""][:3]
    named = f"{dt.date(int(year), int(month), 1):%B} " if month else ""
    return f"{int(number)} {named}{year}" if number else f"{named}{year}"


def link(voice: str) -> str:
    """Returns the link that opens a voice in the page."""
    return f"#voice={quote(voice, safe='')}"


def kinds(tables: Tables) -> Figure:
    """Counts quotes by the type of the speaker."""
    row = tables.summary.row(0, named=True)
    whole = row["appearances"]
    shares = ", ".join(f"{name.lower()} {percent(row[column], whole)}" for column, name in KINDS.items())
    told = f"Of {counted(whole, 'printed quote')}: {shares}."
    rows = tuple((name, (row[column],)) for column, name in KINDS.items())
    return Figure("kinds", "Kinds of source", told, "bars", ("Kind of source", "Printed quotes"), rows)


def loudest(tables: Tables) -> Figure | None:
    """Returns the people and organizations with most quotes; None if there are none."""
    voices = tables.voices.filter(pl.col("type").is_in(VOICED))
    if not len(voices):
        return None
    most = list(voices.head(MOST_BARS).select("voice", "name", "appearances").iter_rows())
    whole = int(voices["appearances"].sum())
    share = tables.summary[f"share_loudest_{LOUDEST}"][0]
    told = (
        f"{most[0][1]} is heard most, in {counted(most[0][2], 'printed quote')} of {whole:,} by people and organizations."
        f" The ten most-heard have {percent(share)} of them."
    )
    rows = tuple((name, (count,)) for _, name, count in most)
    links = tuple(link(voice) for voice, _, _ in most)
    return Figure("loudest", f"The {len(rows)} most-heard voices", told, "bars", ("Voice", "Printed quotes"), rows, links)


def over_time(tables: Tables) -> Figure | None:
    """Counts quotes by period and type; None without dates."""
    periods = _periods(tables)
    if not periods:
        return None
    rows = tuple((day(period), tuple(row.get(column, 0) for column in KINDS)) for period, row in periods.items())
    totals = [sum(numbers) for _, numbers in rows]
    most = max(range(len(rows)), key=totals.__getitem__)
    told = f"{_called(tables, periods)} from {rows[0][0]} to {rows[-1][0]}. Most printed quotes, {totals[most]:,}, are of {rows[most][0]}."
    head = (_head(periods), *KINDS.values())
    return Figure("over-time", "Printed quotes over time, by kind of source", told, "stacks", head, rows)


def newly_heard(tables: Tables) -> Figure | None:
    """Counts voices by the period in which they are first heard; None with fewer than two periods."""
    periods = _periods(tables)
    if len(periods) < 2:  # noqa: PLR2004  in the first one everybody is new
        return None
    rows = tuple((day(period), (row.get("newly_heard", 0),)) for period, row in periods.items())
    told = (
        f"In {rows[-1][0]}, {counted(rows[-1][1][0], 'person or organization', 'people and organizations')} had no quote before."
        " In the first periods nearly everybody is new: leave these out."
    )
    return Figure("newly-heard", "Newly heard voices over time", told, "columns", (_head(periods), "Newly heard voices"), rows)


def first_heard(tables: Tables) -> tuple[str, list[dict[str, Any]]] | None:
    """Returns the last period and its newly heard voices, by most quotes; None with fewer than two periods."""
    periods = _periods(tables)
    if len(periods) < 2:  # noqa: PLR2004  as above
        return None
    last = list(periods)[-1]
    first = pl.col("first").str.slice(0, len(last)) == last
    rows = tables.voices.filter(pl.col("type").is_in(VOICED) & first).head(MOST_BARS).to_dicts()
    return day(last), rows


def by_column(tables: Tables, number: int, column: str) -> Figure | None:
    """Returns the shares of the speaker types for the values of a column that have most quotes."""
    summary = tables.summaries[f"by_{column}"].sort("appearances", descending=True, maintain_order=True)
    if not len(summary):
        return None
    shown = summary.head(MOST_BARS).to_dicts()
    rows = tuple((_value(row[column]), tuple(row[name] for name in KINDS)) for row in shown)
    named = sorted((row["named"] / row["appearances"], _value(row[column]), row["appearances"]) for row in shown)
    (least, fewest, few), (most, best, many) = named[0], named[-1]
    told = f"Named people have the largest share of the printed quotes in {best} ({percent(most)} of {many:,})"
    told += f" and the smallest in {fewest} ({percent(least)} of {few:,})." if len(named) > 1 else "."
    told += f" The {len(shown)} with most quotes of {len(summary):,} are shown." if len(summary) > len(shown) else ""
    title = f"Kinds of source by {column}"
    return Figure(f"by-{number}", title, told, "shares", (column.capitalize(), *KINDS.values()), rows)


def pronouns(tables: Tables) -> list[tuple[str, int, str]]:
    """Returns each pronoun, and last the unknown ones, with the quotes of named people and their share."""
    row = tables.summary.row(0, named=True)
    return [(name, row[column], percent(row[column], row["named"])) for column, name in PRONOUN_NAMES.items()]


def _value(value: object) -> str:
    return "(not given)" if value is None else str(value)


def _head(periods: Mapping[str, Any]) -> str:
    return "Month" if len(next(iter(periods))) == _MONTH else "Year"


def _called(tables: Tables, periods: Mapping[str, Any]) -> str:
    """Says how many quotes a chart shows, and how many have no date."""
    shown = sum(row.get("appearances", 0) for row in periods.values())
    whole = len(tables.appearances)
    return f"{counted(shown, 'printed quote')}" + (f" (of {whole:,}; the others have no date)" if shown < whole else "")


def _periods(tables: Tables) -> dict[str, Mapping[str, Any]]:
    """Returns the rows of all periods, including those without a quote."""
    summary = tables.summaries.get("over_time")
    if summary is None:
        return {}
    rows = {row[PERIOD]: row for row in summary.drop_nulls(PERIOD).to_dicts()}
    if not rows:
        return {}
    every = list(_between(min(rows), max(rows)))
    return {period: rows.get(period, {}) for period in (every if len(every) <= MOST_COLUMNS else sorted(rows))}


def _between(first: str, last: str) -> Iterator[str]:
    """Yields all periods from the first to the last."""
    if len(first) < _MONTH:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    start, end = (int(period[:4]) * 12 + int(period[5:]) - 1 for period in (first, last))
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1))


def span(dates: Sequence[str]) -> str | None:
    """Formats the range of some dates; None without dates."""
    if not dates:
        return None
    first, last = day(min(dates)), day(max(dates))
    return first if first == last else f"{first} to {last}"
