"""Files of invented articles, and what reads them."""

import gzip
from collections.abc import Callable
from pathlib import Path

import msgspec
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
    """Writes a file of lines; of Parquet, its rows are the lines' objects."""

    def write(name: str, lines: list[bytes]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        content = b"".join(line + b"\n" for line in lines)
        match path.suffix:
            case ".gz":
                path.write_bytes(gzip.compress(content))
            case ".zst":
                path.write_bytes(pa.compress(content, codec="zstd", asbytes=True))
            case ".parquet":
                pq.write_table(pa.Table.from_pylist([msgspec.json.decode(line) for line in lines]), path)
            case _:
                path.write_bytes(content)
        return path

    return write


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
