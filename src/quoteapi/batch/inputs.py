"""Inputs: the files of an archive, found by name, folder or pattern, and the records that they hold.

JSON lines, CSV and tables with tabs, plain or compressed (`.gz`, `.zst`), Parquet and Excel workbooks; which, a file's suffixes say.
"""

import glob
import gzip
import io
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice, zip_longest
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
from msgspec import Raw

from quoteapi.batch.arrow import arrow
from quoteapi.batch.fields import Columns, NoTextError, separated
from quoteapi.batch.records import Place, Record
from quoteapi.batch.sheets import Row, SheetError, choose, column_names, csv_rows, fault_of, requested, workbook_rows
from quoteapi.errors import QuoteapiError

STANDARD = "-"
LINES = (".jsonl", ".ndjson")
COMPRESSIONS = (".gz", ".zst")
PARQUET = ".parquet"
TABS = (".tsv", ".tab")
SHEETS = (".csv", *TABS)
WORKBOOK = ".xlsx"
_LONGEST_ID = 200
ROWS_AT_ONCE = 64
_BUFFER = 1 << 20


class InputError(QuoteapiError):
    """A file of the input cannot be used; says which, and why."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


def find_inputs(names: Sequence[str], *, output: Path) -> list[str]:
    """The files that are meant, in the order of the names; those of a folder or a pattern by their paths, each once.

    Args:
        names: Of files and of folders, patterns (`*`, `?`, `[…]`, `**` for folders of any depth), `-` for standard input.
        output: What begins with its path is no input: it comes from a run before.

    Raises:
        InputError: There is no such file, or it has no suffix that is known; or it is the output.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD:
            found.append(name)
        elif path.is_dir():
            found += _listed(name, (str(file) for file in path.rglob("*")), output)
        elif path.exists():
            if output.exists() and path.samefile(output):
                raise InputError(name, "This is the output, too. Name another file for the answers.")
            if path.suffix and not _known(name):
                raise InputError(name, f"Its suffix is none of {_suffixes()}.")
            found.append(name)
        elif glob.has_magic(name):
            found += _listed(name, glob.iglob(name, recursive=True), output)  # noqa: PTH207  it begins anywhere, as a path may
        else:
            raise InputError(name, "There is no such file.")
    return list(dict.fromkeys(found))


def size_of(files: Iterable[str]) -> int | None:
    """Bytes of all files; None where standard input is among them."""
    files = list(files)
    return None if STANDARD in files else sum(Path(file).stat().st_size for file in files)


def read_records(files: Iterable[str], columns: Columns | None, *, longest: int) -> Iterator[Record]:
    """The records of all files, in their order; at most some of a file are held at a time.

    Args:
        files: As `find_inputs` finds them.
        columns: Of tables, which holds the text and which the id; by default those of the usual names.
        longest: Bytes of a record at most; one that is longer comes without its body.

    Raises:
        InputError: A file is damaged, or has no such column; after the records before.
        ExtraMissingError: What reads it is not installed.
        OSError: It cannot be read.
    """
    before = 0
    files = list(files)
    names = Counter(Path(file).name for file in files)
    for file in files:
        args = {"before": before, "longest": longest}
        records = _rows(file, columns, **args) if _is_table(file) else _lines(file, **args)
        called = ("stdin" if file == STANDARD else Path(file).name if names[Path(file).name] == 1 else file)[-_LONGEST_ID:]
        for record in records:
            yield msgspec.structs.replace(record, made_id=f"{called}:{record.place.number}")
        before += 0 if file == STANDARD else Path(file).stat().st_size


def names_carried(files: Iterable[str], columns: Columns | None, *, longest: int) -> list[str]:
    """The names of all fields and columns that are carried, in the order in which they come; of standard input none is known.

    Raises:
        InputError: As `read_records` has it.
        ExtraMissingError: The same.
        OSError: The same.
    """
    names: dict[str, None] = {}
    for file in files:
        if file == STANDARD:
            continue
        records = read_records([file], columns, longest=longest)
        for record in islice(records, 1) if _is_table(file) else records:
            with suppress(QuoteapiError):  # it will be rejected
                carried = record.carried if record.column else separated(record.body or b"", columns).carried
                names |= dict.fromkeys(msgspec.json.decode(carried, type=dict[str, Raw]))
    return list(names)


