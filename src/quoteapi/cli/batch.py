"""The command `batch`: whole archives on one machine, with a progress bar at a terminal and an occasional line in logs."""

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import rich_click as click
from msgspec import UNSET
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from quoteapi.cli.files import FORMAT, INCLUDE, OFFSET_UNIT, STANDARD, failures_told, model_option
from quoteapi.escapes import escaped
from quoteapi.settings import Model, read_settings
from quoteapi.structs import Format, Include, OffsetUnit

if TYPE_CHECKING:
    from quoteapi.batch import Answered, Counts, Reject, Shape

SOME_REJECTED = 3
"""Exit code of a complete run that rejected records or skipped files."""
LOGGED = 60.0
"""Seconds between two progress lines if standard error is not a terminal."""
KINDS = 100
"""Maximum number of kinds of reasons that are counted."""


@click.command()
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--workers", type=click.IntRange(1, 256), help="Number of worker processes.  [default: one per core]")
@click.option("--text-column", help="The field or column that holds the article.  [default: text, body, content or article]")
@click.option(
    "--id-column", help="The field or column that holds the article's id.  [default: id; made from file and row if there is none]"
)
@click.option(
    "--rows",
    "shape",
    type=click.Choice(["answers", "quotes", "speakers"]),
    help="One row per article (answers), per quote or per speaker.  [default: quotes for .csv, else answers]",
)
@click.option("--include", type=INCLUDE, multiple=True, help="Add a part to the answers; may be repeated.")
@click.option("--language", help="Language of records that name none. Pass en to read any text as English.")
@click.option(
    "--input",
    "format",
    type=FORMAT,
    default="text",
    show_default=True,
    help="Format of records that name none.",
)
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False),
    help="Your list of people: a JSON array of objects with name, aliases, role, same_as.",
)
@click.option("--offset-unit", type=OFFSET_UNIT, default="codepoint", show_default=True, help="The unit of all offsets.")
@click.option(
    "--max-rejects",
    type=click.IntRange(min=0),
    help="Stop when more records than this are rejected.  [default: stop only if the first 20 all fail for one reason]",
)
@click.option("--skip-unreadable", is_flag=True, help="Continue without the rest of a file that cannot be read to its end.")
@model_option
def batch(  # noqa: PLR0913  one parameter per option
    *,
    sources: tuple[str, ...],
    output: Path,
    workers: int | None,
    text_column: str | None,
    id_column: str | None,
    shape: "Shape | None",
    include: tuple[Include, ...],
    language: str | None,
    format: Format,  # noqa: A002  the field's name in the contract
    people: str | None,
    offset_unit: OffsetUnit,
    skip_unreadable: bool,
    max_rejects: int | None,
    model: Model | None,
) -> None:
    """Read the articles in IN and write their quotes to OUT, in the same order.

    IN is one or more files, folders or patterns: CSV, TSV, JSON lines (each also .gz or .zst), Excel (.xlsx) or Parquet; - reads JSON lines
    from standard input. Every column besides the text and the id is copied to each row of the output.

    The suffix of OUT sets the format: .csv, .jsonl (both also .gz or .zst) or .parquet; - writes JSON lines to standard output. Records
    that cannot be read go to OUT.rejects.jsonl with the reason. If the command is stopped, run it again: it continues where it was.

    Exit codes: 0 all records answered, 3 some rejected or files skipped, 1 the run failed, 2 wrong usage.
    """
    from quoteapi.api.logs import configure_logging  # noqa: PLC0415  help stays fast
    from quoteapi.batch import (  # noqa: PLC0415  the same
        Archive,
        Columns,
        Defaults,
        InputError,
        find_inputs,
        is_csv,
        rejects_path,
        run_files,
        run_streams,
        size_of,
    )
    from quoteapi.processes import ENGINE, EngineSource  # noqa: PLC0415  the same

    try:
        files = find_inputs(sources, output=output)
    except InputError as error:
        raise click.UsageError(escaped(str(error))) from None
    with failures_told():
        settings = read_settings(workers=workers, people=people, model=model)
        source = EngineSource(ENGINE, settings)
        configure_logging("error" if settings.log_level == "error" else "warning")
        named = {name: column for name, column in (("text", text_column), ("id", id_column)) if column is not None}
        archive = Archive(
            files,
            columns=Columns(**named) if named else None,
            defaults=Defaults(list(include), UNSET if language is None else language, format, offset_unit),
            shape=shape or ("quotes" if is_csv(output) else "answers"),
            max_rejects=max_rejects,
            skip_unreadable=skip_unreadable,
        )
        if output == STANDARD or (output.exists() and not output.is_file()):  # a pipe, or a device
            with nullcontext(sys.stdout.buffer) if output == STANDARD else output.open("wb") as stream:
                counts = run_streams(archive, stream, sys.stderr.buffer, source)
                rejected = counts.rejected > 0 or bool(counts.unreadable)
        else:
            with _Shown(output.name, size_of(files)) as shown:
                counts = run_files(archive, output, source, on_outcome=shown.see)
            rejects = rejects_path(output)
            rejected = rejects.exists()
            shown.sum_up(counts, rejects=rejects if rejected else None)
    if rejected:
        sys.exit(SOME_REJECTED)


