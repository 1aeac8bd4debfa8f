"""The command `voices`, which makes tables of the speakers of an archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rich_click as click
from rich.console import Console

from quoteapi.cli.files import failures_told, read_people_file
from quoteapi.escapes import escaped

if TYPE_CHECKING:
    from quoteapi.audit.output import TableFormat
    from quoteapi.audit.tables import Tables


@click.command()
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
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
    form: "TableFormat",
    by: tuple[str, ...],
    date_column: str | None,
    every: Literal["month", "year"],
    outlet_column: str | None,
    min_confidence: float,
    people: Path | None,
) -> None:
    """Join the speakers of all articles in IN, and write tables of who is heard to the folder OUT.

    IN is one or more files, folders or patterns of what quoteapi batch wrote, in any format: answers, or rows of quotes, of which those of
    speakers add roles; - reads JSON lines from standard input.

    OUT gets the tables voices, quotes, appearances, together, doubtful (joins that were not made) and summary; with --by by_COLUMN, with
    dates over_time, with both by_COLUMN_over_time. Tables of an earlier run are replaced.

    Exit codes: 0 the tables are written, 1 the command failed, 2 wrong usage.
    """
    from quoteapi.audit import check_installed  # noqa: PLC0415  keeps --help fast

    if output.suffix.lower() in {".html", ".parquet", ".csv", ".jsonl"}:
        message = f"OUT is the folder of the tables: give it without {output.suffix}, and their format with --format."
        raise click.UsageError(message)
    with failures_told():
        check_installed()
        from quoteapi.audit.files import find_rows, read_rows  # noqa: PLC0415  Polars is optional
        from quoteapi.audit.output import write_tables  # noqa: PLC0415  the same
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
        written = write_tables(tables.named(), output, form)
    _sum_up(tables, output, len(written))


def _sum_up(tables: "Tables", output: Path, files: int) -> None:
    """Prints the summary of the run to standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    count = tables.voices["type"].is_in(["person", "organization"]).sum()
    articles = tables.appearances["article"].n_unique()
    found = f"{len(tables.appearances):,} quotes in {articles:,} articles, of {count:,} people and organizations"
    lines = [f"{found}; {len(tables.doubtful):,} doubtful joins were not made. {files} tables are in {output}."]
    if tables.left_out:
        lines.append(f"Left out: {tables.left_out:,} that are no speech, or that nobody said.")
    undated, example = tables.undated
    if undated:
        lines.append(f"The dates of {undated:,} articles cannot be read, such as “{example}”: write them as 2026-03-01.")
    for line in lines:
        console.print(escaped(line), markup=False)
