"""Output: the tables of an archive as files in a folder, and its report as one file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
import polars as pl

from quoteapi.batch.journal import replace_file, replacing
from quoteapi.exports.spreadsheet import csv_of

TableFormat: TypeAlias = Literal["parquet", "csv", "jsonl"]
_ROWS_AT_ONCE = 20_000


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path, form: TableFormat) -> list[Path]:
    """Writes each table to a file of its own, which replaces an existing one atomically.

    Args:
        tables: Tables by file name, without suffix.
        folder: Created if it does not exist.
        form: The format; in CSV, cells with lists hold JSON.

    Raises:
        OSError: A file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        path = folder / f"{file_name(name)}.{form}"
        with replacing(path) as file:
            match form:
                case "parquet":
                    table.write_parquet(file)
                case "jsonl":
                    table.write_ndjson(file)
                case "csv":
                    file.writelines(_csv(table))
        written.append(path)
    return written


def write_report(page: bytes, path: Path) -> None:
    """Writes a report to a file, which replaces an existing one atomically.

    Args:
        page: The HTML.
        path: The file; its folder is created if it does not exist.

    Raises:
        OSError: The file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, page)


def file_name(name: str) -> str:
    """Returns a safe file name, with `_` for other characters, because the user's columns may have any name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)


def _csv(table: pl.DataFrame) -> Iterator[bytes]:
    yield csv_of([table.columns])
    for part in table.iter_slices(_ROWS_AT_ONCE):
        yield csv_of([_cell(value) for value in row] for row in part.iter_rows())


def _cell(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else value