class _Shown:
    """The progress of a run on standard error: a bar at a terminal, elsewhere a line a minute.

    Args:
        name: The output's name.
        size: The size of the input in bytes, if known.
    """

    def __init__(self, name: str, size: int | None) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[rate]}"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._progress.add_task(escaped(name), total=size, start=False, rate="")
        self._size = size
        self._began = self._logged = time.monotonic()
        self._seen = self._words = 0
        self._rejects: dict[str, tuple[int, Reject]] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def see(self, outcome: "Answered | Reject") -> None:
        """Show that a record is done."""
        if getattr(outcome, "rest", False):
            self._print_line(f"{outcome.place.file}: {getattr(outcome, 'reason', '')} The rest of it is skipped.")
            return
        end = outcome.place.end
        if not self._seen:  # records of earlier runs do not count for the speed
            self._progress.reset(self._task, total=self._size, completed=end)
        self._seen += 1
        self._words += getattr(outcome, "words", 0)
        if (kind := getattr(outcome, "kind", None)) is not None and (kind in self._rejects or len(self._rejects) < KINDS):
            count, first = self._rejects.get(kind, (0, outcome))
            self._rejects[kind] = (count + 1, cast("Reject", first))
        now = time.monotonic()
        self._progress.update(self._task, completed=end, rate=self._rate(now))
        if now - self._logged >= LOGGED and not self._console.is_terminal:
            self._logged = now
            share = f", {end / self._size:.0%} of the input" if self._size else ""
            self._print_line(f"{self._seen:,} articles{share}, {self._rate(now)}")

    def sum_up(self, counts: "Counts", *, rejects: Path | None) -> None:
        """Print the closing line, and the most frequent reason if records were rejected in this run."""
        seconds = time.monotonic() - self._began
        before = f", {counts.done_before:,} done before" if counts.done_before else ""
        where = f" ({rejects})" if rejects is not None else ""
        skipped = f", files skipped: {len(counts.unreadable):,}" if counts.unreadable else ""
        self._print_line(
            f"{counts.answered + counts.rejected:,} read: {counts.answered:,} answered, {counts.rejected:,} rejected"
            f"{skipped}{before}{where}; {seconds:,.1f} seconds, {counts.words / seconds:,.0f} words a second."
        )
        if self._rejects:
            count, first = max(self._rejects.values(), key=lambda group: group[0])
            place = f"{first.place.file}, {first.place.unit} {first.place.number}"
            self._print_line(f"Most frequent reason ({count:,} of {counts.rejected:,}): {place}: {first.reason}")

    def _print_line(self, words: str) -> None:
        """Print a line; file names in it are escaped for the terminal."""
        self._console.print(escaped(words), markup=False)

    def _rate(self, now: float) -> str:
        """Articles and words per second since the start."""
        seconds = max(now - self._began, 1e-9)
        return f"{self._seen / seconds:,.1f} articles/s, {self._words / seconds:,.0f} words/s"