def _listed(name: str, paths: Iterable[str], output: Path) -> list[str]:
    """The files among some paths that are inputs."""
    own = str(output.resolve())
    found = sorted(path for path in paths if _known(path) and Path(path).is_file() and not str(Path(path).resolve()).startswith(own))
    if not found:
        raise InputError(name, f"No file there has a suffix of {_suffixes()}.")
    return found


def _known(name: str) -> bool:
    plain = name.lower().removesuffix(".gz").removesuffix(".zst")
    return _is_table(name) or plain.endswith(LINES)


def _suffixes() -> str:
    return f"{', '.join(LINES + SHEETS)} (with {' or '.join(COMPRESSIONS)} behind it, too), {WORKBOOK} and {PARQUET}"


def _is_table(name: str) -> bool:
    lower = name.lower()
    plain = lower.removesuffix(".gz").removesuffix(".zst")
    return lower.endswith((PARQUET, WORKBOOK)) or plain.endswith(SHEETS)


def _lines(file: str, *, before: int, longest: int) -> Iterator[Record]:
    """The lines of a file that hold more than white space."""
    number = 0
    with _opened(file) as (stream, raw):
        try:
            while piece := stream.readline(longest + 1):
                number += 1
                body: bytes | None = piece
                while not piece.endswith(b"\n") and len(piece) > longest:
                    body = None
                    piece = stream.readline(longest + 1)
                if body is None or body.strip():
                    yield Record(Place(file, number, "line", before + (raw.tell() if raw else 0)), body)
        except (EOFError, zlib.error, OSError) as error:
            raise InputError(file, f"It cannot be read beyond line {number}: {error}.") from error


@contextmanager
def _opened(file: str) -> Iterator[tuple[BinaryIO, BinaryIO | None]]:
    """The bytes of a file, not compressed any more, and the file, which tells how far it is read; None for a pipe."""
    if file == STANDARD:
        yield _standard_input(), None
        return
    with Path(file).open("rb") as raw:
        told = raw if raw.seekable() else None
        match Path(file).suffix.lower():
            case ".gz":
                yield cast("BinaryIO", gzip.GzipFile(fileobj=raw)), told
            case ".zst":
                pa = arrow()
                unpacked = pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")
                yield io.BufferedReader(unpacked, _BUFFER), told
            case _:
                yield raw, told


def _standard_input() -> BinaryIO:
    """Standard input in an object of its own: a thread that still waits for it when Python ends holds no lock that Python wants."""
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except io.UnsupportedOperation:  # not a real one
        return sys.stdin.buffer


def _rows(file: str, columns: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    """The rows of a table as requests; some rows, or a page of each column, are held at a time."""
    try:
        if file.lower().endswith(PARQUET):
            yield from _parquet_rows(file, columns, before=before, longest=longest)
        elif file.lower().endswith(WORKBOOK):
            size = Path(file).stat().st_size
            yield from _sheet_rows(file, workbook_rows(Path(file)), columns, lambda: before + size, longest=longest)
        else:
            with _opened(file) as (stream, raw):
                plain = file.lower().removesuffix(".gz").removesuffix(".zst")
                rows = csv_rows(stream, tabs=plain.endswith(TABS), longest=longest)
                yield from _sheet_rows(file, rows, columns, lambda: before + (raw.tell() if raw else 0), longest=longest)
    except (EOFError, zlib.error, OSError) as error:
        raise InputError(file, f"It cannot be read to its end: {error}.") from error
    except (NoTextError, SheetError) as error:
        raise InputError(file, str(error)) from None


def _sheet_rows(file: str, rows: Generator[Row], columns: Columns | None, end: Callable[[], int], *, longest: int) -> Iterator[Record]:
    """The rows below the one that names the columns."""
    with closing(rows):
        _, header = next(rows, (0, None))
        if header is None:
            return
        chosen = choose(column_names(header), columns)
        for number, cells in rows:
            body, carried = requested(dict(zip_longest(chosen.names, cells[: len(chosen.names)])), chosen)
            whole = len(body) + len(carried) <= longest
            fault = fault_of(cells, chosen.names)
            yield Record(Place(file, number, "row", end()), body if whole else None, chosen.text, carried, fault=fault)


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
                    place = Place(file, number, "row", before + size * number // rows)
                    yield Record(place, None if len(body) > longest else body, chosen.text, carried)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(file, f"It cannot be read beyond row {number}: {error}.") from error
