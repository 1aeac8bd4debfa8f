"""CSV: a row a quote, and no cell that a spreadsheet would run."""

import csv
import io
import re

import msgspec
import pytest

from quoteapi.exports.spreadsheet import as_csv
from quoteapi.structs import Answer


def rows(answer: Answer, text: str) -> list[dict[str, str]]:
    """The rows as a program reads them."""
    return list(csv.DictReader(io.StringIO(as_csv(answer, text).decode(), newline="")))


def test_it_is_what_rfc_4180_describes(exported: tuple[Answer, str]) -> None:
    """A header, lines that end in CR LF, the same number of cells in each."""
    written = as_csv(*exported).decode()
    assert written.startswith("id,kind,text,start,end,speaker,type,role,cue,mention,confidence,method,modality,stance,reason,path\r\n")
    assert written.count("\r\n") == written.count("\n") == 7
    assert {len(row) for row in csv.reader(io.StringIO(written, newline=""))} == {16}


def test_a_row_tells_a_quote(exported: tuple[Answer, str]) -> None:
    """Cells without a value are empty."""
    first, *_, last = rows(*exported)
    assert (first["text"], first["speaker"], first["type"], first["role"]) == ("It will, take years.", "Jane Roe", "person", "the mayor")
    assert (last["kind"], last["speaker"], last["type"], last["mention"]) == ("other", "", "", "")
    assert [(row["modality"], row["reason"]) for row in (first, last)] == [("asserted", ""), ("asserted", "scare")]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'=1", "''-x", "'Tis", "x=1", '"=1"', "", "a\r\nb, c"]
)
def test_no_cell_is_a_formula_and_nothing_is_lost(exported: tuple[Answer, str], text: str) -> None:
    """An apostrophe stands in front, and whoever takes it away has the text again."""
    answer, article = exported
    quote = msgspec.structs.replace(answer.quotes[0], text=text)
    (row,) = rows(msgspec.structs.replace(answer, quotes=[quote]), article)
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", row["text"])
    assert re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", row["text"]) == text


@pytest.mark.parametrize("text", ["-1", "+1.5", "-1,000.00", "-5%", "-", "'-1"])
def test_a_number_stays_a_number(exported: tuple[Answer, str], text: str) -> None:
    """So that a column of numbers can be reckoned with; whoever takes apostrophes away has the same."""
    answer, article = exported
    quote = msgspec.structs.replace(answer.quotes[0], text=text)
    (row,) = rows(msgspec.structs.replace(answer, quotes=[quote]), article)
    assert row["text"] == (f"'{text}" if text.startswith("'") else text)
    assert re.sub(r"^'(?='+[=+\-@\t\r\n＝＋－＠]|[=+\-@\t\r\n＝＋－＠])", "", row["text"]) == text
