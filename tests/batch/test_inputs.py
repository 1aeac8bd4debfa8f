"""Inputs: which files are meant, and the records that they hold."""

import codecs
import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.batch.fields import Columns
from quoteapi.batch.inputs import find_inputs, read_records, size_of
from quoteapi.batch.paths import InputError
from quoteapi.batch.records import Record, Reject
from quoteapi.errors import ExtraMissingError

WriteFile = Callable[[str, list[bytes]], Path]
LINES = [f'{{"id":"{number}","text":"The tide rose {number} times."}}'.encode() for number in range(1, 200)]
FORMS = ["a.csv", "a.tsv", "a.csv.gz", "a.csv.zst", "a.xlsx", "a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_holds_the_same_records(write_file: WriteFile, name: str) -> None:
    """Each with its place; the last one ends where the file ends."""
    path = write_file(name, LINES)
    found = list(read_records([str(path)], None, longest=1000))
    assert [(record.body or b"").strip() for record in found] == LINES
    sheet = name.startswith(("a.csv", "a.tsv", "a.xlsx"))
    assert [record.place.number for record in found] == list(range(2, 201) if sheet else range(1, 200))
    assert {(record.place.file, record.place.unit) for record in found} == {(str(path), "row" if sheet or name == "a.parquet" else "line")}
    assert found[-1].place.end == path.stat().st_size == size_of([str(path)])


@given(st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line)), st.integers(1, 8))
def test_lines_keep_their_number(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], longest: int) -> None:
    """Blank lines count, though they ask for nothing; a line that is too long is told as one line, not as several."""
    path = tmp_path_factory.getbasetemp() / "lines.jsonl"
    path.write_bytes(b"\n".join(lines))
    expected = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() or len(line) > longest]
    found = list(read_records([str(path)], None, longest=longest))
    assert [record.place.number for record in found] == [number for number, _ in expected]
    for record, (_, body) in zip(found, expected, strict=True):
        assert record.body is None if len(body) > longest else record.body is not None and record.body.rstrip(b"\n") == body


def test_files_are_read_one_after_the_other(write_file: WriteFile) -> None:
    """Lines are numbered in each by itself; what is read counts over all."""
    first, second = write_file("a.jsonl", LINES[:2]), write_file("b.jsonl.gz", LINES[2:5])
    found = list(read_records([str(first), str(second)], None, longest=1000))
    assert [(record.place.file, record.place.number) for record in found] == [
        (str(first), 1), (str(first), 2), (str(second), 1), (str(second), 2), (str(second), 3),
    ]  # fmt: skip
    assert found[-1].place.end == size_of([str(first), str(second)])
    assert size_of([str(first), "-"]) is None


def test_a_folder_and_a_pattern_are_the_files_in_them(write_file: WriteFile, tmp_path: Path) -> None:
    """By their paths, each once, and neither what is no archive nor what a run before has left."""
    names = ["b.jsonl", "a.jsonl.gz", "deep/c.parquet", "notes.txt", "out.jsonl", "out.jsonl.rejects.jsonl"]
    paths = {name: str(write_file(name, LINES[:1])) for name in names}
    output = tmp_path / "out.jsonl"
    all_files = [paths["a.jsonl.gz"], paths["b.jsonl"], paths["deep/c.parquet"]]
    assert find_inputs([str(tmp_path)], output=output) == all_files
    assert find_inputs([f"{tmp_path}/**/*"], output=output) == all_files
    assert find_inputs([paths["b.jsonl"], f"{tmp_path}/*.jsonl*", "-"], output=output) == [paths["b.jsonl"], paths["a.jsonl.gz"], "-"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("nothing.jsonl", "no such file"), ("*.parquet", "No file there"), ("notes.txt", ".jsonl"), ("out.jsonl", "the output")],
)
def test_what_cannot_be_an_input_is_told(write_file: WriteFile, tmp_path: Path, name: str, word: str) -> None:
    """Before anything is begun."""
    for there in ("notes.txt", "out.jsonl"):
        write_file(there, LINES[:1])
    with pytest.raises(InputError, match=word):
        find_inputs([str(tmp_path / name)], output=tmp_path / "out.jsonl")


