"""The command `batch`, as a program of its own: what it reads, writes, shows and ends with."""

import csv
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quoteapi.batch import rejects_path

ARTICLE = "“The wall held,” said Jane Roe, the harbour master. She called the plan a “lifeline”."
PROGRAM = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch"]
PATIENCE = 300
"""Seconds after which something hangs."""


def batch(*arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command does."""
    return subprocess.run(  # noqa: S603  this interpreter, our own arguments
        [*PROGRAM, *map(str, arguments)],
        check=False,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, **environment},
    )


def line(identity: str, **more: object) -> str:
    """A record."""
    return json.dumps({"id": identity, "text": ARTICLE, **more}) + "\n"


def failed(result: subprocess.CompletedProcess[str], status: int) -> str:
    """The message of a command that failed without a traceback, its lines and frame undone."""
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return " ".join(re.sub("[│╭╮╰╯─]", " ", result.stderr).split())


def test_it_writes_answers_and_rejects_and_says_how_many(tmp_path: Path) -> None:
    """Exit code 3, since something was rejected, also when it has nothing left to do."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(line("a") + "nonsense\n")
    result = batch(source, output)
    assert result.returncode == 3
    assert "Most frequent reason (1 of 1): " in result.stderr
    assert re.search(r"2 read: 1 answered, 1 rejected \(.*out\.jsonl\.rejects\.jsonl\); .* words a second", result.stderr)
    assert json.loads(output.read_text())["id"] == "a"
    assert json.loads((tmp_path / "out.jsonl.rejects.jsonl").read_text())["line"] == 2
    again = batch(source, output)
    assert again.returncode == 3
    assert "0 read: 0 answered, 0 rejected, 2 done before" in again.stderr


def test_it_stands_in_a_pipe() -> None:
    """Answers on standard output, rejects on standard error, and nothing else there."""
    result = batch("-", "-", stdin=line("a") + "nonsense\n")
    assert result.returncode == 3
    assert json.loads(result.stdout)["id"] == "a"
    assert json.loads(result.stderr)["line"] == 2
    assert batch("-", "-", "--rows", "quotes", stdin=line("a")).stdout.count("The wall held,") == 1


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no names for pipes")
def test_a_pipe_with_a_name_is_one_too() -> None:
    """As a shell makes them of commands; nothing is left beside it."""
    result = batch("/dev/stdin", "/dev/stdout", stdin=line("a") + line("b"))
    assert [json.loads(each)["id"] for each in result.stdout.splitlines()] == ["a", "b"], result.stderr
    assert not Path("/dev/stdout.run.json").exists()


def test_an_answer_in_a_pipe_does_not_wait_for_the_next_record() -> None:
    """Whoever writes a record and waits for its answer gets it."""
    with subprocess.Popen([*PROGRAM, "-", "-", "--workers", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  our own
        assert process.stdin is not None
        assert process.stdout is not None
        for identity in ("a", "b"):
            process.stdin.write(line(identity).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == identity
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_an_interrupt_ends_it_though_its_input_is_silent() -> None:
    """Ctrl-C: no lock, thread or worker keeps the program."""
    with subprocess.Popen([*PROGRAM, "-", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603  our own
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line("a").encode())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(2)
        assert process.wait(PATIENCE) == 1
        assert process.stderr.read().strip() in {b"Aborted.", b"Aborted!"}


def test_a_folder_becomes_tables(tmp_path: Path) -> None:
    """Files of every form in; nested answers, and a row a quote, out."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(line("a") + line("b"))
    pq.write_table(pa.table({"id": ["c"], "text": [ARTICLE]}), tmp_path / "in" / "b.parquet")
    assert batch(tmp_path / "in", tmp_path / "answers.parquet").returncode == 0
    answers = pq.read_table(tmp_path / "answers.parquet").to_pylist()
    assert [(answer["id"], answer["speakers"][0]["role"]["text"]) for answer in answers] == [(each, "the harbour master") for each in "abc"]
    assert batch(tmp_path / "in/*", tmp_path / "quotes.csv").returncode == 0
    with (tmp_path / "quotes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["article_id"], row["speaker"]) for row in rows if row["kind"] == "direct"} == {(each, "Jane Roe") for each in "abc"}


def test_options_hold_for_every_record_that_does_not_say(tmp_path: Path) -> None:
    """Columns, unit, extra parts and people."""
    people = tmp_path / "people.json"
    people.write_text('[{"name": "Jane Roe", "same_as": "https://example.org/roe"}]')
    options = ("--text-column", "body", "--id-column", "nr", "--offset-unit", "utf8", "--include", "alternatives", "--people", people)
    record = json.dumps({"nr": 7, "body": ARTICLE, "url": "https://example.org/7"})
    answer = json.loads(batch("-", "-", *options, stdin=record).stdout)
    assert (answer["id"], answer["offset_unit"], answer["quotes"][0]["start"]) == ("7", "utf8", 3)
    assert answer["speakers"][0]["same_as"] == "https://example.org/roe"
    assert "alternatives" in answer["quotes"][0]
    own = line("a", offset_unit="codepoint") + line("b")
    told = batch("-", "-", "--offset-unit", "utf8", stdin=own).stdout.splitlines()
    assert [json.loads(each)["offset_unit"] for each in told] == ["codepoint", "utf8"]


def test_a_spreadsheet_becomes_a_row_a_quote_with_its_own_columns(tmp_path: Path) -> None:
    """Without an option: the text's column is guessed, ids are made, and every other column is carried."""
    source, output = tmp_path / "news.csv", tmp_path / "quotes.csv"
    with source.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("Outlet", "Body", "title"), ("Herald", ARTICLE, "Storm"), ("Post", "", "Dry")])
    result = batch(source, output)
    assert result.returncode == 3
    assert "The text in Body is empty" in result.stderr
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["article_id"], row["speaker_id"], row["speaker"], row["Outlet"], row["title"]) for row in rows if row["speaker"]]
    assert set(told) == {("news.csv:2", "news.csv:2/s1", "Jane Roe", "Herald", "Storm")}


def test_records_that_all_fail_alike_end_it_with_the_reason(tmp_path: Path) -> None:
    """Exit code 1, on the terminal, and the corrected command runs."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"nr": number, "story": ARTICLE}) + "\n" for number in range(20)))
    assert "Name the one that holds the article with --text-column. There are: nr, story." in failed(batch(source, output), 1)
    assert batch(source, output, "--text-column", "story", "--id-column", "nr").returncode == 0
    assert [json.loads(each)["id"] for each in output.read_text().splitlines()] == [str(number) for number in range(20)]


def test_wrong_uses_are_told(tmp_path: Path) -> None:
    """Exit code 2 before anything is begun, 1 where files or settings are wrong; the input is as it was."""
    source = tmp_path / "in.jsonl"
    source.write_text(line("a"))
    assert "nothing.jsonl" in failed(batch("nothing.jsonl", tmp_path / "out.jsonl"), 2)
    assert "the output, too" in failed(batch(source, source), 2)
    assert "OUT" in failed(batch(source), 2)
    assert "--rows quotes" in failed(batch(source, tmp_path / "out.csv", "--rows", "answers"), 1)
    assert "QUOTEAPI_PEOPLE" in failed(batch(source, tmp_path / "out.jsonl", QUOTEAPI_PEOLPE="a"), 1)
    assert source.read_text() == line("a")
    assert list(tmp_path.iterdir()) == [source]


def test_the_name_of_a_file_does_not_command_the_terminal(tmp_path: Path) -> None:
    """Controls and marks of direction of names are shown as escapes."""
    message = failed(batch("gnp\x1b]0;owned\u202e.jsonl", tmp_path / "out.jsonl"), 2)
    assert r"gnp\x1b]0;owned\u202e.jsonl: There is no such file." in message


def test_a_file_that_cannot_be_read_to_its_end_is_skipped_where_that_is_asked_for(tmp_path: Path) -> None:
    """Told, counted and among the rejects; without the option the run stops there, and goes on with it."""
    source, output = tmp_path / "[a].jsonl.gz", tmp_path / "out.jsonl"
    source.write_bytes(gzip.compress(line("a").encode())[:-5])
    assert "--skip-unreadable" in failed(batch(source, output), 1)
    result = batch(source, output, "--skip-unreadable")
    assert result.returncode == 3
    assert f"{source}: It cannot be read beyond line 1: " in result.stderr
    assert "1 answered, 0 rejected, files skipped: 1 (" in result.stderr
    assert json.loads(rejects_path(output).read_text())["line"] == 2


def test_it_fails_where_no_engine_can_be_loaded(tmp_path: Path) -> None:
    """Exit code 1 with the reason; no line is taken for a bad one, and with an engine it goes on."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(line("a"))
    assert "no-such-pipeline" in failed(batch(source, output, QUOTEAPI_PIPELINE="no-such-pipeline"), 1)
    assert [path.read_text() for path in tmp_path.glob("out.jsonl*") if path.name != "out.jsonl.run.json"] == ["", ""]


def test_too_many_rejects_end_it(tmp_path: Path) -> None:
    """Exit code 1; none may be rejected here."""
    assert "More than 0 records" in failed(batch("-", tmp_path / "out.jsonl", "--max-rejects", "0", stdin="nonsense\n"), 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    """With the rate, until the closing line takes its place."""
    import pty  # noqa: PLC0415  not on Windows

    source = tmp_path / "in.jsonl"
    source.write_text("".join(line(str(number)) for number in range(30)))
    ours, theirs = pty.openpty()
    shown = b""
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    with subprocess.Popen([*PROGRAM, source, tmp_path / "out.jsonl"], stderr=theirs, env=environment) as process:  # noqa: S603  our own
        os.close(theirs)
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end is closed
            pass
        os.close(ours)
    assert process.returncode == 0
    assert "━" in shown.decode()
    assert re.search(r"[\d.]+ articles/s, \d+ words/s", shown.decode())
    assert "30 read: 30 answered, 0 rejected;" in shown.decode()
