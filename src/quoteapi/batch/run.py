"""A run: reads an archive to its end, writes answers and rejects, and resumes where an earlier run was stopped.

About once a second, at the end of a block of records, both files are synced to disk and then the journal is updated. A resumed run reads
the finished records again, compares their digest with the journal's, and answers only the rest. Blocks end at fixed numbers of records, so
that the written bytes depend neither on where a run was stopped nor on the number of processes.
"""

import gzip
import itertools
import math
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, aclosing, closing
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import UNSET, Struct

from quoteapi.__about__ import __version__
from quoteapi.batch.early_failures import EarlyFailureError, EarlyFailureWatch
from quoteapi.batch.fields import Columns
from quoteapi.batch.inputs import names_carried, read_records
from quoteapi.batch.interrupts import run
from quoteapi.batch.journal import Journal, OtherRunError, read_journal, write_journal
from quoteapi.batch.local import answer_tasks
from quoteapi.batch.outputs import Form, GrowingFile, Sink, form_of, is_csv
from quoteapi.batch.paths import STANDARD, Identity, check_not_overwritten, identities, journal_path, rejects_path, spool_path, written_by
from quoteapi.batch.records import NO_CHAIN, Answered, Defaults, Record, Reject, chained, tasks
from quoteapi.batch.rows import Shape
from quoteapi.batch.tables import carried_types, write_table
from quoteapi.errors import QuoteapiError
from quoteapi.processes import EngineSource
from quoteapi.settings import Settings

BLOCK = 32
"""Records per block; a stopped run repeats at most one block and the records of the last second."""
NOTED = 1.0
"""Minimum seconds between two journal updates: a sync to disk takes some milliseconds, during which no article is handed out."""


