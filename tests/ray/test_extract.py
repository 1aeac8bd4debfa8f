"""Ray: a dataset answered by a real cluster of one node."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("ray.data", reason="the extra [ray] is not installed")

import ray

import poisoned
import quoteapi.ray
from quoteapi.batch import SHAPES, Shape
from quoteapi.batch.parts import NoColumnError
from quoteapi.batch.rows import rows_of, schema_of
from quoteapi.engine import QuoteEngine
from quoteapi.settings import Settings
from quoteapi.structs import Article

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:ray.*")  # Ray's own, of its own options
ARTICLES = {
    "a": "“The wall held,” said Jane Roe, the harbour master. “We were lucky,” she added.",
    "b": "Nobody spoke.",
    "c": "“It will,” said Tom Poe, a retired pilot, “take years.”",
    "d": "“We will not sign,” Ruth Marsh told the council.",
}


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Of two CPUs: one for an engine, one that reads and writes."""
    path = os.pathsep.join([str(Path(poisoned.__file__).parent), os.environ.get("PYTHONPATH", "")])  # where engines look for theirs
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=100_000_000,
        log_to_driver=False,
        logging_level="error",
        runtime_env={"env_vars": {"PYTHONPATH": path}},
        _node_ip_address="127.0.0.1",
    )
    yield
    ray.shutdown()


def by_article(rows: list[dict[str, Any]], identity: str) -> list[dict[str, Any]]:
    """The rows in an order; Ray gives them in that of its parts."""
    return sorted(rows, key=lambda row: str(row[identity]))


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_of_parquet_are_the_engines_own(engine: QuoteEngine, tmp_path: Path, shape: Shape) -> None:
    """Of every shape, written as Parquet by Ray."""
    pq.write_table(pa.table({"id": list(ARTICLES), "text": list(ARTICLES.values())}), tmp_path / "in.parquet")
    answers = [engine.extract(Article(text=text, id=name)) for name, text in ARTICLES.items()]
    expected = pa.Table.from_pylist([row for answer in answers for row in rows_of(answer, shape)], schema=schema_of(shape))
    output = tmp_path / "out"
    quoteapi.ray.extract(ray.data.read_parquet(str(tmp_path / "in.parquet")), rows=shape, batch_size=2).write_parquet(str(output))
    rows = [row for file in output.glob("*.parquet") for row in pq.ParquetFile(file).read().to_pylist()]
    identity = "id" if shape == "answers" else "article_id"
    assert by_article(rows, identity) == [row | {"error": None} for row in expected.to_pylist()]


def test_bad_records_of_json_lines_end_no_job(tmp_path: Path) -> None:
    """They are rows with their reasons; columns have names of their own."""
    records = [
        {"nr": 1, "body": ARTICLES["a"], "lang": "en"},
        {"nr": 2, "body": "", "lang": "en"},
        {"nr": 3, "body": "“Nein”, sagte Jane Roe.", "lang": "de"},
        {"nr": 4, "body": "long " * 100, "lang": "en-GB"},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    articles = ray.data.read_json(str(tmp_path / "in.jsonl"), lines=True)
    settings = Settings(max_text_length=400)
    found = quoteapi.ray.extract(articles, text_column="body", id_column="nr", language_column="lang", settings=settings)
    told = {row["id"]: row["error"] for row in found.take_all()}
    assert told.keys() == {"1", "2", "3", "4"}
    assert told["1"] is None
    assert ("#/text" in told["2"], "de" in told["3"], "at most 400" in told["4"]) == (True, True, True)


def test_other_columns_stand_in_every_row() -> None:
    """Of errors, too; one that is called as one of ours has another name."""
    articles = ray.data.from_items(
        [{"id": "a", "text": ARTICLES["d"], "outlet": "x", "kind": 1}, {"id": "b", "text": " ", "outlet": "y", "kind": 2}]
    )
    rows = quoteapi.ray.extract(articles, rows="quotes").take_all()
    assert sorted((row["article_id"], row["outlet"], row["article_kind"]) for row in rows) == [("a", "x", 1), ("b", "y", 2)]


def test_an_article_that_kills_engines_ends_no_job() -> None:
    """Ray alone would do its part again for ever."""
    articles = ray.data.from_items([{"id": "a", "text": "Hi."}, {"id": "b", "text": "die now"}])
    found = quoteapi.ray.extract(articles, engine="poisoned:make", settings=Settings())
    assert {row["id"]: row["error"] is None for row in found.take_all()} == {"a": True, "b": False}


def test_a_missing_column_is_told_at_once() -> None:
    """Before any engine is loaded."""
    with pytest.raises(NoColumnError, match="no column body, only text"):
        quoteapi.ray.extract(ray.data.from_items([{"text": "Hi."}]), text_column="body")


def test_one_cpu_a_machine_is_left_for_reading() -> None:
    """An engine on every CPU would wait for articles that nobody can read."""
    assert quoteapi.ray.default_workers() == 1
