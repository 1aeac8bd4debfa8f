"""Files of invented articles, and what reads them."""

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quoteapi.batch import Answered, Archive, Counts, Reject, run_files
from quoteapi.processes import ENGINE, EngineSource
from quoteapi.settings import Settings

WriteFile = Callable[[str, list[bytes]], Path]
"""Writes a file of lines, in the form that its name says."""
Run = Callable[..., Counts]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Writes a file of lines; of a table, its rows are the lines' objects."""

    def write(name: str, lines: list[bytes]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        content = b"".join(line + b"\n" for line in lines)
        if next(iter(path.suffixes), "") in {".csv", ".tsv"}:
            content = sheet_of(lines, "\t" if path.suffix == ".tsv" else ",")
        match path.suffix:
            case ".gz":
                path.write_bytes(gzip.compress(content))
            case ".zst":
                path.write_bytes(pa.compress(content, codec="zstd", asbytes=True))
            case ".parquet":
                pq.write_table(pa.Table.from_pylist([msgspec.json.decode(line) for line in lines]), path)
            case ".xlsx":
                workbook_of(lines).save(path)
            case _:
                path.write_bytes(content)
        return path

    return write


def sheet_of(lines: list[bytes], separator: str) -> bytes:
    """The objects of lines as rows of text below the names of their fields."""
    rows = [msgspec.json.decode(line) for line in lines]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def workbook_of(lines: list[bytes]) -> openpyxl.Workbook:
    """The same as a workbook."""
    rows = [msgspec.json.decode(line) for line in lines]
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.worksheets[0].append(row)
    return book


@pytest.fixture
def run() -> Run:
    """Answers a file, with the packaged engine or another."""

    def answer(
        source: Path,
        output: Path,
        *,
        engine: str = ENGINE,
        settings: Settings | None = None,
        on_outcome: Callable[[Answered | Reject], None] = lambda _: None,
        **wishes: object,
    ) -> Counts:
        archive = msgspec.structs.replace(Archive([str(source)]), **wishes)
        return run_files(archive, output, EngineSource(engine, settings or Settings(workers=1)), on_outcome=on_outcome)

    return answer