@pytest.mark.parametrize("suffix", ["", ".rejects.jsonl", ".run.json", ".answers.jsonl.gz", ".tmp", ".run.json.tmp"])
@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_no_file_that_the_run_writes_is_an_input(tmp_path: Path, suffix: str, link: str | None) -> None:
    """Under its own name or by a link; it would be emptied or deleted."""
    output = tmp_path / "news"
    written = tmp_path / f"news{suffix}"
    written.write_bytes(LINES[0])
    named = written if link is None else tmp_path / "in.jsonl"
    if link is not None:
        getattr(named, link)(written)
    with pytest.raises(InputError, match="the output, too"):
        find_inputs([str(named)], output=output)


def test_a_link_from_the_output_to_an_input_is_seen(tmp_path: Path) -> None:
    """As what is read is one file, whichever of the two is the link."""
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(LINES[0])
    output.symlink_to(source)
    with pytest.raises(InputError, match="the output, too"):
        find_inputs([str(source)], output=output)


def test_a_path_that_begins_like_the_output_is_an_input(write_file: WriteFile, tmp_path: Path) -> None:
    """The output `fo` is one file; `fo-2024.jsonl` and what is in `folder` are others."""
    paths = [str(write_file(name, LINES[:1])) for name in ("fo-2024.jsonl", "fo.jsonl", "folder/a.jsonl")]
    write_file("fo", [])
    write_file("fo.rejects.jsonl", LINES[:1])
    assert find_inputs([str(tmp_path)], output=tmp_path / "fo") == paths


@pytest.mark.parametrize("name", ["a", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_a_byte_order_mark_at_the_start_is_no_part_of_a_record(tmp_path: Path, name: str) -> None:
    """As programs of Windows write it; anywhere else it is a character as any other."""
    content = codecs.BOM_UTF8 + LINES[0] + b"\n" + codecs.BOM_UTF8 + LINES[1]
    packed = {".gz": gzip.compress, ".zst": lambda data: pa.compress(data, codec="zstd", asbytes=True)}
    (tmp_path / name).write_bytes(packed.get(Path(name).suffix, bytes)(content))
    found = list(read_records([str(tmp_path / name)], None, longest=1000))
    assert [record.body for record in found if isinstance(record, Record)] == [LINES[0] + b"\n", codecs.BOM_UTF8 + LINES[1]]


@pytest.mark.parametrize("name", ["b.jsonl.gz", "b.jsonl.zst", "b.parquet", "b.csv.gz", "b.tsv.zst", "b.jsonl"])
def test_an_unreadable_file_is_skipped_where_that_is_asked_for(write_file: WriteFile, name: str) -> None:
    """What it holds before the damage is read, its rest is a reject with its place, and the files behind it are read."""
    before, damaged, behind = write_file("a.jsonl", LINES[:2]), write_file(name, LINES), write_file("c.jsonl", LINES[:3])
    if name == "b.jsonl":
        damaged.unlink()
        damaged.mkdir()  # what cannot be opened as a file
    else:
        damaged.write_bytes(damaged.read_bytes()[:-5])
    files = [str(before), str(damaged), str(behind)]
    *found, last, one, two, three = read_records(files, None, longest=1000, skip_unreadable=True)
    assert isinstance(last, Reject)
    assert last.rest
    header = name.startswith(("b.csv", "b.tsv")) and len(found) > 2  # zstd gives nothing of so short a damaged file, not even the header
    assert (last.place.file, last.place.number) == (str(damaged), len(found) - 1 + header)
    assert "cannot be read beyond" in last.reason
    assert [record.place.file for record in found[:2]] == [str(before)] * 2
    assert {record.place.file for record in (one, two, three)} == {str(behind)}
    with pytest.raises(InputError, match="--skip-unreadable"):
        list(read_records(files, None, longest=1000))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_an_input_that_shrinks_while_it_is_read_is_told(write_file: WriteFile, name: str) -> None:
    """What looks like its end is not what it was when it was begun."""
    path = write_file(name, [os.urandom(5000).hex().encode() for _ in range(100)])
    records = read_records([str(path)], None, longest=100_000)
    next(records)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(InputError, match="shrank while it was read"):
        list(records)


def test_an_input_that_loses_its_name_while_it_is_read_is_read_to_its_end(write_file: WriteFile) -> None:
    """As logs do that are rotated: what is read is the file that was begun."""
    path = write_file("a.jsonl", LINES)
    records = read_records([str(path)], None, longest=1000)
    first = next(records)
    path.unlink()
    path.write_bytes(b"")
    assert len([first, *records]) == len(LINES)


def test_a_file_whose_name_is_no_utf_8_is_read(tmp_path: Path) -> None:
    """Its name can be told and written."""
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.jsonl")  # noqa: PTH118  bytes
    Path(os.fsdecode(path)).write_bytes(b"no JSON")
    (record,) = read_records([os.fsdecode(path)], None, longest=1000)
    assert record.place.file.endswith(r"caf\udce9.jsonl")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_a_damaged_file_is_told_after_what_it_holds(write_file: WriteFile, name: str) -> None:
    """Cut in the middle, or no such file at all: no end that looks like the real one."""
    path = write_file(name, LINES)
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"Not at all what the name says"):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"a\.\w+.* cannot be read (beyond (line|row) \d|to its end)"):
            list(read_records([str(path)], None, longest=1000))


