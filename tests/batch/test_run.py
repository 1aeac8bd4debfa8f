"""A run: stopped anywhere, it goes on and ends with the files that an unbroken run leaves."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

import msgspec
import pyarrow.parquet as pq
import pytest

from quoteapi.batch import Answered, Counts, Defaults, Reject, rejects_path
from quoteapi.batch.journal import OtherRunError
from quoteapi.batch.paths import InputError, journal_path
from quoteapi.batch.run import BLOCK, TooManyRejectsError
from quoteapi.settings import Settings
from quoteapi.structs import Answer
from target import ALIKE

WriteFile = Callable[[str, list[bytes]], Path]
Run = Callable[..., Counts]

LINES = [
    b'{"id": "1", "text": "\xe2\x80\x9cThe wall held,\xe2\x80\x9d said Jane Roe, the harbour master."}',
    b"no JSON",
    b"",
    b'{"id": "4", "text": "Nothing was said.", "offset_unit": "utf16"}',
    b'{"id": "5", "text": " "}',
    b'{"id": "6", "text": "\xe2\x80\x9cWe are dry,\xe2\x80\x9d Mr. Poe told reporters."}',
    b'{"id": "7", "text": "Guten Tag.", "language": "de"}',
]
MANY = [f'{{"id": "{number}", "text": "Roe{number} was there."}}'.encode() for number in range(100)]
MANY[70] = b"no JSON"
STEADY = "steady:make"
FORMS = ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "out.csv"]


class StoppedError(Exception):
    """The run is stopped here."""


@pytest.fixture(autouse=True)
def note_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the journal after every block, however fast it was."""
    monkeypatch.setattr("quoteapi.batch.run.NOTED", 0.0)


def stop_after(count: int) -> Callable[[Answered | Reject], None]:
    """Stops a run when so many records are written."""
    left = iter(range(count - 1))

    def stop(_: Answered | Reject) -> None:
        if next(left, None) is None:
            raise StoppedError

    return stop


def left_by(output: Path) -> dict[str, bytes]:
    """What a run leaves, by its name."""
    return {path.name: path.read_bytes() for path in output.parent.iterdir() if path.name.startswith(output.name)}


