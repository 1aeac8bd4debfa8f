"""Inputs: the files of an archive, found by name, folder or pattern, and the records in them.

The suffix sets the format: JSON lines, CSV and tab-separated tables, plain or compressed (`.gz`, `.zst`), Parquet, or Excel workbooks.
"""

import codecs
import glob
import gzip
import io
import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice, zip_longest
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
from msgspec import Raw

from quoteapi.batch.arrow import arrow
from quoteapi.batch.fields import Columns, NoTextError, separated
from quoteapi.batch.paths import STANDARD, Identity, InputError, check_not_overwritten, identities, own_name, plain_name, written_by
from quoteapi.batch.records import Place, Record, Reject
from quoteapi.batch.sheets import Row, SheetError, choose, column_names, csv_rows, fault_of, requested, workbook_rows
from quoteapi.errors import QuoteapiError
from quoteapi.escapes import writable

LINES = (".jsonl", ".ndjson")
COMPRESSIONS = (".gz", ".zst")
PARQUET = ".parquet"
TABS = (".tsv", ".tab")
SHEETS = (".csv", *TABS)
WORKBOOK = ".xlsx"
_LONGEST_ID = 200
ROWS_AT_ONCE = 64
_BUFFER = 1 << 20


class _UnreadableError(Exception):
    """The rest of a file cannot be read.

    `number` counts the lines or rows read before it; `advises` means that the message already says what to do.
    """

    def __init__(self, reason: str, number: int = 0, *, advises: bool = False) -> None:
        super().__init__(reason)
        self.number = number
        self.advises = advises


def find_inputs(names: Sequence[str], *, output: Path) -> list[str]:
    """The input files in the order of the arguments, each once; files of a folder or pattern are sorted by path.

    Args:
        names: Files, folders, patterns (`*`, `?`, `[…]`, `**` for folders of any depth), or `-` for standard input.
        output: The output file. The files that a run with this output writes are skipped in folders and patterns, because an earlier run
            may have left them there.

    Raises:
        InputError: A file does not exist, has an unknown suffix, or is one that the run writes to.
    """
    own = {} if str(output) == STANDARD else identities(written_by(output))
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD:
            check_not_overwritten([name], own)
            found.append(name)
        elif path.is_dir():
            found += _listed(name, (str(file) for file in path.rglob("*")), own)
        elif path.exists():
            check_not_overwritten([name], own)
            if path.suffix and not _known(name):
                raise InputError(name, f"Its suffix is none of {_suffixes()}.")
            found.append(name)
        elif glob.has_magic(name):
            found += _listed(name, glob.iglob(name, recursive=True), own)  # noqa: PTH207  a pattern may be an absolute path
        else:
            raise InputError(name, "There is no such file.")
    return list(dict.fromkeys(found))


def size_of(files: Iterable[str]) -> int | None:
    """The total size of the files in bytes; None if standard input is among them."""
    files = list(files)
    return None if STANDARD in files else sum(map(_size, files))


def read_records(
    files: Iterable[str], columns: Columns | None, *, longest: int, skip_unreadable: bool = False
) -> Iterator[Record | Reject]:
    """The records of all files, in order; only a few records are in memory at a time.

    Args:
        files: As returned by `find_inputs`.
        columns: For tables, the columns that hold the text and the id; None looks for the usual names.
        longest: Maximum size of a record in bytes; a longer one is returned without its body.
        skip_unreadable: Whether to continue with the next file if a file cannot be read to its end. A reject for its rest then follows its
            last readable record.

    Raises:
        InputError: A file cannot be read to its end, or lacks a column; raised after the records before it.
        ExtraMissingError: The library that reads a file is not installed.
    """
    before = 0
    files = list(files)
    names = Counter(Path(file).name for file in files)
    for file in files:
        size = _size(file)
        called = writable(("stdin" if file == STANDARD else Path(file).name if names[Path(file).name] == 1 else file)[-_LONGEST_ID:])
        try:
            for record in (_rows if is_table(file) else _lines)(file, columns, before=before, longest=longest):
                yield msgspec.structs.replace(record, made_id=f"{called}:{record.place.number}")
        except _UnreadableError as error:
            if not skip_unreadable:
                advice = "Or run it" if error.advises else "Repair it, or run"
                message = f"{error}. {advice} again with --skip-unreadable to continue without the rest of it."
                raise InputError(file, message) from error
            place = Place(writable(file), error.number + 1, "row" if is_table(file) else "line", before + size)
            yield Reject(place, None, f"{error}.", rest=True)
        before += size


def names_carried(files: Iterable[str], columns: Columns | None, *, longest: int) -> list[str]:
    """The names of all carried fields and columns, in order of first occurrence; standard input is not read and contributes none.

    Unreadable files are read as far as possible.

    Raises:
        ExtraMissingError: The library that reads a file is not installed.
    """
    names: dict[str, None] = {}
    for file in files:
        if file == STANDARD:
            continue
        records = read_records([file], columns, longest=longest, skip_unreadable=True)
        for record in islice(records, 1) if is_table(file) else records:
            if isinstance(record, Reject):
                continue
            with suppress(QuoteapiError):  # the run itself rejects this record
                carried = record.carried if record.column else separated(record.body or b"", columns).carried
                names |= dict.fromkeys(msgspec.json.decode(carried, type=dict[str, Raw]))
    return list(names)


def _size(file: str) -> int:
    """The size of a file in bytes; 0 if it is a pipe or no longer exists."""
    try:
        return 0 if file == STANDARD else Path(file).stat().st_size
    except OSError:
        return 0


def _listed(name: str, paths: Iterable[str], own: Mapping[Identity, str]) -> list[str]:
    """The input files among the paths."""
    found = sorted(path for path in paths if _known(path) and Path(path).is_file() and own_name(path, own) is None)
    if not found:
        raise InputError(name, f"No file there has a suffix of {_suffixes()}.")
    return found


