"""The recipe for Spark, in a local session of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quoteapi.batch.rows import rows_of, schema_of
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

pytest.importorskip("pyspark", reason="the extra [spark] is not installed")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17 or later, which is not installed")

SCRIPT = Path(__file__).parents[2] / "examples" / "spark_quotes.py"
ARTICLES = {"a": "“The wall held,” said Jane Roe, the harbour master. “We were lucky,” she added.", "b": " ", "c": "“No,” said Tom Poe."}


def test_the_script_writes_a_row_a_quote(tmp_path: Path, engine: QuoteEngine) -> None:
    """Those of the engine, and one for an article that cannot be answered."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(
        "".join(json.dumps({"id": name, "text": text, "outlet": f"The {name}"}) + "\n" for name, text in ARTICLES.items()), encoding="utf-8"
    )
    done = subprocess.run(  # noqa: S603  a script of ours
        [sys.executable, str(SCRIPT), str(source), str(output)],
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "3 quotes; 1 articles could not be answered" in done.stdout
    rows = [row for file in sorted(output.glob("*.parquet")) for row in pq.ParquetFile(file).read().to_pylist()]
    meant = [
        row | {"error": None, "outlet": f"The {name}"}
        for name in "ac"
        for row in rows_of(engine.extract(Article(text=ARTICLES[name], id=name)), "quotes")
    ]
    assert [row for row in rows if row["error"] is None] == meant
    (failed,) = (row for row in rows if row["error"] is not None)
    assert (failed["article_id"], "empty" in failed["error"]) == ("b", True)
    assert list(rows[0]) == [*schema_of("quotes").names, "error", "outlet"]
