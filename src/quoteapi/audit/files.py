"""Input files: rows written by `quoteapi batch`, read from JSON Lines, CSV, Parquet or workbooks."""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from quoteapi.batch.inputs import PARQUET, TABS, WORKBOOK, find_inputs, is_table, opened
from quoteapi.batch.paths import STANDARD, InputError, plain_name
from quoteapi.batch.sheets import SheetError, column_names, csv_rows, fault_of, workbook_rows
from quoteapi.escapes import writable

LONGEST = 64 << 20
"""Maximum number of characters in a CSV cell, far more than the answer to an article has."""
_REJECTS = ".rejects.jsonl"
_ROWS_AT_ONCE = 20_000
_ESCAPED = re.compile(r"^'(?='*[=+\-@\t\r\n＝＋－＠])")
"""The apostrophe that our CSV has before a cell that a spreadsheet would run as a formula."""


def find_rows(names: Sequence[str], *, output: Path) -> list[str]:
    """Returns the input files in the order of the arguments.

    Args:
        names: Files, folders, patterns, or `-` for standard input. Files of rejects that batch wrote are skipped.
        output: The folder of the tables; files in it are skipped in folders and patterns.

    Raises:
        InputError: A file does not exist, has an unknown suffix or is in the folder of the tables, or no file is left.
    """
    found = [name for name in find_inputs(names, output=output) if not name.endswith(_REJECTS)]
    folder = output.resolve()
    inside = [name for name in found if name != STANDARD and Path(name).resolve().parent == folder]
    if named := [name for name in inside if name in names]:
        raise InputError(named[0], f"It is in {output}, where the tables are written. Name another folder for them.")
    if not (kept := [name for name in found if name not in inside]):
        raise InputError(names[0], "It has no rows of quoteapi batch, only rejects or tables of voices.")
    return kept


def read_rows(file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the rows of a file, each with the label that error messages give it (file and line or row).

    Raises:
        InputError: The file cannot be read to its end; the rows before the fault have been yielded.
        ExtraMissingError: The library that reads the format is not installed.
    """
    called = writable(file)
    number = 0
    try:
        for number, row in _rows(file):
            yield f"{called}, {'row' if is_table(file) else 'line'} {number}", row
    except (EOFError, zlib.error, OSError, SheetError, msgspec.DecodeError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        reason = str(getattr(error, "strerror", None) or error).rstrip(".")
        message = f"It cannot be read beyond {'row' if is_table(file) else 'line'} {number}: {reason}."
        raise InputError(called, message) from error
    except RecursionError:
        raise InputError(called, f"Line {number + 1} is nested too deep.") from None


def _rows(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if file.lower().endswith(PARQUET):
        yield from enumerate(_parquet(file), start=1)
    elif file.lower().endswith(WORKBOOK):
        yield from _sheet(workbook_rows(Path(file)))
    elif is_table(file):
        with opened(file) as (stream, _):
            plain = plain_name(file)
            yield from _sheet(csv_rows(stream, tabs=plain.endswith(TABS), longest=LONGEST))
    else:
        yield from _lines(file)


def _lines(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    with opened(file) as (stream, _):
        for number, line in enumerate(stream, start=1):
            plain = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if plain.strip():
                try:
                    row = decoder.decode(plain)
                except msgspec.DecodeError as error:
                    message = f"Line {number} is no JSON object: {error}."
                    raise InputError(writable(file), message) from None
                yield number, row


def _parquet(file: str) -> Iterator[dict[str, Any]]:
    """Yields the rows of a Parquet file in batches, without loading columns of ours that an audit does not use."""
    source = pl.scan_parquet(file)
    names = source.collect_schema().names()
    kept = source.select(name for name in names if name not in _UNREAD)
    start = 0
    while len(part := kept.slice(start, _ROWS_AT_ONCE).collect()):
        yield from part.iter_rows(named=True)
        start += _ROWS_AT_ONCE


_UNREAD = frozenset({"spans", "context_start", "context_end", "engine"})


def _sheet(rows: Any) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401  a generator of rows, closed at the end
    with closing(rows):
        _, header = next(rows, (0, None))
        if header is None:
            return
        names = column_names(header)
        for number, cells in rows:
            if (fault := fault_of(cells, names)) is not None:
                message = f"row {number}: {fault}"
                raise SheetError(message)
            yield number, {name: _plain(cell) for name, cell in zip_longest(names, cells[: len(names)])}


def _plain(cell: object) -> object:
    """Returns a cell without the apostrophe that keeps it from running as a formula; None for an empty text."""
    if isinstance(cell, str):
        return _ESCAPED.sub("", cell) or None
    return cell
