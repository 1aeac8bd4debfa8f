"""Carried columns: from each form of input into each row of each form of output."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quoteapi.batch import Counts
from quoteapi.batch.carried_columns import unique_name
from quoteapi.batch.early_failures import FIRST, EarlyFailureError
from quoteapi.batch.journal import OtherRunError
from quoteapi.batch.rows import SHAPES
from quoteapi.structs import Answer

WriteFile = Callable[[str, list[bytes]], Path]
Run = Callable[..., Counts]
STEADY = "steady:make"
ROWS = [
    {"id": "1", "outlet": "Herald", "date": "2026-01-02", "name": "Storm, and “after”", "body": "Roe was there."},
    {"id": "2", "outlet": "Post", "date": "", "name": "Dry", "body": "Poe was there."},
]
LINES = [json.dumps(row).encode() for row in ROWS]
CARRIED = [{"outlet": row["outlet"], "date": row["date"], "article_name": row["name"]} for row in ROWS]
"""In rows of speakers, which have a `name` themselves."""


@pytest.mark.parametrize("source", ["in.csv", "in.tsv", "in.csv.gz", "in.jsonl", "in.parquet", "in.xlsx"])
@pytest.mark.parametrize("output", ["out.csv", "out.csv.gz", "out.jsonl", "out.parquet"])
def test_columns_stand_in_every_row(write_file: WriteFile, tmp_path: Path, run: Run, source: str, output: str) -> None:
    """Behind our own, as they were."""
    lines = [line.replace(b'"date": ""', b'"date": "-"') for line in LINES]  # a spreadsheet has no text without characters
    run(write_file(source, lines), tmp_path / output, engine=STEADY, shape="speakers")
    rows = read_rows(tmp_path / output)
    assert [row["name"] for row in rows] == ["Roe", "Poe"]
    assert [row["speaker_id"] for row in rows] == ["1/s1", "2/s1"]
    carried = [{**each, "date": each["date"] or "-"} for each in CARRIED]
    assert [dict(list(row.items())[-3:]) for row in rows] == carried


def read_rows(path: Path) -> list[dict[str, object]]:
    """The rows of an output."""
    if path.suffix == ".parquet":
        rows: list[dict[str, object]] = pq.read_table(path).to_pylist()
        return rows
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()
    return list(csv.DictReader(text.splitlines())) if ".csv" in path.name else [json.loads(line) for line in text.splitlines()]


def test_an_answer_has_them_beside_its_own_fields(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """And is an answer still; a field of its own name gets another."""
    source = write_file("in.jsonl", [b'{"id": "1", "text": "Roe spoke.", "outlet": "Herald", "quotes": [1], "article_quotes": 2}'])
    run(source, tmp_path / "out.jsonl", engine=STEADY)
    line = (tmp_path / "out.jsonl").read_bytes()
    assert msgspec.json.decode(line, type=Answer).speakers[0].name == "Roe"
    told = json.loads(line)
    assert (told["outlet"], told["quotes"], told["article_quotes"], told["article_article_quotes"]) == ("Herald", [], [1], 2)


def test_a_table_types_what_it_carries(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Numbers and truth values where there are no others; else text, lists and objects as JSON."""
    fields = [
        {"n": 1, "x": 1, "yes": True, "mixed": 1, "list": [1], "big": 2**70},
        {"n": None, "x": 0.5, "yes": False, "mixed": "a", "list": None, "late": "b"},
    ]
    lines = [json.dumps({"id": str(number), "text": "Roe.", **row}).encode() for number, row in enumerate(fields)]
    run(write_file("in.jsonl", lines), tmp_path / "out.parquet", engine=STEADY, shape="speakers")
    table = pq.read_table(tmp_path / "out.parquet")
    types = {field.name: field.type for field in table.schema}
    names = ("n", "x", "yes", "mixed", "list", "big", "late")
    assert [types[name] for name in names] == [pa.int64(), pa.float64(), pa.bool_(), *[pa.string()] * 4]
    assert [tuple(row[name] for name in names) for row in table.to_pylist()] == [
        (1, 1.0, True, "1", "[1]", str(2**70), None),
        (None, 0.5, False, "a", None, None, "b"),
    ]


def test_lines_with_different_fields_make_one_table_of_csv(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """All are named in its first line; where a later run would need more, it says so."""
    lines = [b'{"id": "1", "text": "Roe.", "a": 1}', b"no JSON", b'{"id": "2", "text": "Poe.", "b": {"c": true}}']
    run(write_file("in.jsonl", lines), tmp_path / "out.csv", engine=STEADY, shape="speakers")
    assert [(row["a"], row["b"]) for row in read_rows(tmp_path / "out.csv")] == [("1", ""), ("", '{"c":true}')]
    write_file("in.jsonl", [*lines, b'{"id": "3", "text": "Doe.", "d": 1}'])
    with pytest.raises(OtherRunError, match="carried columns was a, b, and is a, b, d now"):
        run(tmp_path / "in.jsonl", tmp_path / "out.csv", engine=STEADY, shape="speakers")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_two_columns_get_one_name(shape: str) -> None:
    """Whatever they are called."""
    own = frozenset(["id", "name"] if shape == "answers" else ["article_id", "name"])
    names = ["id", "article_id", "article_article_id", "name", "article_name", "title", "article_title"]
    given = [unique_name(name, own) for name in names]
    assert len({*given, *own}) == len(names) + len(own)
    assert given[-2:] == ["title", "article_title"]


def test_a_run_whose_first_records_fail_alike_is_stopped(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """With the reason, and leaves nothing in the way of the corrected command."""
    lines = [json.dumps({"story": f"Roe{number}.", str(number): 1}).encode() for number in range(2 * FIRST)]
    source, output = write_file("in.jsonl", lines), tmp_path / "out.jsonl"
    with pytest.raises(
        EarlyFailureError, match=r"first 20 records.*line 1: No field is named text.*--text-column.*There are: story, 0\."
    ) as error:
        run(source, output, engine=STEADY)
    assert str(source) in str(error.value)
    assert sorted(tmp_path.iterdir()) == [source]
    assert run(source, output, engine=STEADY, max_rejects=1000) == Counts(rejected=2 * FIRST)


def test_a_run_goes_on_where_its_first_records_fail_differently(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Or where one of them is answered."""
    for number, lines in enumerate(([b"no JSON"] * 19 + [b'{"text": " "}'], [b"no JSON"] * 19 + [b'{"text": "Roe."}'])):
        counts = run(write_file("in.jsonl", lines + [b"no JSON"] * 30), tmp_path / f"{number}.jsonl", engine=STEADY)
        assert counts.answered + counts.rejected == 50


def test_texts_that_are_all_empty_are_told_by_their_column(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """The engine's reasons, too, are one kind, whatever numbers they tell."""
    source = write_file("in.csv", [json.dumps({"nr": str(number), "Body": " "}).encode() for number in range(FIRST)])
    with pytest.raises(EarlyFailureError, match=r"in\.csv, row 2: The text in Body is empty"):
        run(source, tmp_path / "out.jsonl", engine=STEADY)
