"""The example for Ray, as its own program."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

pytest.importorskip("ray.data", reason="the extra [ray] is not installed")

SCRIPT = Path(__file__).parents[2] / "examples" / "ray_quotes.py"


def test_the_script_writes_a_row_a_quote(tmp_path: Path) -> None:
    """On a cluster of its own, which is gone when it ends."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text('{"id": "a", "text": "“The wall held,” said Jane Roe."}\n{"id": "b", "text": ""}\n', encoding="utf-8")
    subprocess.run([sys.executable, str(SCRIPT), str(source), str(output)], check=True, cwd=tmp_path)  # noqa: S603  a script of ours
    rows = [row for file in output.glob("*.parquet") for row in pq.ParquetFile(file).read().to_pylist()]
    assert sorted((row["article_id"], row["speaker"], row["error"] is None) for row in rows) == [
        ("a", "Jane Roe", True),
        ("b", None, False),
    ]
