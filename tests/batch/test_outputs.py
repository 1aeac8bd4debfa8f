"""Outputs: files that grow by blocks, and what their names ask for."""

import gzip
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from quoteapi.batch.journal import OtherRunError
from quoteapi.batch.outputs import GrowingFile, OutputError, RunningError, form_of

ANSWER = (
    b'{"id":"a","language":"en","offset_unit":"codepoint","quotes":[],"speakers":[{"id":"s1","name":"Jane Roe","type":"person",'
    b'"pronoun":null,"same_as":null,"role":null,"roles":[],"mentions":[],"quotes":[]}],"engine":{"version":"0","pipeline":"none"}}'
)


@pytest.mark.parametrize(
    ("name", "line"),
    [("a.jsonl", ANSWER), ("a.2026.ndjson", ANSWER), ("a.jsonl.gz", ANSWER), ("a.JSONL.zst", ANSWER), ("a", ANSWER), ("a.parquet", ANSWER)],
)
def test_a_name_says_how_answers_are_written(name: str, line: bytes) -> None:
    """Only the suffixes count; of a table, what it is made from."""
    form = form_of(Path(name), "answers")
    assert form.encode(ANSWER) == line + b"\n"
    assert (form.compress is not None, form.table) == (name.endswith(("gz", "zst", "parquet")), name.endswith("parquet"))


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.parquet.gz"])
def test_a_name_that_nothing_can_be_written_to_is_told(name: str) -> None:
    """With what to do; CSV is for rows of quotes or speakers."""
    with pytest.raises(OutputError, match=r"--rows|\.jsonl"):
        form_of(Path(name), "answers")


def test_csv_has_its_columns_names_once() -> None:
    """Before the first line."""
    form = form_of(Path("a.csv"), "speakers")
    assert form.head.startswith(b"article_id,speaker_id,name")
    assert form.encode(ANSWER).startswith(b"a,a/s1,Jane Roe")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_a_file_is_gone_on_with_behind_its_last_block(tmp_path: Path, name: str) -> None:
    """What was written of the next one is cut off, and the bytes are those of a file that was written at once."""
    compress = form_of(Path(name), "answers").compress
    once, again = tmp_path / name, tmp_path / f"again.{name}"
    file = GrowingFile(once, compress)
    file.resume_at(0, head=b"head\n")
    sizes = []
    for block in (b"one\n", b"two\n"):
        file.write(block)
        file.end_block()
        sizes.append(file.sync())
    file.close()
    again.write_bytes(once.read_bytes()[: sizes[0]] + b"torn")
    file = GrowingFile(again, compress)
    file.resume_at(sizes[0], head=b"head\n")
    file.write(b"two\n")
    file.end_block()
    assert file.sync() == sizes[1]
    file.close()
    assert again.read_bytes() == once.read_bytes()
    assert unpacked(again) == b"head\none\ntwo\n"


def unpacked(path: Path) -> bytes:
    """What other programs find in a file."""
    match path.suffix:
        case ".gz":
            return gzip.decompress(path.read_bytes())
        case ".zst":
            with pa.input_stream(path, compression="zstd") as stream:
                return bytes(stream.read())
        case _:
            return path.read_bytes()


def test_a_file_that_was_changed_is_left_alone(tmp_path: Path) -> None:
    """It lacks what was written; or it was whole, and has more now."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\n")
    for size, whole in ((8, False), (2, True)):
        file = GrowingFile(path)
        with pytest.raises(OtherRunError, match="it has 4 bytes"):
            file.resume_at(size, whole=whole)
        file.close()
    assert path.read_bytes() == b"one\n"


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is kept out there")
def test_two_processes_do_not_write_to_one_file(tmp_path: Path) -> None:
    """The second one is refused, until the first has ended, killed or not."""
    path = tmp_path / "a.jsonl"
    program = (
        "import sys; from pathlib import Path; from quoteapi.batch.outputs import GrowingFile\n"
        f"file = GrowingFile(Path({str(path)!r})); print('open', flush=True); sys.stdin.read()"
    )
    arguments = [sys.executable, "-c", program]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603  this interpreter
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(RunningError, match=r"a\.jsonl"):
            GrowingFile(path)
        other.kill()
    GrowingFile(path).close()