class TooManyRejectsError(QuoteapiError):
    """More records were rejected than `max_rejects` allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"More than {limit:,} records were rejected: look at the reasons. To continue, run it again with a higher --max-rejects."
        )


class Archive(Struct, frozen=True):
    """The input, and how it is processed.

    `files` are as `find_inputs` returns them, and `columns` as `tasks` takes them. The run stops when more than `max_rejects` records are
    rejected. `skip_unreadable` continues with the next file if a file cannot be read any further.
    """

    files: list[str]
    columns: Columns | None = None
    defaults: Defaults | None = None
    shape: Shape = "answers"
    max_rejects: int | None = None
    skip_unreadable: bool = False


class Counts(Struct):
    """What a run did: records answered and rejected now, records done by earlier runs, and the words of the articles answered now.

    `unreadable` are the files whose rest was skipped, now or earlier.
    """

    answered: int = 0
    rejected: int = 0
    done_before: int = 0
    words: int = 0
    unreadable: list[str] = []


def run_files(archive: Archive, output: Path, source: EngineSource, *, on_outcome: Callable[[Answered | Reject], None]) -> Counts:
    """Answer every record that has no answer or reject yet, and append the outcome to `output` or its rejects.

    Args:
        archive: The input.
        output: Receives the answers, in the order of the records and in the format that its suffixes set. Files beside it, with names
            derived from it, hold the rejects, if there are any, and the progress of the run.
        source: The engine, and the settings for the number of processes.
        on_outcome: Called for every record that is answered or rejected in this run.

    Raises:
        OtherRunError: `output` belongs to another input, or was made with other options.
        RunningError: Another process is writing to it.
        InputError: A file of the input cannot be read, or the run would write to it.
        OutputError: The output's suffix is unknown.
        ExtraMissingError: The library that reads or writes a file is not installed.
        EarlyFailureError: The first records were all rejected for the same kind of reason, and no `max_rejects` is given.
        TooManyRejectsError: More than `max_rejects` records were rejected.
        EngineUnavailableError: The engine cannot be loaded.
        OSError: A file cannot be read or written.
    """
    _check_not_overwritten(archive, identities(written_by(output)), source.settings)
    form_of(output, archive.shape)  # reports an unusable output name before reading any input
    carried = _names_in_head(archive, output, source.settings)
    form = form_of(output, archive.shape, carried)
    options = _options(archive, source.settings)
    if is_csv(output):
        options["carried columns"] = "not known" if carried is None else ", ".join(carried) or "none"
    begun = read_journal(output, options=options)
    if form.table and begun is not None and begun.finished:
        _check_finished(archive, output, begun, source.settings)
        return Counts(done_before=begun.records, unreadable=begun.unreadable)
    with ExitStack() as files:
        growing = spool_path(output) if form.table else output
        answers = files.enter_context(closing(GrowingFile(growing, form.compress)))
        rejects = files.enter_context(closing(GrowingFile(rejects_path(output))))
        journal = read_journal(output, options=options)  # read again: only now is the output locked
        if journal is None:
            journal = Journal(options, NO_CHAIN)
            write_journal(output, journal)
        answers.resume_at(journal.output, head=form.head, whole=journal.finished)
        rejects.resume_at(journal.rejects, whole=journal.finished)
        run_in_progress = _Run(archive, output, journal, answers=answers, rejects=rejects)
        try:
            run(run_in_progress.resume(source, form, on_outcome))
        except EarlyFailureError:  # delete the output, so that the corrected command does not find that of another run
            for path in (growing, rejects_path(output), journal_path(output)):
                path.unlink()
            raise
        if form.table:
            _make_table(growing, output, archive.shape)
        write_journal(output, msgspec.structs.replace(run_in_progress.journal, finished=True))
    if not run_in_progress.journal.rejects:
        rejects_path(output).unlink()
    if form.table:
        growing.unlink()
    return run_in_progress.counts


def run_streams(archive: Archive, answers: BinaryIO, rejects: BinaryIO, source: EngineSource) -> Counts:
    """Answer every record to streams, which cannot be resumed; JSON lines, each written at once.

    Raises:
        InputError: A file of the input cannot be read, or is one of the streams.
        EarlyFailureError: As in `run_files`.
        TooManyRejectsError: More than `max_rejects` records were rejected.
        EngineUnavailableError: The engine cannot be loaded.
        OSError: A stream cannot be written.
    """
    _check_not_overwritten(archive, identities([answers, rejects]), source.settings)
    counts, watch = Counts(), EarlyFailureWatch()
    form = form_of(None, archive.shape)
    records = _records(archive, source.settings)

    async def work() -> None:
        asked = tasks(records, columns=archive.columns, defaults=archive.defaults)
        async with aclosing(answer_tasks(asked, source)) as outcomes:
            async for outcome in outcomes:
                _write(outcome, form, answers, rejects, counts)
                answers.flush()
                rejects.flush()
                _check_rejects(archive, counts.rejected)
                if archive.max_rejects is None:
                    watch.see(outcome)

    run(work())
    return counts


class _Run:
    """A run in progress.

    Args:
        archive: The input.
        output: The output whose journal is kept.
        journal: The progress so far.
        answers: The file for answers.
        rejects: The file for rejects.
    """

    def __init__(self, archive: Archive, output: Path, journal: Journal, *, answers: GrowingFile, rejects: GrowingFile) -> None:
        self._archive = archive
        self._output = output
        self._answers = answers
        self._rejects = rejects
        self.journal = journal
        self.counts = Counts(done_before=journal.records, unreadable=[*journal.unreadable])
        self._before = journal
        self._noted = -math.inf

    async def resume(self, source: EngineSource, form: Form, on_outcome: Callable[[Answered | Reject], None]) -> None:
        """Answer the remaining records, and keep the journal."""
        left = _remaining_records(self._archive, self._output, self.journal, source.settings)
        asked = tasks(left, columns=self._archive.columns, defaults=self._archive.defaults)
        chain, watch = self.journal.chain, EarlyFailureWatch()
        async with aclosing(answer_tasks(asked, source)) as outcomes:
            async for outcome in outcomes:
                _write(outcome, form, self._answers, self._rejects, self.counts)
                if not (isinstance(outcome, Reject) and outcome.rest):  # not a record
                    chain = outcome.place.chain
                    if (self.counts.done_before + self.counts.answered + self.counts.rejected) % BLOCK == 0:
                        self._end_block(chain)
                on_outcome(outcome)
                _check_rejects(self._archive, self._before.rejected + self.counts.rejected)
                if self._archive.max_rejects is None and not self._before.records:
                    watch.see(outcome)
        self._end_block(chain, last=True)

    def _end_block(self, chain: bytes, *, last: bool = False) -> None:
        """End a block, and if enough time has passed, sync the files and update the journal."""
        self._answers.end_block()
        self._rejects.end_block()
        if time.monotonic() - self._noted < NOTED and not last:
            return
        self._noted = time.monotonic()
        self.journal = Journal(
            self.journal.options,
            chain,
            answered=self._before.answered + self.counts.answered,
            rejected=self._before.rejected + self.counts.rejected,
            output=self._answers.sync(),
            rejects=self._rejects.sync(),
            unreadable=[*self.counts.unreadable],
        )
        write_journal(self._output, self.journal)


def _records(archive: Archive, settings: Settings) -> Iterator[Record | Reject]:
    """The records of an archive, and a reject for the rest of each unreadable file."""
    return read_records(archive.files, archive.columns, longest=settings.max_body_size, skip_unreadable=archive.skip_unreadable)


def _remaining_records(archive: Archive, output: Path, journal: Journal, settings: Settings) -> Generator[Record | Reject]:
    """The records still to do, after checking those that are done; unreadable rests are returned unless they were skipped before.

    Raises:
        OtherRunError: The finished records are not the same as before.
    """
    records = chained(_records(archive, settings))
    chain, done, left = NO_CHAIN, 0, list[Reject]()
    while done < journal.records:
        record = next(records, None)
        if record is None:
            raise OtherRunError(output, f"{journal.records:,} records were read for it, and the input has only {done:,}")
        if isinstance(record, Reject):
            left.append(record)
        else:
            chain, done = record.place.chain, done + 1
    if chain != journal.chain:
        raise OtherRunError(output, f"the first {journal.records:,} records of the input are others than those that it was made from")
    for each in itertools.chain(left, records):
        if isinstance(each, Record) or each.place.file not in journal.unreadable:
            yield each


def _check_finished(archive: Archive, output: Path, journal: Journal, settings: Settings) -> None:
    """Raise an error if a finished table is missing, or does not cover the whole input."""
    if not output.exists():
        raise OtherRunError(output, "it is finished, and gone")
    with closing(_remaining_records(archive, output, journal, settings)) as left:
        if next(left, None) is not None:
            raise OtherRunError(output, "it is finished, and the input has more records now")


def _make_table(growing: Path, output: Path, shape: Shape) -> None:
    """Make the table from the answers that were kept for it."""
    with gzip.open(growing) as lines:
        types = carried_types(lines)
    with gzip.open(growing) as lines:
        write_table(lines, output, shape, types)


def _write(outcome: Answered | Reject, form: Form, answers: Sink, rejects: Sink, counts: Counts) -> None:
    """Write an outcome to its file, and count it."""
    if isinstance(outcome, Answered):
        answers.write(form.encode(outcome.answer))
        counts.answered += 1
        counts.words += outcome.words
        return
    rejects.write(outcome.as_json() + b"\n")
    if outcome.rest:
        counts.unreadable.append(outcome.place.file)
    else:
        counts.rejected += 1


def _check_not_overwritten(archive: Archive, written: Mapping[Identity, str], settings: Settings) -> None:
    """Raise an error if the run would write to a file that it reads."""
    check_not_overwritten([*archive.files, *([settings.people] if settings.people else [])], written)


def _check_rejects(archive: Archive, rejected: int) -> None:
    """Raise an error if too many records were rejected."""
    if archive.max_rejects is not None and rejected > archive.max_rejects:
        raise TooManyRejectsError(archive.max_rejects)


def _names_in_head(archive: Archive, output: Path, settings: Settings) -> list[str] | None:
    """The carried columns in the CSV header; None with standard input, which can be read only once and may have any."""
    if not is_csv(output):
        return []
    if STANDARD in archive.files:
        return None
    return names_carried(archive.files, archive.columns, longest=settings.max_body_size)


def _options(archive: Archive, settings: Settings) -> dict[str, str]:
    """What the output depends on besides the records, under names that users know; not the number of processes or time limits."""
    defaults = archive.defaults or Defaults()
    people = Path(settings.people).read_bytes() if settings.people else b""
    return {
        "version of quoteapi": __version__,
        "--rows": archive.shape,
        "--text-column": archive.columns.text if archive.columns else "none",
        "--id-column": archive.columns.id if archive.columns else "none",
        "--include": ", ".join(sorted(set(defaults.include))) or "none",
        "--language": "none" if defaults.language is UNSET else defaults.language,
        "--input": defaults.format,
        "--offset-unit": defaults.offset_unit,
        "list of people": blake2b(people, digest_size=8).hexdigest() if people else "none",
        "pipeline": settings.pipeline or "the packaged one",
        "model": settings.model,
        "QUOTEAPI_DETECT_LANGUAGE": str(settings.detect_language),
        "QUOTEAPI_MIN_CONFIDENCE": str(settings.min_confidence),
        "QUOTEAPI_MAX_TEXT_LENGTH": str(settings.max_text_length),
        "QUOTEAPI_MAX_BODY_SIZE": str(settings.max_body_size),
    }
