"""Files: a run that is stopped anywhere goes on and ends with the files that an unbroken run leaves."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL

import msgspec
import pytest

from quoteapi.batch import OtherInputError, run_files
from quoteapi.batch.files import Counts, rejects_path
from quoteapi.settings import Settings
from quoteapi.structs import Answer

LINES = [
    b'{"id": "1", "text": "\xe2\x80\x9cThe wall held,\xe2\x80\x9d said Jane Roe, the harbour master."}',
    b"no JSON",
    b"",
    b'{"id": "4", "text": "Nothing was said.", "offset_unit": "utf16"}',
    b'{"id": "5", "text": " "}',
    b'{"id": "6", "text": "\xe2\x80\x9cWe are dry,\xe2\x80\x9d Mr. Poe told reporters."}',
    b'{"id": "7", "text": "Guten Tag.", "language": "de"}',
]
SOURCE = b"\n".join(LINES) + b"\n"


def run(source: bytes, output: Path, *, workers: int = 1) -> Counts:
    """Answer a source."""
    return run_files(io.BytesIO(source), output, Settings(workers=workers), on_line=lambda _: None)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The answers and the rejects of a run that nothing stopped."""
    output = tmp_path_factory.mktemp("unbroken") / "out.jsonl"
    assert run(SOURCE, output) == Counts(answered=3, rejected=3)
    return output.read_bytes(), rejects_path(output).read_bytes()


def test_answers_and_rejects_are_lines_in_the_order_of_the_input(unbroken: tuple[bytes, bytes]) -> None:
    """Answers as the API sends them; rejects with line number, id and reason."""
    answers, rejects = (part.splitlines() for part in unbroken)
    assert [msgspec.json.decode(line, type=Answer).id for line in answers] == ["1", "4", "6"]
    assert [(reject["line"], reject["id"], bool(reject["reason"])) for reject in map(json.loads, rejects)] == [
        (2, None, True), (5, "5", True), (7, "7", True),
    ]  # fmt: skip


def test_the_number_of_processes_changes_nothing(unbroken: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Two processes leave the same bytes as one."""
    output = tmp_path / "out.jsonl"
    run(SOURCE, output, workers=2)
    assert (output.read_bytes(), rejects_path(output).read_bytes()) == unbroken


@pytest.mark.parametrize("done", [2, 3])
def test_a_torn_run_goes_on_where_it_stopped(unbroken: tuple[bytes, bytes], tmp_path: Path, done: int) -> None:
    """After so many lines, the next one torn: an answer or a reject, which take turns here."""
    output = tmp_path / "out.jsonl"
    answers, rejects = (part.splitlines(keepends=True) for part in unbroken)
    in_turn = [line for pair in zip(answers, rejects, strict=True) for line in pair]
    written = [*in_turn[:done], in_turn[done][: len(in_turn[done]) // 2]]
    output.write_bytes(b"".join(written[::2]))
    rejects_path(output).write_bytes(b"".join(written[1::2]))
    assert run(SOURCE, output).done_before == done
    assert (output.read_bytes(), rejects_path(output).read_bytes()) == unbroken


def test_a_finished_run_has_nothing_left_to_do(unbroken: tuple[bytes, bytes], tmp_path: Path) -> None:
    """And lines added to the input later are answered by the next run."""
    output = tmp_path / "out.jsonl"
    output.write_bytes(unbroken[0])
    rejects_path(output).write_bytes(unbroken[1])
    assert run(SOURCE, output) == Counts(done_before=6)
    assert run(SOURCE + b'{"text": ""}\n', output) == Counts(rejected=1, done_before=6)


def test_no_rejects_leave_no_file(tmp_path: Path) -> None:
    """Nothing to look at."""
    assert run(b"\n", tmp_path / "out.jsonl") == Counts()
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_answers_to_another_input_are_left_alone(unbroken: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Other ids, fewer lines, or no answers at all."""
    output = tmp_path / "out.jsonl"
    for content, source in (
        (unbroken[0], SOURCE.replace(b'"id": "6"', b'"id": "8"')),
        (unbroken[0], b""),
        (b"My only copy of the great novel", SOURCE),
    ):
        output.write_bytes(content)
        rejects_path(output).write_bytes(unbroken[1])
        with pytest.raises(OtherInputError):
            run(source, output)
        assert output.read_bytes() == content


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    """SIGKILL in the middle, then the same command again: every line is answered once, in order."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps({"id": str(number), "text": "“Dry,” said Jane Roe. " * 10}) for number in range(30)]
    lines[20] = "no JSON"
    source.write_text("\n".join(lines))
    program = [sys.executable, "-c", "from quoteapi.cli import main; main()", "batch", str(source), str(output)]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL) as process:  # noqa: S603  this interpreter, our own arguments
        while not output.exists() or output.read_bytes().count(b"\n") < 3:
            assert process.poll() is None
            time.sleep(0.005)
        os.kill(process.pid, SIGKILL)
    assert output.read_bytes().count(b"\n") < 29
    again = subprocess.run(program, check=True, capture_output=True, text=True)  # noqa: S603  the same
    assert "done before" in again.stderr
    answers = [json.loads(line)["id"] for line in output.read_text().splitlines()]
    assert answers == [str(number) for number in range(30) if number != 20]
    assert [json.loads(line)["line"] for line in rejects_path(output).read_text().splitlines()] == [21]