def test_parquet_is_read_by_its_columns(tmp_path: Path) -> None:
    """Of any kind of text and number; a row without a text is a record that is rejected later."""
    path = tmp_path / "a.parquet"
    table = pa.table(
        {"nr": [1, 2, 3], "body": pa.array(["Hi.", None, "Ho."], pa.large_string()).dictionary_encode(), "text": [[1], [2], [3]]}
    )
    pq.write_table(table, path)
    bodies = [msgspec.json.decode(record.body or b"") for record in read_records([str(path)], Columns("body", "nr"), longest=1000)]
    assert bodies == [{"id": "1", "text": "Hi."}, {"id": "2", "text": None}, {"id": "3", "text": "Ho."}]
    assert next(read_records([str(path)], Columns("body"), longest=1000)).body == b'{"id":null,"text":"Hi."}'
    assert next(read_records([str(path)], None, longest=1000)).body == b'{"id":null,"text":[]}'
    assert [record.body for record in read_records([str(path)], Columns("body", "nr"), longest=5)] == [None] * 3
    assert next(read_records([str(path)], Columns("body"), longest=1000)).carried == b'{"nr":1,"text":[1]}'
    for columns in (Columns("bdoy"), Columns("body", "number")):
        with pytest.raises(InputError, match="only nr, body, text"):
            list(read_records([str(path)], columns, longest=1000))


def test_members_that_were_joined_are_one_stream(tmp_path: Path) -> None:
    """As `cat a.gz b.gz` makes them."""
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(gzip.compress(line + b"\n") for line in LINES))
    (tmp_path / "a.jsonl.zst").write_bytes(b"".join(pa.compress(line + b"\n", codec="zstd", asbytes=True) for line in LINES))
    for name in ("a.jsonl.gz", "a.jsonl.zst"):
        assert len(list(read_records([str(tmp_path / name)], None, longest=1000))) == len(LINES)


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl.zst"])
def test_without_pyarrow_it_is_named(write_file: WriteFile, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """With what installs it."""
    path = write_file(name, LINES)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraMissingError, match=r"pip install '\.\[parquet\]'"):
        list(read_records([str(path)], None, longest=1000))