def test_answers_and_rejects_are_lines_in_the_order_of_the_input(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Answers as the API sends them; rejects with file, line, id and reason."""
    source, output = write_file("in.jsonl", LINES), tmp_path / "out.jsonl"
    assert run(source, output) == Counts(answered=3, rejected=3, words=19)
    answers, rejects = (path.read_bytes().splitlines() for path in (output, rejects_path(output)))
    assert [msgspec.json.decode(line, type=Answer).id for line in answers] == ["1", "4", "6"]
    assert [(reject["file"], reject["line"], reject["id"], bool(reject["reason"])) for reject in map(json.loads, rejects)] == [
        (str(source), 2, None, True), (str(source), 5, "5", True), (str(source), 7, "7", True),
    ]  # fmt: skip


def test_the_number_of_processes_changes_nothing(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Three leave the same bytes as one."""
    source = write_file("in.jsonl", LINES * 4)
    for workers in (1, 3):
        (tmp_path / str(workers)).mkdir()
        run(source, tmp_path / str(workers) / "out.jsonl.gz", settings=Settings(workers=workers))
    assert left_by(tmp_path / "1" / "out.jsonl.gz") == left_by(tmp_path / "3" / "out.jsonl.gz")


@pytest.mark.parametrize("name", FORMS)
def test_a_run_that_was_stopped_anywhere_ends_as_one_that_was_not(write_file: WriteFile, tmp_path: Path, run: Run, name: str) -> None:
    """Within a block, between two, in the middle of a write; again and again; all that is left is the same, byte for byte."""
    source = write_file("in.jsonl", MANY)
    wishes = {"engine": STEADY, "shape": "speakers" if name == "out.csv" else "answers"}
    for folder in ("whole", "stopped"):
        (tmp_path / folder).mkdir()
    whole, stopped = tmp_path / "whole" / name, tmp_path / "stopped" / name
    assert run(source, whole, **wishes) == Counts(answered=99, rejected=1, words=99 * 3)
    growing = stopped.with_name("out.parquet.answers.jsonl.gz") if name == "out.parquet" else stopped
    for count in (1, BLOCK, BLOCK + 5, 3):
        with pytest.raises(StoppedError):
            run(source, stopped, on_outcome=stop_after(count), **wishes)
        for path in (growing, rejects_path(stopped)):
            with path.open("ab") as file:
                file.write(b'{"id":"to')
    counts = run(source, stopped, **wishes)
    assert (counts.done_before, counts.answered + counts.rejected) == (2 * BLOCK, 100 - 2 * BLOCK)
    assert left_by(stopped) == left_by(whole)
    assert sorted(left_by(whole)) == [name, f"{name}.rejects.jsonl", f"{name}.run.json"]


def test_a_run_that_noted_little_ends_the_same(write_file: WriteFile, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that were written and not noted are written again, compressed as before."""
    monkeypatch.setattr("quoteapi.batch.run.NOTED", 1e9)
    source = write_file("in.jsonl", MANY)
    for folder in ("whole", "stopped"):
        (tmp_path / folder).mkdir()
    whole, stopped = tmp_path / "whole" / "out.jsonl.gz", tmp_path / "stopped" / "out.jsonl.gz"
    run(source, whole, engine=STEADY)
    with pytest.raises(StoppedError):
        run(source, stopped, engine=STEADY, on_outcome=stop_after(90))
    assert run(source, stopped, engine=STEADY).done_before == BLOCK
    assert left_by(stopped) == left_by(whole)


def test_a_table_that_was_being_written_is_written_again(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """A run that ends there leaves no half of one under its name."""
    source, output = write_file("in.jsonl", MANY), tmp_path / "out.parquet"
    (tmp_path / "out.parquet.tmp").mkdir()  # in its way
    with pytest.raises(IsADirectoryError):
        run(source, output, engine=STEADY)
    assert not output.exists()
    (tmp_path / "out.parquet.tmp").rmdir()
    assert run(source, output, engine=STEADY) == Counts(done_before=100)
    assert pq.read_table(output).column("id").to_pylist() == [str(number) for number in range(100) if number != 70]


@pytest.mark.parametrize("name", FORMS[:4])
def test_a_finished_run_has_nothing_left_to_do(write_file: WriteFile, tmp_path: Path, run: Run, name: str) -> None:
    """Lines added to the input later are answered by the next run, unless a table was made of those before."""
    source, output = write_file("in.jsonl", MANY), tmp_path / name
    run(source, output, engine=STEADY)
    before = left_by(output)
    assert run(source, output, engine=STEADY) == Counts(done_before=100)
    assert left_by(output) == before
    write_file("in.jsonl", [*MANY, b'{"text": ""}'])
    if name == "out.parquet":
        with pytest.raises(OtherRunError, match="finished"):
            run(source, output, engine=STEADY)
        output.unlink()
        with pytest.raises(OtherRunError, match="gone"):
            run(source, output, engine=STEADY)
    else:
        assert run(source, output, engine=STEADY) == Counts(rejected=1, done_before=100)


def test_no_rejects_leave_no_file(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Nothing to look at."""
    output = tmp_path / "out.jsonl"
    assert run(write_file("in.jsonl", [b""]), output, engine=STEADY) == Counts()
    assert sorted(left_by(output)) == ["out.jsonl", "out.jsonl.run.json"]


@pytest.mark.parametrize("name", FORMS[:4])
def test_another_input_is_refused(write_file: WriteFile, tmp_path: Path, run: Run, name: str) -> None:
    """A word of a record that is done, another order, fewer records; what is there stays as it is."""
    source, output = write_file("in.jsonl", MANY), tmp_path / name
    with pytest.raises(StoppedError):
        run(source, output, engine=STEADY, on_outcome=stop_after(2 * BLOCK))
    before = left_by(output)
    changed = list(MANY)
    changed[3] = changed[3].replace(b"there", b"not there")
    for lines in (changed, MANY[::-1], MANY[:10]):
        write_file("in.jsonl", lines)
        with pytest.raises(OtherRunError, match="records"):
            run(source, output, engine=STEADY)
        assert left_by(output) == before


def test_other_options_are_refused(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """By name; more processes or more time are not among them."""
    source, output = write_file("in.jsonl", MANY), tmp_path / "out.jsonl"
    with pytest.raises(StoppedError):
        run(source, output, engine=STEADY, on_outcome=stop_after(BLOCK))
    for wishes, word in (
        ({"defaults": Defaults(include=["other"])}, "--include was none, and is other now"),
        ({"shape": "quotes"}, "--rows"),
        ({"settings": Settings(min_confidence=0.5)}, "QUOTEAPI_MIN_CONFIDENCE"),
    ):
        with pytest.raises(OtherRunError, match=word):
            run(source, output, engine=STEADY, **wishes)
    assert run(source, output, engine=STEADY, settings=Settings(workers=2, time_limit=5)).done_before == BLOCK


def test_what_no_run_has_written_is_left_alone(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """A file without a journal, or whose journal is none."""
    output = write_file("out.jsonl", [b"My only copy of the great novel"])
    source = write_file("in.jsonl", MANY)
    with pytest.raises(OtherRunError, match=r"no out\.jsonl\.run\.json"):
        run(source, output, engine=STEADY)
    journal_path(output).write_text('{"chapters": 12}')
    with pytest.raises(OtherRunError, match="none of this version"):
        run(source, output, engine=STEADY)
    assert output.read_text() == "My only copy of the great novel\n"
    assert journal_path(output).read_text() == '{"chapters": 12}'
    assert list(tmp_path.glob("*rejects*")) == []


@pytest.mark.parametrize("suffix", [".rejects.jsonl", ".answers.jsonl.gz"])
def test_files_beside_the_output_that_no_run_has_written_are_left_alone(
    write_file: WriteFile, tmp_path: Path, run: Run, suffix: str
) -> None:
    """They would be emptied, or deleted at the end."""
    source, mine = write_file("in.jsonl", MANY), tmp_path / f"out.parquet{suffix}"
    mine.write_bytes(b"My only copy of the great novel")
    with pytest.raises(OtherRunError, match=rf"{suffix}.* no out\.parquet\.run\.json"):
        run(source, tmp_path / "out.parquet", engine=STEADY)
    assert mine.read_bytes() == b"My only copy of the great novel"


def test_a_run_does_not_write_to_what_it_reads(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """Be it an input or the list of people; before anything is opened."""
    people = tmp_path / "people.json"
    people.write_text('[{"name": "Jane Roe"}]')
    source = write_file("out.rejects.jsonl", MANY)
    with pytest.raises(InputError, match="the output, too"):
        run(source, tmp_path / "out", engine=STEADY)
    os.link(people, tmp_path / "people.rejects.jsonl")
    with pytest.raises(InputError, match="the output, too"):
        run(source, tmp_path / "people", engine=STEADY, settings=Settings(workers=1, people=str(people)))
    assert source.read_bytes().splitlines() == MANY
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.rejects.jsonl", "people.json", "people.rejects.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_run_goes_on_without_a_file_that_cannot_be_read(write_file: WriteFile, tmp_path: Path, run: Run, name: str) -> None:
    """Where that is asked for; it ends with the files of a run that was asked at once, and skips none twice."""
    first, damaged, last = (write_file(f"{each}.jsonl.gz", MANY) for each in "abc")
    damaged.write_bytes(damaged.read_bytes()[:-5])
    files = [str(first), str(damaged), str(last)]
    for folder in ("whole", "stopped"):
        (tmp_path / folder).mkdir()
    whole, stopped = tmp_path / "whole" / name, tmp_path / "stopped" / name
    assert run(first, whole, engine=STEADY, files=files, skip_unreadable=True).unreadable == [str(damaged)]
    with pytest.raises(InputError, match="--skip-unreadable"):
        run(first, stopped, engine=STEADY, files=files)
    with pytest.raises(StoppedError):
        run(first, stopped, engine=STEADY, files=files, skip_unreadable=True, on_outcome=stop_after(100))
    counts = run(first, stopped, engine=STEADY, files=files, skip_unreadable=True)
    assert (counts.done_before + counts.answered + counts.rejected, counts.unreadable) == (300, [str(damaged)])
    assert left_by(stopped) == left_by(whole)
    rests = [line for line in map(json.loads, read_lines(rejects_path(stopped))) if "cannot be read" in line["reason"]]
    assert [(rest["file"], rest["line"], rest["id"]) for rest in rests] == [(str(damaged), 101, None)]


def test_a_run_with_too_many_rejects_stops_and_goes_on_when_more_may_be(write_file: WriteFile, tmp_path: Path, run: Run) -> None:
    """The rejects until then can be looked at."""
    source, output = write_file("in.jsonl", LINES), tmp_path / "out.jsonl"
    with pytest.raises(TooManyRejectsError, match="More than 1"):
        run(source, output, engine=STEADY, max_rejects=1)
    assert [json.loads(line)["line"] for line in rejects_path(output).read_text().splitlines()] == [2, 5]
    assert run(source, output, engine=STEADY, max_rejects=2).rejected == 2


@pytest.mark.parametrize("name", ["out.parquet"] if ALIKE else ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_killed_run_goes_on(write_file: WriteFile, tmp_path: Path, name: str) -> None:
    """SIGKILL in the middle, then the same command again: the same bytes as without it, from the packaged engine.

    A table is compressed lines until its end; runs of the other forms are stopped by the tests above, and killed in a long run.
    """
    lines = [json.dumps({"id": str(number), "text": "“Dry,” said Jane Roe. " * 4}).encode() for number in range(3 * BLOCK)]
    lines[20] = b"no JSON"
    source = write_file("in.jsonl", lines)
    (tmp_path / "whole").mkdir()
    whole, output = tmp_path / "whole" / name, tmp_path / name
    program = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch", str(source)]
    subprocess.run([*program, str(whole)], check=False, capture_output=True)  # noqa: S603  this interpreter, our own arguments
    with subprocess.Popen([*program, str(output)], stderr=subprocess.DEVNULL) as process:  # noqa: S603  the same
        while not journal_path(output).exists() or not json.loads(journal_path(output).read_bytes())["answered"]:
            assert process.poll() is None
            time.sleep(0.005)
        os.kill(process.pid, SIGKILL)
    again = subprocess.run([*program, str(output)], check=False, capture_output=True, text=True)  # noqa: S603  the same
    assert again.returncode == 3, again.stderr
    assert "done before" in again.stderr
    assert left_by(output) == left_by(whole)
    rows = pq.read_table(output).to_pylist() if name == "out.parquet" else map(json.loads, read_lines(output))
    assert [row["id"] for row in rows] == [str(number) for number in range(3 * BLOCK) if number != 20]


def read_lines(path: Path) -> list[bytes]:
    """The lines of a file, compressed or not."""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()
