"""Tables: answers as Parquet."""

from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from quoteapi.batch import tables
from quoteapi.batch.rows import rows_of
from quoteapi.batch.tables import write_table
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

TEXTS = ["“The wall held,” said Jane Roe.", "Nothing was said.", "“We are dry,” Mr. Poe told reporters. “All of us.”"]


def test_a_table_has_the_rows_in_order_and_the_same_bytes_again(
    engine: QuoteEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In several groups of rows, which are never all in memory; nothing is left beside it."""
    monkeypatch.setattr(tables, "ANSWERS_AT_ONCE", 2)
    monkeypatch.setattr(tables, "GROUP_SIZE", 1)
    answers = [engine.extract(Article(text=text, id=str(number))) for number, text in enumerate(TEXTS * 3)]
    encoded = [msgspec.json.encode(answer) + b"\n" for answer in answers]
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path in paths:
        write_table(encoded, path, "quotes")
    assert pq.read_table(paths[0]).to_pylist() == [row for answer in answers for row in rows_of(answer, "quotes")]
    assert pq.ParquetFile(paths[0]).num_row_groups > 1
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


def test_a_table_of_nothing_has_its_columns(tmp_path: Path) -> None:
    """So that who reads it does not fail."""
    write_table([], tmp_path / "a.parquet", "speakers")
    assert "name" in pq.read_table(tmp_path / "a.parquet").column_names
