"""Rows: an answer as tables have it."""

import csv
import io

import msgspec
import pyarrow as pa
import pytest

from quoteapi.batch.rows import SHAPES, Shape, csv_lines, csv_names, json_lines, rows_of, schema_of
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article

TEXT = "“It will,” said Jane Roe, the harbour master, “take years.” The wall is “a lifeline”, critics say. Tom Poe was there."


@pytest.fixture(scope="module")
def answer(engine: QuoteEngine) -> Answer:
    """With a quote in two stretches, and every part that may be asked for."""
    return engine.extract(Article(text=TEXT, id="a", include=["alternatives", "mentioned", "other"]))


def test_a_row_a_quote_knows_its_speaker(answer: Answer) -> None:
    """And where its stretches are."""
    first, *_ = rows_of(answer, "quotes")
    assert (first["article_id"], first["text"], first["speaker"]) == ("a", "It will, take years.", "Jane Roe")
    assert (first["speaker_type"], first["speaker_role"], first["cue"]) == ("person", "the harbour master", "said")
    assert [TEXT[span["start"] : span["end"]] for span in first["spans"]] == ["It will,", "take years."]
    assert len(rows_of(answer, "quotes")) == len(answer.quotes)


def test_a_row_a_quote_says_why_nobody_says_it(engine: QuoteEngine) -> None:
    """Speech has no reason."""
    denied = engine.extract(Article(text="Jane Roe never said “sorry”. “We paid,” she said.", include=["other"]))
    told = [(quote["kind"], quote["modality"], quote["reason"]) for quote in rows_of(denied, "quotes")]
    assert told == [("other", "denied", "negated"), ("direct", "asserted", None)]


def test_a_row_a_speaker_has_the_roles_parts(answer: Answer) -> None:
    """And the quotes' ids, by which the tables are joined."""
    first, *_ = rows_of(answer, "speakers")
    assert (first["name"], first["role"], first["title"]) == ("Jane Roe", "the harbour master", "harbour master")
    quotes = {(row["quote_id"], row["speaker_id"]) for row in rows_of(answer, "quotes")}
    assert {(quote, first["speaker_id"]) for quote in first["quotes"]} <= quotes


@pytest.mark.parametrize("shape", SHAPES)
def test_a_table_holds_every_field_of_the_rows(answer: Answer, engine: QuoteEngine, shape: Shape) -> None:
    """With types that are the same whatever is in it; what was not asked for is null."""
    plain = engine.extract(Article(text=TEXT))
    for each in (answer, plain):
        rows = rows_of(each, shape)
        table = pa.Table.from_pylist(rows, schema=schema_of(shape))
        for row, made in zip(rows, table.to_pylist(), strict=True):
            assert row.keys() <= made.keys()
            assert all(without_nulls(made[name]) == without_nulls(value) for name, value in row.items())
            assert all(made[name] is None for name in made.keys() - row.keys())


def without_nulls(value: object) -> object:
    """A value whose fields that are null are left out."""
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def test_lines_of_json_and_csv_are_the_same_rows(answer: Answer) -> None:
    """A list is JSON in a cell; an answer itself is the line that it came as."""
    encoded = msgspec.json.encode(answer)
    assert json_lines(encoded, "answers") == encoded + b"\n"
    for shape in ("quotes", "speakers"):
        rows = rows_of(answer, shape)
        assert [msgspec.json.decode(line) for line in json_lines(encoded, shape).splitlines()] == rows
        cells = list(csv.DictReader(io.StringIO((csv_names(shape) + csv_lines(encoded, shape)).decode())))
        assert [list(row) for row in cells] == [list(row) for row in rows]
        for name, value in rows[0].items():
            cell = cells[0][name]
            assert cell == ("" if value is None else msgspec.json.encode(value).decode() if isinstance(value, list) else str(value))


def test_no_cell_of_csv_is_a_formula(answer: Answer) -> None:
    """As in the export of one article: an apostrophe stands in front, whichever column it is."""
    formula = '=HYPERLINK("https://example.org")'
    quotes = [msgspec.structs.replace(quote, text=formula) for quote in answer.quotes]
    speakers = [msgspec.structs.replace(speaker, name=formula) for speaker in answer.speakers]
    changed = msgspec.json.encode(msgspec.structs.replace(answer, id=formula, quotes=quotes, speakers=speakers))
    for shape, names in (("quotes", ("article_id", "text")), ("speakers", ("article_id", "name"))):
        for row in csv.DictReader(io.StringIO((csv_names(shape) + csv_lines(changed, shape)).decode(), newline="")):
            assert [row[name] for name in names] == [f"'{formula}"] * 2
