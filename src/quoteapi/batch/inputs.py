"""Inputs: the files of an archive, found by name, folder or pattern, and the records that they hold.

JSON lines, plain or compressed (`.gz`, `.zst`), and Parquet; which, a file's suffixes say.
"""

import codecs
import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from quoteapi.batch.arrow import arrow
from quoteapi.batch.paths import STANDARD, Identity, InputError, check_apart, identities, own_name, written_by
from quoteapi.batch.records import Columns, Place, Record, Reject, row_body
from quoteapi.escapes import writable

LINES = (".jsonl", ".ndjson")
COMPRESSIONS = (".gz", ".zst")
PARQUET = ".parquet"
ROWS_AT_ONCE = 64
_BUFFER = 1 << 20


class _UnreadableError(Exception):
    """The rest of a file cannot be read; `number` lines or rows of it were."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.number = number


def find_inputs(names: Sequence[str], *, output: Path) -> list[str]:
    """The files that are meant, in the order of the names; those of a folder or a pattern by their paths, each once.

    Args:
        names: Of files and of folders, patterns (`*`, `?`, `[…]`, `**` for folders of any depth), `-` for standard input.
        output: The files that its run writes are no inputs: in a folder or a pattern they are left out, as a run before has left them.

    Raises:
        InputError: There is no such file, or it has no suffix that is known; or the run writes to it.
    """
    own = {} if str(output) == STANDARD else identities(written_by(output))
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD:
            check_apart([name], own)
            found.append(name)
        elif path.is_dir():
            found += _listed(name, (str(file) for file in path.rglob("*")), own)
        elif path.exists():
            check_apart([name], own)
            if path.suffix and not _known(name):
                raise InputError(name, f"Its suffix is none of {_suffixes()}.")
            found.append(name)
        elif glob.has_magic(name):
            found += _listed(name, glob.iglob(name, recursive=True), own)  # noqa: PTH207  it begins anywhere, as a path may
        else:
            raise InputError(name, "There is no such file.")
    return list(dict.fromkeys(found))


def size_of(files: Iterable[str]) -> int | None:
    """Bytes of all files; None where standard input is among them."""
    files = list(files)
    return None if STANDARD in files else sum(map(_size, files))


def read_records(
    files: Iterable[str], columns: Columns | None, *, longest: int, skip_unreadable: bool = False
) -> Iterator[Record | Reject]:
    """The records of all files, in their order; at most some of a file are held at a time.

    Args:
        files: As `find_inputs` finds them.
        columns: Of Parquet, which holds the text and which the id; by default those of these names.
        longest: Bytes of a record at most; one that is longer comes without its body.
        skip_unreadable: Whether a file that cannot be read to its end is left there: a reject of its rest follows the records before.

    Raises:
        InputError: A file cannot be read to its end, or has no such column; after the records before.
        ExtraMissingError: What reads it is not installed.
    """
    before = 0
    for file in files:
        size = _size(file)
        try:
            yield from (_rows if _is_parquet(file) else _lines)(file, columns, before=before, longest=longest)
        except _UnreadableError as error:
            if not skip_unreadable:
                message = f"{error}. Mend it, or run again with --skip-unreadable, which goes on without the rest of it."
                raise InputError(file, message) from error
            place = Place(writable(file), error.number + 1, "row" if _is_parquet(file) else "line", before + size)
            yield Reject(place, None, f"{error}.", rest=True)
        before += size


def _size(file: str) -> int:
    """Bytes of a file; none where it is a pipe, or gone."""
    try:
        return 0 if file == STANDARD else Path(file).stat().st_size
    except OSError:
        return 0


def _listed(name: str, paths: Iterable[str], own: Mapping[Identity, str]) -> list[str]:
    """The files among some paths that are inputs."""
    found = sorted(path for path in paths if _known(path) and Path(path).is_file() and own_name(path, own) is None)
    if not found:
        raise InputError(name, f"No file there has a suffix of {_suffixes()}.")
    return found


def _known(name: str) -> bool:
    lower = name.lower()
    plain = lower.removesuffix(".gz").removesuffix(".zst")
    return _is_parquet(name) or plain.endswith(LINES)


def _is_parquet(name: str) -> bool:
    return name.lower().endswith(PARQUET)


def _suffixes() -> str:
    return f"{', '.join(LINES)} (with {' or '.join(COMPRESSIONS)} behind it, too) and {PARQUET}"


def _lines(file: str, _: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    """The lines of a file that hold more than white space, without the byte order mark that some programs put in front."""
    number = 0
    failure: Exception | None = None
    try:
        with _opened(file) as (stream, raw):
            size = _bytes_of(raw)
            try:
                while piece := stream.readline(longest + 1):
                    number += 1
                    body: bytes | None = piece.removeprefix(codecs.BOM_UTF8) if number == 1 else piece
                    while not piece.endswith(b"\n") and len(piece) > longest:
                        body = None
                        piece = stream.readline(longest + 1)
                    if body is None or body.strip():
                        yield Record(Place(writable(file), number, "line", before + (raw.tell() if raw else 0)), body)
            except (EOFError, zlib.error, OSError) as error:
                failure = error
            if size > (now := _bytes_of(raw)):  # its end may look like any other
                failure = OSError(f"it shrank while it was read, from {size:,} to {now:,} bytes, and records may be missing")
    except OSError as error:  # of opening it
        failure = error
    if failure is not None:
        raise _UnreadableError(_reason(failure, f"line {number}"), number) from failure


def _bytes_of(raw: BinaryIO | None) -> int:
    """Bytes of an open file as it is now, whatever has its name meanwhile; none of a pipe."""
    return os.fstat(raw.fileno()).st_size if raw else 0


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


def _reason(error: Exception, last: str) -> str:
    """Why a file cannot be read beyond its last record."""
    return f"It cannot be read beyond {last}: {str(getattr(error, 'strerror', None) or error).rstrip('.')}"


def _rows(file: str, columns: Columns | None, *, before: int, longest: int) -> Iterator[Record]:
    """The rows of a file as requests; a page of each column is held at a time."""
    pa, parquet = arrow(), arrow("parquet")
    wanted = columns or Columns()
    number = 0
    try:
        with parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as table:
            names = _columns(wanted, table.schema_arrow.names, id_needed=columns is not None and columns.id != Columns().id)
            size, rows = Path(file).stat().st_size, max(table.metadata.num_rows, 1)
            for batch in table.iter_batches(ROWS_AT_ONCE, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    body = row_body(row.get(wanted.id), row[wanted.text])
                    place = Place(writable(file), number, "row", before + size * number // rows)
                    yield Record(place, None if len(body) > longest else body)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise _UnreadableError(_reason(error, f"row {number}"), number) from error


def _columns(wanted: Columns, names: list[str], *, id_needed: bool) -> list[str]:
    """The columns to read; the id may be missing where nobody asked for it."""
    for name in (wanted.text, *((wanted.id,) if id_needed else ())):
        if name not in names:
            message = f"It has no column {name}, only {', '.join(names)}: name the one that you mean by an option"
            raise _UnreadableError(message)
    return [name for name in (wanted.text, wanted.id) if name in names]
