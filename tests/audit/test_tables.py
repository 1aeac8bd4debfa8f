"""The tables of an archive, from Python: what is counted, and what bad rows are told."""

import json
import re
from typing import Any

import pandas as pd
import pytest

import quoteapi
from heard import said
from quoteapi.audit.records import read_date

WIRE = "We will rebuild the harbour wall before the winter storms come, and nobody has to leave."
ROWS = [
    said("a1", WIRE, "Jane Roe", "the harbour master", outlet="Herald", date="2026-03-01", speaker_pronoun="she"),
    said("a1", "Never again.", "Tom Hart", outlet="Herald", date="2026-03-01", speaker_pronoun=None),
    said("a2", WIRE.lower(), "Jane Roe", "Solheim’s harbour master", outlet="Post", date="2026-04-02T08:00:00Z"),
    said("a2", "That is not so.", "a spokesman", outlet="Post", date="2026-04-02", speaker_type="unnamed"),
    said("a2", "Who knows?", None, outlet="Post", date="2026-04-02"),
    said("a2", "Wall of Tides", None, outlet="Post", date="2026-04-02", kind="other"),
    said("a2", "We give up.", "Jane Roe", outlet="Post", date="2026-04-02", modality="denied"),
]


def rows_of(frame: Any, **where: object) -> list[dict[str, Any]]:  # noqa: ANN401  a frame of Polars
    """The rows with some values."""
    return [row for row in frame.iter_rows(named=True) if all(row[name] == value for name, value in where.items())]


def test_a_voice_is_counted_over_articles() -> None:
    """Its quotes, each once, its appearances, its words, and when it is heard."""
    tables = quoteapi.voices(ROWS)
    (roe,) = rows_of(tables.voices, name="Jane Roe")
    assert (roe["voice"], roe["type"], roe["pronoun"], roe["articles"]) == ("person/jane-roe", "person", "she", 2)
    assert (roe["quotes"], roe["appearances"], roe["words"], roe["first"], roe["last"]) == (1, 2, 32, "2026-03-01", "2026-04-02")
    assert [role["text"] for role in roe["roles"]] == ["harbour master", "Solheim’s harbour master"]


def test_wire_copy_is_one_quote_with_its_appearances() -> None:
    """In the longest form."""
    tables = quoteapi.voices(ROWS)
    wire = tables.quotes.row(0, named=True)
    assert (wire["text"], wire["voice"], wire["articles"], wire["appearances"]) == (WIRE, "person/jane-roe", 2, 2)
    assert {row["article"] for row in rows_of(tables.appearances, quote=wire["quote"])} == {"a1", "a2"}
    assert len(tables.quotes) == 4


def test_the_longest_form_of_a_quote_is_kept_with_its_parts() -> None:
    """A part that the engine gave nobody is the voice's, too."""
    part = said("a3", "come, and nobody has to leave", None)
    tables = quoteapi.voices([*ROWS, part, said("a4", "rebuild the harbour wall before the winter storms come", "Jane Roe")])
    (wire,) = (row for row in rows_of(tables.quotes) if row["text"] == WIRE)
    assert (wire["articles"], wire["appearances"]) == (4, 4)


def test_what_nobody_said_is_left_out_and_counted() -> None:
    """Titles, and what was denied."""
    tables = quoteapi.voices(ROWS)
    assert tables.left_out == 2
    assert "Wall of Tides" not in tables.appearances["text"].to_list()


def test_summaries_count_types_pronouns_and_what_is_unknown() -> None:
    """The shares of pronouns add up to one with the unknown."""
    whole = quoteapi.voices(ROWS).summary.row(0, named=True)
    assert (whole["articles"], whole["appearances"], whole["quotes"], whole["voices"]) == (2, 5, 4, 2)
    assert (whole["named"], whole["unnamed"], whole["group"], whole["organization"], whole["unattributed"]) == (3, 1, 0, 0, 1)
    shares = [whole[f"share_{name}"] for name in ("she", "he", "they", "pronoun_unknown")]
    assert shares == [pytest.approx(2 / 3), 0, 0, pytest.approx(1 / 3)]
    assert whole["share_loudest_10"] == 1


def test_there_are_summaries_by_a_column_and_over_time() -> None:
    """Who is newly heard is counted for each period, in the archive and in an outlet."""
    tables = quoteapi.voices(ROWS, by=["outlet"])
    assert set(tables.summaries) == {"by_outlet", "over_time", "by_outlet_over_time"}
    assert [(row["period"], row["appearances"], row["newly_heard"]) for row in rows_of(tables.summaries["over_time"])] == [
        ("2026-03", 2, 2),
        ("2026-04", 3, 0),
    ]
    (post,) = rows_of(tables.summaries["by_outlet_over_time"], outlet="Post")
    assert (post["period"], post["newly_heard"]) == ("2026-04", 1)
    assert [row["period"] for row in rows_of(quoteapi.voices(ROWS, every="year").summaries["over_time"])] == ["2026"]


