"""The command `voices`, which makes tables and a report of the speakers of an archive."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rich_click as click
from rich.console import Console

from quoteapi.cli.files import failures_told, read_people_file
from quoteapi.escapes import escaped

if TYPE_CHECKING:
    from quoteapi.audit.output import TableFormat
    from quoteapi.audit.tables import Tables

_PAGES = frozenset({".html", ".htm"})


@click.command()
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a report, too: an HTML file to look at.")
@click.option(
    "--format", "form", type=click.Choice(["parquet", "csv", "jsonl"]), default="parquet", show_default=True, help="Format of the tables."
)
@click.option("--by", multiple=True, metavar="COLUMN", help="Add summaries by a column of your own, such as outlet; may be repeated.")
@click.option("--date-column", help="The column with the article's date.  [default: date, published, published_at or pubdate]")
@click.option(
    "--every", type=click.Choice(["month", "year"]), default="month", show_default=True, help="Periods of the summaries over time."
)
@click.option("--outlet-column", help="The column with the outlet.  [default: outlet, publisher, publication, newspaper or source]")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Count a speaker as unknown below this confidence.",
)
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your list of people: a JSON array of objects with name, aliases, same_as.",
)
def voices(  # noqa: PLR0913  one parameter per option
    *,
    sources: tuple[str, ...],
    output: Path,
    report: Path | None,
    form: "TableFormat",
    by: tuple[str, ...],
    date_column: str | None,
    every: Literal["month", "year"],
    outlet_column: str | None,
    min_confidence: float,
    people: Path | None,
) -> None:
    """Join the speakers of all articles in IN, and write tables of who is heard to the folder OUT, or a report to the file OUT.html.

    IN is one or more files, folders or patterns of what quoteapi batch wrote, in any format: answers, or rows of quotes, of which those of
    speakers add roles; - reads JSON lines from standard input.

    OUT gets the tables voices, quotes, appearances, together, doubtful (joins that were not made) and summary; with --by by_COLUMN, with
    dates over_time, with both by_COLUMN_over_time. Tables of an earlier run are replaced.

    A report is one HTML file, which opens offline: charts, tables to sort and search, and the quotes of each voice.

    Exit codes: 0 everything is written, 1 the command failed, 2 wrong usage.
    """
    from quoteapi.audit import check_installed  # noqa: PLC0415  keeps --help fast

    folder, page = (None, output) if output.suffix.lower() in _PAGES else (output, report)
    if folder is None and report is not None:
        message = f"OUT is a report already: give the folder of the tables instead of {output}, or leave --report out."
        raise click.UsageError(message)
    _check_names(folder, page)
    with failures_told():
        check_installed(report=page is not None)
        from quoteapi.audit.files import find_rows, read_rows  # noqa: PLC0415  Polars is optional
        from quoteapi.audit.output import write_report, write_tables  # noqa: PLC0415  the same
        from quoteapi.audit.records import Gatherer, Reading  # noqa: PLC0415  the same
        from quoteapi.audit.tables import tables_from  # noqa: PLC0415  the same
        from quoteapi.batch.paths import InputError  # noqa: PLC0415  the same
        from quoteapi.speakers import Authority  # noqa: PLC0415  the same

        try:
            files = find_rows(sources, output=output)
        except InputError as error:
            raise click.UsageError(escaped(str(error))) from None
        known = read_people_file(people)
        gatherer = Gatherer(Reading(date_column, outlet_column, min_confidence, Authority(known) if known else None))
        for file in files:
            for called, row in read_rows(file):
                gatherer.add(row, called=called)
        tables = tables_from(gatherer.gathered(), by=by, every=every)
        written = []
        if folder is not None:
            written.append(f"{len(write_tables(tables.named(), folder, form))} tables are in {folder}")
        if page is not None:
            from quoteapi.audit.report import report_page  # noqa: PLC0415  vl-convert-python is optional

            write_report(report_page(tables, by=by, outlet_column=outlet_column), page)
            written.append(f"The report is {page}")
    _sum_up(tables, written)


def _check_names(folder: Path | None, page: Path | None) -> None:
    """Raise where the folder of the tables has the name of a file, or the report that of something else."""
    if folder is not None and (folder.is_file() or folder.suffix.lower() in {".parquet", ".csv", ".jsonl"}):
        message = f"OUT is the folder of the tables, and {folder} is a file: give a folder, and the format of the tables with --format."
        raise click.UsageError(message)
    if page is not None and (page.is_dir() or page.suffix.lower() not in _PAGES):
        message = f"A report is a file such as report.html, and {page} is none."
        raise click.UsageError(message)


def _sum_up(tables: "Tables", written: Sequence[str]) -> None:
    """Prints the summary of the run to standard error."""
    from quoteapi.audit.structs import VOICED  # noqa: PLC0415  keeps --help fast

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    count = tables.voices["type"].is_in(VOICED).sum()
    articles = tables.appearances["article"].n_unique()
    found = f"{len(tables.appearances):,} quotes in {articles:,} articles, of {count:,} people and organizations"
    lines = [f"{found}; {len(tables.doubtful):,} doubtful joins were not made. {'. '.join(written)}."]
    if tables.left_out:
        lines.append(f"Left out: {tables.left_out:,} that are no speech, or that nobody said.")
    undated, example = tables.undated
    if undated:
        lines.append(f"The dates of {undated:,} articles cannot be read, such as “{example}”: write them as 2026-03-01.")
    for line in lines:
        console.print(escaped(line), markup=False)
