"""Sheets: what spreadsheets write, and what people call their columns."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest

from quoteapi.batch.fields import Columns
from quoteapi.batch.inputs import InputError, names_carried, read_records
from quoteapi.batch.records import Record, Task, tasks

WriteFile = Callable[[str, list[bytes]], Path]
ARTICLE = "“We are dry,” said Jane Roe.\n\nShe left; “at once”, she said."


def read(path: Path, columns: Columns | None = None) -> list[Record]:
    """The records of a file."""
    return list(read_records([str(path)], columns, longest=10_000))


def refused(path: Path, columns: Columns | None = None) -> str:
    """Why a file cannot be read."""
    with pytest.raises(InputError) as error:
        read(path, columns)
    return str(error.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_read_as_spreadsheets_of_every_country_write_it(tmp_path: Path, separator: str, mark: bytes) -> None:
    """With any separator, a byte order mark, CR LF, and cells that hold quotation marks, separators and line breaks."""
    path = tmp_path / "news.csv"
    cells = [["ID", "outlet", "Body"], ["007", "Herald, The", f'"{ARTICLE}"'], ["", "", ""], ["8", "Post", '"He said ""no"".\n"']]
    path.write_bytes(
        mark + "\r\n".join(separator.join(f'"{c}"' if "," in c and '"' not in c else c for c in row) for row in cells).encode()
    )
    first, second = read(path)
    assert msgspec.json.decode(first.body or b"") == {"id": "007", "text": ARTICLE}
    assert (first.carried, first.column, first.place.number) == (b'{"outlet":"Herald, The"}', "Body", 2)
    assert msgspec.json.decode(second.body or b"") == {"id": "8", "text": 'He said "no".\n'}
    assert second.place.number == 4


def test_a_workbook_is_read_with_its_numbers_and_days(tmp_path: Path) -> None:
    """From its first sheet; rows that are empty count as a spreadsheet shows them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        [None, None],
        ["id", "date", "at", "words", "text", "checked"],
        [7, dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4), 1.5, ARTICLE, True],  # noqa: DTZ001  Excel knows no zones
        [],
        [8, None, None, None, ARTICLE],
    ):
        sheet.append(row)
    book.create_sheet("notes").append(["nothing"])
    book.save(tmp_path / "news.xlsx")
    first, second = read(tmp_path / "news.xlsx")
    assert msgspec.json.decode(first.body or b"") == {"id": "7", "text": ARTICLE}
    assert msgspec.json.decode(first.carried) == {"date": "2026-01-02", "at": "2026-01-02T03:04:00", "words": 1.5, "checked": True}
    assert (first.place.number, second.place.number) == (3, 5)
    assert msgspec.json.decode(second.carried) == {"date": None, "at": None, "words": None, "checked": None}


def test_the_texts_column_is_guessed_or_named(write_file: WriteFile) -> None:
    """By its usual names in their order; where none is there, the columns are told and what to do."""
    usual = write_file("usual.csv", [b'{"article": "7", "Text": "Hi.", "body": "Ho."}'])
    assert read(usual)[0].body == b'{"id":null,"text":"Hi."}'
    assert read(usual, Columns("body", "article"))[0].body == b'{"id":"7","text":"Ho."}'
    other = write_file("other.csv", [b'{"nr": "7", "story": "Hi."}'])
    assert "No column is named text, body, content or article. Name the one that holds the article with --text-column." in refused(other)
    assert "There are: nr, story." in refused(other)
    assert "It has no column tale, only nr, story. Name another with --text-column." in refused(other, Columns("tale"))
    assert "It has no column no, only nr, story. Name another with --id-column." in refused(other, Columns("story", "no"))


def test_columns_without_a_name_or_with_one_twice_are_told_apart(tmp_path: Path) -> None:
    """So that nothing is lost."""
    path = tmp_path / "a.csv"
    path.write_text("tag,,tag,text\na,b,c,Hi.\n")
    assert read(path)[0].carried == b'{"tag":"a","column_2":"b","tag_2":"c"}'
    assert names_carried([str(path), "-"], None, longest=1000) == ["tag", "column_2", "tag_2"]


def test_a_row_with_too_many_cells_is_a_reject(tmp_path: Path) -> None:
    """Its text was cut at a separator; one with too few has no more to give."""
    path = tmp_path / "a.csv"
    path.write_text("text,outlet\nWell, no,Herald\nWell\n")
    bad, good = tasks(read(path))
    assert not isinstance(bad, Task)
    assert "The row has 3 cells, and there are 2 columns" in bad.reason
    assert isinstance(good, Task)
    assert (good.article.text, good.article.id, good.carried) == ("Well", "a.csv:3", b'{"outlet":null}')


def test_an_empty_cell_names_its_column(tmp_path: Path) -> None:
    """Of a workbook it is null, of CSV empty."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["outlet", "Body"])
    book.worksheets[0].append(["Herald"])
    book.save(tmp_path / "a.xlsx")
    (reject,) = tasks(read(tmp_path / "a.xlsx"))
    assert not isinstance(reject, Task)
    assert "#/Body: " in reject.reason


def test_what_is_no_sheet_says_what_to_do(tmp_path: Path) -> None:
    """Another encoding, another file under the name, a quotation mark that is never closed."""
    path = tmp_path / "a.csv"
    path.write_bytes("text\nCafé\n".encode("cp1252"))
    assert "CSV UTF-8" in refused(path)
    path.write_text('text\n"' + "a\n" * 200_000)
    assert "never closed" in refused(path)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"Not at all")
    assert "no Excel workbook" in refused(path)
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert read(path) == []


def test_ids_are_made_of_the_file_and_the_row(write_file: WriteFile) -> None:
    """Of the file's path where two have one name."""
    first, second = write_file("a/news.csv", [b'{"text": "Hi."}']), write_file("b/news.csv", [b'{"text": "Ho."}'])
    assert [record.made_id for record in read(first)] == ["news.csv:2"]
    both = list(read_records([str(first), str(second)], None, longest=1000))
    assert [record.made_id for record in both] == [f"{first}:2", f"{second}:2"]