def test_who_is_quoted_together_is_counted() -> None:
    """Pairs of people and organizations in an article."""
    (pair,) = rows_of(quoteapi.voices(ROWS).together)
    assert (pair["name"], pair["other_name"], pair["articles"]) == ("Jane Roe", "Tom Hart", 1)


def test_the_order_of_rows_makes_no_difference() -> None:
    """To any table."""
    one, other = quoteapi.voices(ROWS, by=["outlet"]), quoteapi.voices(ROWS[::-1], by=["outlet"])
    assert all(table.equals(other.named()[name]) for name, table in one.named().items())


def test_a_doubtful_speaker_counts_as_unknown() -> None:
    """Below the confidence that is asked for."""
    tables = quoteapi.voices([said("a1", "Never again.", confidence=0.4)], min_confidence=0.5)
    assert (len(tables.voices), tables.summary["unattributed"].item()) == (0, 1)


def test_the_list_of_people_joins_what_one_word_cannot() -> None:
    """By names and aliases."""
    people = [quoteapi.Person(name="Jane Roe", aliases=["Roe"], same_as="https://example.org/roe")]
    rows = [said("a1", "Never again.", "Roe"), said("a2", "Who knows?", "Jane Roe")]
    (roe,) = rows_of(quoteapi.voices(rows, people=people).voices)
    assert (roe["articles"], roe["same_as"]) == (2, "https://example.org/roe")


def test_rows_of_an_answer_are_those_of_batch() -> None:
    """And go into a data frame, and from there into the tables."""
    answer = quoteapi.extract("“The wall held,” said Jane Roe, the harbour master of Solheim.", id="a1")
    frame = pd.DataFrame(quoteapi.rows(answer))
    assert (frame["speaker"].item(), frame["quote_id"].item()) == ("Jane Roe", "a1/q1")
    by_rows = quoteapi.voices(frame.to_dict("records"))
    by_answer = quoteapi.voices([answer])
    assert by_rows.voices["voice"].to_list() == by_answer.voices["voice"].to_list() == ["person/jane-roe"]
    assert by_answer.voices["roles"][0][0]["text"] == "harbour master of Solheim"


def test_rows_of_speakers_add_roles() -> None:
    """Their title, party and constituency tell namesakes apart."""
    speaker = {"article_id": "a1", "speaker_id": "a1/sJane Roe", "name": "Jane Roe", "type": "person", "role": "the MP for Kelby"}
    more = {"title": "MP", "party": "Labour", "roles": json.dumps(["the MP for Kelby"]), "mentions": '["Jane Roe", "Roe", "she"]'}
    (roe,) = rows_of(quoteapi.voices([said("a1", "Never again."), speaker | more]).voices)
    assert (roe["forms"], [role["text"] for role in roe["roles"]]) == (["Jane Roe", "Roe"], ["MP for Kelby"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"name": "Jane Roe"}], "Row 1 is no answer and no row that quoteapi batch writes. It has: name."),
        ([said("a1", "No.") | {"article_id": None}], "Row 1 has no article_id: give each article an id"),
        ([said("a1", "No."), said("a1", "Yes.") | {"quote_id": "a1/qNo."}], "Two articles have the id “a1”"),
        ([said("a1", "No.") | {"confidence": "high"}], "Row 1 has the confidence “high”, which is no number."),
        ("text", "rows: Expected a list"),
    ],
)
def test_bad_rows_are_told(rows: Any, words: str) -> None:  # noqa: ANN401  what is wrong
    """By their number, with what to do."""
    with pytest.raises(quoteapi.ArgumentError, match=re.escape(words)):
        quoteapi.voices(rows)


def test_a_column_that_is_not_there_is_told() -> None:
    """With those that are."""
    with pytest.raises(quoteapi.ArgumentError, match=re.escape("No column is named topic. There are: outlet")):
        quoteapi.voices(ROWS, by=["topic"])
    with pytest.raises(quoteapi.ArgumentError, match="No column is named day"):
        quoteapi.voices(ROWS, date_column="day")


def test_the_same_row_twice_is_one() -> None:
    """As in files that overlap."""
    assert quoteapi.voices([*ROWS, *ROWS]).appearances.equals(quoteapi.voices(ROWS).appearances)


def test_no_rows_make_empty_tables() -> None:
    """Each with its columns."""
    tables = quoteapi.voices([])
    assert (len(tables.voices), len(tables.quotes), len(tables.together)) == (0, 0, 0)
    assert "roles" in tables.voices.columns


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-01T08:00Z", "2026-03-01"),
        ("2026-03", "2026-03"),
        (2026, "2026"),
        (2026.0, "2026"),
        ("20260301", "2026-03-01"),
        ("Sun, 01 Mar 2026 08:00:00 +0000", "2026-03-01"),
        (pd.Timestamp("2026-03-01 08:00"), "2026-03-01"),
        ("03/01/2026", None),
        ("2026-13-01", None),
        (float("nan"), None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_leave_no_doubt(value: object, expected: str | None) -> None:
    """Figures with strokes may be a day or a month first."""
    assert read_date(value) == expected
