"""Parts: tables of articles, answered whole whatever is in them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pytest

from quoteapi.batch import SHAPES, Columns, Shape
from quoteapi.batch.parts import NoColumnError, PartReader, Plan
from quoteapi.batch.rows import rows_of, schema_of
from quoteapi.engine import QuoteEngine
from quoteapi.processes import EngineUnavailableError
from quoteapi.settings import Settings
from quoteapi.structs import Article, Person

POISONED = "poisoned:make"
STEADY = "steady:make"
TEXTS = ["“The wall held,” said Jane Roe, the harbour master. “We were lucky,” she added.", "Nobody spoke.", "“No,” said Tom Poe."]


@pytest.fixture
def read() -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """The rows of a part, by a plan; readers are closed with the test."""
    readers = []

    def rows(part: pa.Table, **plan: Any) -> list[dict[str, Any]]:  # noqa: ANN401  a plan's fields
        readers.append(PartReader(Plan(**{"settings": Settings(), **plan})))
        answered: list[dict[str, Any]] = readers[-1](part).to_pylist()
        return answered

    yield rows
    for reader in readers:
        reader.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rows_are_the_engines_own(read: Callable[..., list[dict[str, Any]]], engine: QuoteEngine, shape: Shape) -> None:
    """In the order of the articles, with a column for errors that is null."""
    part = pa.table({"id": ["a", "b", "c"], "text": TEXTS, "paper": ["x", "y", "z"]})
    answers = [engine.extract(Article(text=text, id=name)) for name, text in zip("abc", TEXTS, strict=True)]
    expected = pa.Table.from_pylist([row for answer in answers for row in rows_of(answer, shape)], schema=schema_of(shape))
    assert read(part, rows=shape) == [row | {"error": None} for row in expected.to_pylist()]


def test_an_article_that_cannot_be_answered_is_a_row_that_says_why(read: Callable[..., list[dict[str, Any]]]) -> None:
    """Empty, too long, in another language, no text at all: the others are answered."""
    part = pa.table(
        {
            "number": [1, 2, 3, 4, 5],
            "body": [" ", "x" * 500, "„Nein“, sagte Jane Roe.", None, TEXTS[2]],
            "lang": ["en", "en", "de", "en", None],
        }
    )
    rows = read(part, rows="quotes", columns=Columns("body", "number"), language="lang", settings=Settings(max_text_length=400))
    assert [row["article_id"] for row in rows] == ["1", "2", "3", "4", "5"]
    reasons = [row["error"] for row in rows]
    for reason, word in zip(reasons, ("empty", "at most 400", "de", "#/text"), strict=False):
        assert word in reason
    assert (reasons[4], rows[4]["speaker"], rows[0]["start"]) == (None, "Tom Poe", None)


def test_an_article_that_kills_or_holds_its_process_costs_no_other(read: Callable[..., list[dict[str, Any]]]) -> None:
    """It is a row, too; the part comes to its end."""
    part = pa.table({"id": ["a", "b", "c", "d"], "text": ["Hi.", "die now", "hang here", "Hi."]})
    rows = read(part, engine=POISONED, settings=Settings(time_limit=2.0))
    assert [(row["id"], row["error"] is None) for row in rows] == [("a", True), ("b", False), ("c", False), ("d", True)]
    assert "died" in rows[1]["error"]
    assert "stopped after 2" in rows[2]["error"]


def test_other_columns_stand_in_every_row_of_their_article(read: Callable[..., list[dict[str, Any]]]) -> None:
    """Of an answered one and of one that is not, in their own types, beside columns of ours by another name."""
    day = dt.date(2026, 3, 1)
    part = pa.table(
        {"id": ["a", "b"], "text": ["Roe spoke.", " "], "outlet": ["x", None], "day": [day, day], "error": [1, 2], "lang": ["en", "en"]}
    )
    plan = Plan(settings=Settings(), rows="speakers", language="lang").carrying(part.schema)
    assert plan.schema.names == [*schema_of("speakers").names, "error", "outlet", "day", "article_error"]
    rows = read(part, rows="speakers", language="lang", carried=plan.carried, engine=STEADY)
    found = [(row["article_id"], row["name"], row["error"] is None, row["outlet"], row["day"], row["article_error"]) for row in rows]
    assert found == [("a", "Roe", True, "x", day, 1), ("b", None, False, None, day, 2)]


def test_a_part_that_lacks_a_column_or_has_it_in_another_type_keeps_what_was_promised(read: Callable[..., list[dict[str, Any]]]) -> None:
    """As files of JSON lines do whose records differ: null, or the value in the column's type."""
    first = pa.table({"text": ["Roe spoke."], "page": pa.array([1], pa.int32()), "note": pa.nulls(1), "url": ["u"]})
    carried = Plan(settings=Settings()).carrying(first.schema).carried
    part = pa.table({"text": ["Roe spoke.", "Poe spoke."], "page": [2, 3], "note": [{"by": "me"}, None]})
    rows = read(part.to_batches()[0], carried=carried, engine=STEADY)
    assert [(row["page"], row["note"], row["url"]) for row in rows] == [(2, '{"by":"me"}', None), (3, None, None)]


def test_people_and_other_parts_are_asked_for_once_for_all(read: Callable[..., list[dict[str, Any]]]) -> None:
    """The list gives the speaker its URI."""
    people = [Person(name="Thomas Poe", aliases=["Tom Poe"], same_as="https://example.org/poe")]
    (row,) = read(pa.table({"text": TEXTS[2:]}), people=people, include=["alternatives"])
    assert (row["id"], row["speakers"][0]["same_as"]) == (None, "https://example.org/poe")
    assert row["quotes"][0]["alternatives"] is not None


def test_a_column_that_was_named_has_to_be_there() -> None:
    """The error says which there are; an id that nobody named may be missing."""
    Plan(settings=Settings()).check(["text"])
    for plan in (Plan(settings=Settings(), columns=Columns(id="nr")), Plan(settings=Settings(), language="lang")):
        with pytest.raises(NoColumnError, match="only text, paper"):
            plan.check(["text", "paper"])


def test_an_engine_that_cannot_be_loaded_is_told(read: Callable[..., list[dict[str, Any]]]) -> None:
    """No article can be answered then: the part fails."""
    with pytest.raises(EngineUnavailableError):
        read(pa.table({"text": TEXTS}), settings=Settings(pipeline="no_such_pipeline"))
