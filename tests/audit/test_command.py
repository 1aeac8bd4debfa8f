"""The command `voices`: what it reads and writes, and what it says."""

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from heard import said
from quoteapi.cli import main
from quoteapi.exports.spreadsheet import csv_of

ROWS = [
    said("a1", "=Never again.", "Jane Roe", "the harbour master", outlet="Herald", date="2026-03-01"),
    said("a2", "Who knows what the tide brings?", "Jane Roe", None, outlet="Post", date="3/4/26"),
]
TABLES = {"voices", "quotes", "appearances", "together", "doubtful", "summary"}


def run(*arguments: object, stdin: str | None = None) -> Result:
    """What the command does."""
    return CliRunner().invoke(main, ["voices", *map(str, arguments)], input=stdin, env={"COLUMNS": "500"})


def lines() -> str:
    """The rows as JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in ROWS)


def written(path: Path) -> Path:
    """A file with the rows, in the format of its suffix."""
    match path.suffixes[-1]:
        case ".gz":
            path.write_bytes(gzip.compress(lines().encode()))
        case ".parquet":
            pl.DataFrame(ROWS, infer_schema_length=None).write_parquet(path)
        case ".csv":
            path.write_bytes(csv_of([list(ROWS[0]), *(row.values() for row in ROWS)]))
        case _:
            path.write_text(lines(), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz", "rows.csv", "rows.parquet"])
def test_every_format_of_batch_is_read(tmp_path: Path, name: str) -> None:
    """A cell that was made harmless for spreadsheets is as it was."""
    result = run(written(tmp_path / name), tmp_path / "out", "--by", "outlet")
    assert result.exit_code == 0, result.output
    files = {path.stem for path in (tmp_path / "out").iterdir()}
    assert files == {*TABLES, "by_outlet", "over_time", "by_outlet_over_time"}
    assert pl.read_parquet(tmp_path / "out" / "voices.parquet")["articles"].to_list() == [2]
    assert "=Never again." in pl.read_parquet(tmp_path / "out" / "appearances.parquet")["text"].to_list()


def test_tables_are_written_as_csv_and_json_lines(tmp_path: Path) -> None:
    """In CSV, lists are JSON, and formulas harmless."""
    source = written(tmp_path / "rows.jsonl")
    assert run(source, tmp_path / "csv", "--format", "csv").exit_code == 0
    with (tmp_path / "csv" / "voices.csv").open(encoding="utf-8", newline="") as file:
        (roe,) = csv.DictReader(file)
    assert json.loads(roe["forms"]) == ["Jane Roe"]
    assert "'=Never again." in (tmp_path / "csv" / "quotes.csv").read_text(encoding="utf-8")
    assert run(source, tmp_path / "lines", "--format", "jsonl").exit_code == 0
    (line,) = (tmp_path / "lines" / "voices.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["roles"][0]["text"] == "harbour master"


def test_it_says_what_it_found(tmp_path: Path) -> None:
    """And which dates it cannot read."""
    result = run(written(tmp_path / "rows.jsonl"), tmp_path / "out")
    assert "2 quotes in 2 articles, of 1 people and organizations; 0 doubtful joins were not made." in result.stderr
    assert "The dates of 1 articles cannot be read, such as “3/4/26”" in result.stderr


def test_a_folder_is_read_without_its_tables_and_rejects(tmp_path: Path) -> None:
    """So that it can be run again."""
    written(tmp_path / "rows.jsonl")
    (tmp_path / "rows.jsonl.rejects.jsonl").write_text('{"file": "x", "reason": "y"}\n', encoding="utf-8")
    for _ in range(2):
        result = run(tmp_path, tmp_path / "out", "--format", "csv")
        assert result.exit_code == 0, result.output
    assert "2 quotes" in result.stderr


def test_answers_are_read_as_batch_writes_them(tmp_path: Path) -> None:
    """With the columns that they carry, from standard input, too."""
    article = {"id": "a1", "text": "“The wall held,” said Jane Roe, the harbour master.", "outlet": "Herald"}
    source = tmp_path / "articles.jsonl"
    source.write_text(json.dumps(article) + "\n", encoding="utf-8")
    program = [sys.executable, "-c", "from quoteapi.cli import main; main()"]
    answers = subprocess.run([*program, "batch", str(source), "-"], check=True, capture_output=True, text=True).stdout  # noqa: S603  ours
    done = subprocess.run([*program, "voices", "-", str(tmp_path / "out")], input=answers, capture_output=True, text=True, check=False)  # noqa: S603  ours
    assert done.returncode == 0, done.stderr
    appearances = pl.read_parquet(tmp_path / "out" / "appearances.parquet")
    assert (appearances["name"].to_list(), appearances["outlet"].to_list()) == (["Jane Roe"], ["Herald"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{oops\n", "Line 1 is no JSON object"),
        ('{"id": "a1", "text": "An article."}\n', "line 1 is no answer and no row that quoteapi batch writes"),
        ("[" * 100_000, "Line 1"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: str, words: str) -> None:
    """With the file and the line, and no table is written."""
    source = tmp_path / "rows.jsonl"
    source.write_text(content, encoding="utf-8")
    result = run(source, tmp_path / "out")
    assert result.exit_code == 1
    assert "rows.jsonl" in result.stderr
    assert words in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_wrong_use_is_told(tmp_path: Path) -> None:
    """A file for OUT, a file that is not there, an input among the tables."""
    source = written(tmp_path / "rows.jsonl")
    assert run(source, tmp_path / "out.csv").exit_code == 2
    assert run(tmp_path / "missing.jsonl", tmp_path / "out").exit_code == 2
    assert run(source, tmp_path).exit_code == 2
    assert run(source, tmp_path / "out", "--by", "topic").exit_code == 1


def test_without_polars_it_says_what_to_install(tmp_path: Path) -> None:
    """On the command line and in Python."""
    (tmp_path / "polars.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]), "COLUMNS": "200"}
    for code in ("import quoteapi; quoteapi.voices([])", "from quoteapi.cli import main; main(['voices', '-', 'out'])"):
        done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603  ours
        assert done.returncode == 1
        assert "pip install '.[voices]'" in " ".join(done.stderr.split())