def _known(name: str) -> bool:
    return is_table(name) or plain_name(name).endswith(LINES)


def _suffixes() -> str:
    return f"{', '.join(LINES + SHEETS)} (with {' or '.join(COMPRESSIONS)} behind it, too), {WORKBOOK} and {PARQUET}"


def is_table(name: str) -> bool:
    """Whether the name of a file says that it has rows rather than lines."""
    return name.lower().endswith((PARQUET, WORKBOOK)) or plain_name(name).endswith(SHEETS)


def _lines(file: str, _: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    """The lines of a file except blank ones, without the byte order mark that some programs write at the start."""
    number = 0
    try:
        with opened(file) as (stream, raw), _unshrunk(raw):
            while piece := stream.readline(longest + 1):
                number += 1
                body: bytes | None = piece.removeprefix(codecs.BOM_UTF8) if number == 1 else piece
                while not piece.endswith(b"\n") and len(piece) > longest:
                    body = None
                    piece = stream.readline(longest + 1)
                if body is None or body.strip():
                    yield Record(Place(writable(file), number, "line", before + (raw.tell() if raw else 0)), body)
    except (EOFError, zlib.error, OSError) as error:
        raise _UnreadableError(_reason(error, f"line {number}"), number) from error


@contextmanager
def _unshrunk(raw: BinaryIO | None) -> Iterator[None]:
    """Raise an error if an open file has become shorter while it was read: its new end may look like a complete one.

    The open file is checked, not whatever has its name now.

    Raises:
        OSError: The file shrank; this takes precedence over any other error.
    """
    if raw is None:  # a pipe
        yield
        return
    file = os.dup(raw.fileno())  # readers may close the original
    try:
        size, failure = os.fstat(file).st_size, None
        try:
            yield
        except (EOFError, zlib.error, OSError, SheetError) as error:
            failure = error
        if size > (now := os.fstat(file).st_size):
            message = f"it shrank while it was read, from {size:,} to {now:,} bytes, and records may be missing"
            raise OSError(message) from failure
        if failure is not None:
            raise failure
    finally:
        os.close(file)


@contextmanager
def opened(file: str) -> Iterator[tuple[BinaryIO, BinaryIO | None]]:
    """The decompressed bytes of a file, and the raw file, whose position shows the progress; None for a pipe."""
    if file == STANDARD:
        yield _standard_input(), None
        return
    with Path(file).open("rb") as raw:
        position = raw if raw.seekable() else None
        match Path(file).suffix.lower():
            case ".gz":
                yield cast("BinaryIO", gzip.GzipFile(fileobj=raw)), position
            case ".zst":
                pa = arrow()
                unpacked = pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")
                yield io.BufferedReader(unpacked, _BUFFER), position
            case _:
                yield raw, position


def _standard_input() -> BinaryIO:
    """Standard input in its own file object, so that a thread still waiting for input holds no lock that Python needs at exit."""
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except io.UnsupportedOperation:  # sys.stdin has no file descriptor
        return sys.stdin.buffer


def _reason(error: Exception, last: str) -> str:
    """Why a file cannot be read beyond its last record."""
    return f"It cannot be read beyond {last}: {str(getattr(error, 'strerror', None) or error).rstrip('.')}"


def _rows(file: str, columns: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    """The rows of a table as requests; a few rows, or one page of each column, are in memory at a time."""
    number = 0
    try:
        for record in _table_rows(file, columns, before=before, longest=longest):
            number = record.place.number
            yield record
    except (EOFError, zlib.error, OSError) as error:
        raise _UnreadableError(_reason(error, f"row {number}"), number) from error
    except (NoTextError, SheetError) as error:
        raise _UnreadableError(str(error).removesuffix("."), number, advises=True) from error


def _table_rows(file: str, columns: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    if file.lower().endswith(PARQUET):
        yield from _parquet_rows(file, columns, before=before, longest=longest)
    elif file.lower().endswith(WORKBOOK):
        size = Path(file).stat().st_size
        yield from _sheet_rows(file, workbook_rows(Path(file)), columns, lambda: before + size, longest=longest)
    else:
        with opened(file) as (stream, raw), _unshrunk(raw):
            plain = plain_name(file)
            rows = csv_rows(stream, tabs=plain.endswith(TABS), longest=longest)
            yield from _sheet_rows(file, rows, columns, lambda: before + (raw.tell() if raw else 0), longest=longest)


def _sheet_rows(file: str, rows: Generator[Row], columns: Columns | None, end: Callable[[], int], *, longest: int) -> Iterator[Record]:
    """The rows below the header."""
    with closing(rows):
        _, header = next(rows, (0, None))
        if header is None:
            return
        chosen = choose(column_names(header), columns)
        for number, cells in rows:
            body, carried = requested(dict(zip_longest(chosen.names, cells[: len(chosen.names)])), chosen)
            whole = len(body) + len(carried) <= longest
            fault = fault_of(cells, chosen.names)
            yield Record(Place(writable(file), number, "row", end()), body if whole else None, chosen.text, carried, fault=fault)


def _parquet_rows(file: str, columns: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    pa, parquet = arrow(), arrow("parquet")
    number = 0
    try:
        with parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as table:
            chosen = choose(table.schema_arrow.names, columns)
            size, rows = Path(file).stat().st_size, max(table.metadata.num_rows, 1)
            for batch in table.iter_batches(ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    body, carried = requested(row, chosen)
                    place = Place(writable(file), number, "row", before + size * number // rows)
                    yield Record(place, None if len(body) > longest else body, chosen.text, carried)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise _UnreadableError(_reason(error, f"row {number}"), number) from error
