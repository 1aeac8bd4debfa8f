"""Evaluation: figures worked out by hand for small pairs of gold and answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quoteapi.evaluation import Report, evaluate_file, render
from quoteapi.evaluation.gold import UnreadableLineError

TEXT = (
    "Ida Morrow, the harbour master of Kelby, said: “The wall held through the night.” “We were lucky,” Morrow added. "
    "Councillor Tom Reed called it a “near miss” and read from “The Tide Tables”. “Nobody slept,” a fisherman said. "
    "“Stay away,” a sign read."
)


def stretch(words: str) -> dict[str, int]:
    """Where the words first stand in the article."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def gold(words: str, kind: str, speaker: str | None = None, **rest: object) -> dict[str, Any]:
    """A gold quote."""
    return {**stretch(words), "text": words, "kind": kind, "speaker": speaker, **rest}


def quote(words: str, kind: str = "direct", speaker: tuple[str, str | None] | None = None, **rest: object) -> dict[str, Any]:
    """A quote of an answer."""
    named = {"name": speaker[0], "role": speaker[1]} if speaker else None
    return {"kind": kind, "spans": [stretch(words)], "speaker": named, "mention": None, **rest}


GOLD = [
    gold(
        "The wall held through the night",
        "direct",
        "Ida Morrow",
        speaker_type="person",
        mention="Ida Morrow",
        role="the harbour master of Kelby",
        role_variants=["harbour master"],
    ),
    gold("We were lucky", "direct", "Ida Morrow", speaker_type="person", mention="Morrow", role="the harbour master of Kelby"),
    gold("near miss", "mixed", "Tom Reed", speaker_type="person", mention="Tom Reed", role="Councillor"),
    gold("The Tide Tables", "other"),
    gold("Nobody slept", "direct", "a fisherman", speaker_type="unnamed", mention="a fisherman"),
    gold("Stay away", "direct"),
]

FAULTY = [
    quote("The wall held through the night.", "direct", ("Ida Morrow", "the harbour master"), confidence=0.95),
    quote("We were lucky,", "direct", ("Morrow", None), confidence=0.85),
    quote("“near miss” and read from “The Tide Tables”", "direct", ("Ida Morrow", None), confidence=0.35),
    quote("Nobody", "direct", ("fisherman", None), confidence=0.6),
    quote("Stay away", "direct", ("Tom Reed", "Councillor"), confidence=0.5),
    quote("said", "mixed"),
    quote("night", "indirect"),
]


def write(path: Path, records: Sequence[Mapping[str, object]]) -> Path:
    """A file of JSON lines, with an empty line that readers pass over."""
    path.write_bytes(b"\n\n".join(msgspec.json.encode(record) for record in records) + b"\n")
    return path


def evaluate(folder: Path, quotes: Sequence[Mapping[str, object]], **rest: object) -> Report:
    """The report of these quotes as the answer to the article."""
    gold_path = write(folder / "gold.jsonl", [{"id": "a1", "text": TEXT, "quotes": GOLD}])
    return evaluate_file(gold_path, results_path=write(folder / "results.jsonl", [{"id": "a1", "quotes": quotes, **rest}]))


def causes(report: Report) -> list[tuple[str, str]]:
    """Each mistake's cause and stretch."""
    return [(mistake.cause, mistake.text) for mistake in report.mistakes]


def test_faulty_answers_give_the_figures_worked_out_by_hand(tmp_path: Path) -> None:
    """Five stretches of speech, one title, six spans returned as speech.

    Found: wall, lucky, near miss (inside the long span) and Stay away, of five; Nobody covers 6 of 12 characters. Exact: wall, lucky
    and Stay away. Four of six returned spans found something. The title overlaps the long span. Of four with a speaker, one has the
    full name, one a part of it, one the wrong name, one is not found. Of three with a role one has the accepted words; the fisherman
    has no role in the gold and is not found. Confidence: bins 0.95 right, 0.85 right, 0.35 wrong: (0.05 + 0.15 + 0.35) / 3.
    """
    report = evaluate(tmp_path, FAULTY)
    figures = msgspec.structs.asdict(report)
    del figures["mistakes"]
    assert figures == pytest.approx(
        {
            "quotes": 5,
            "found": 4 / 5,
            "exact_span": 3 / 5,
            "precision": 4 / 6,
            "detection_f1": 2 * (4 / 5) * (4 / 6) / (4 / 5 + 4 / 6),
            "non_speech_kept_out": 0.0,
            "speaker_name": 1 / 4,
            "speaker_name_lenient": 2 / 4,
            "role_exact": 1 / 3,
            "role_overlap": 1 / 3,
            "role_rightly_empty": 0.0,
            "calibration_error": 0.55 / 3,
            "articles_without_a_result": 0,
        }
    )


def test_mistakes_are_told_by_their_cause(tmp_path: Path) -> None:
    """The part of a name is a name form, the other person a mention, the title returned as speech a kind."""
    assert causes(evaluate(tmp_path, FAULTY)) == [
        ("name form", "We were lucky"),
        ("detection", "near miss"),
        ("kind", "near miss"),
        ("mention", "near miss"),
        ("kind", "The Tide Tables"),
        ("detection", "Nobody slept"),
        ("mention", "Stay away"),
        ("detection", "said"),
    ]


def test_answers_like_the_gold_are_right_in_everything(tmp_path: Path) -> None:
    """Every share is 1 and no mistake is left; confidence in what is right is 1."""
    right = [
        quote(TEXT[one["start"] : one["end"]], one["kind"], (one["speaker"], one.get("role")) if one["speaker"] else None, confidence=1.0)
        for one in GOLD
    ]
    report = evaluate(tmp_path, right)
    figures = msgspec.structs.asdict(report)
    shares = {name: value for name, value in figures.items() if isinstance(value, float) and name != "calibration_error"}
    assert set(shares.values()) == {1.0}
    assert len(shares) == 10
    assert report.calibration_error == 0.0
    assert report.mistakes == ()


def test_half_of_a_role_overlaps_and_is_not_exact(tmp_path: Path) -> None:
    """Harbour official shares one of its two words with harbour master."""
    report = evaluate(tmp_path, [quote("The wall held through the night", "direct", ("Ida Morrow", "a harbour official"))])
    assert (report.role_exact, report.role_overlap) == (0.0, 1 / 3)


def test_a_role_in_its_long_form_counts_as_its_words(tmp_path: Path) -> None:
    """A role may be an object with a text."""
    speaker = {"name": "Ida Morrow", "role": {"text": "the harbour master of Kelby", "title": "harbour master"}}
    report = evaluate(tmp_path, [{**quote("We were lucky"), "speaker": speaker}])
    assert report.role_exact == 1 / 3


def test_a_role_that_the_article_does_not_give_is_a_mistake(tmp_path: Path) -> None:
    """A fisherman is no harbour master; without a role he is rightly empty."""
    invented = evaluate(tmp_path, [quote("Nobody slept", "direct", ("a fisherman", "harbour master"))])
    assert invented.role_rightly_empty == 0.0
    assert ("role", "Nobody slept") in causes(invented)
    assert evaluate(tmp_path, [quote("Nobody slept", "direct", ("a fisherman", None))]).role_rightly_empty == 1.0


def test_speech_taken_for_no_speech_is_a_mistake_of_kind(tmp_path: Path) -> None:
    """A quote that is returned as other was seen and wrongly kept out."""
    report = evaluate(tmp_path, [quote("We were lucky", "other")])
    assert ("kind", "We were lucky") in causes(report)
    assert ("detection", "We were lucky") not in causes(report)


@pytest.mark.parametrize(
    ("name", "pointed_at", "cause"),
    [
        ("Tom Reed", "Morrow added", "coreference"),
        ("she", "Morrow added", "coreference"),
        (None, "Morrow added", "coreference"),
        ("Morrow Kelby", "Morrow added", "name form"),
        ("Morrow", "Councillor Tom", "name form"),
        ("Tom Reed", "Tom Reed", "mention"),
        (None, None, "mention"),
    ],
)
def test_a_wrong_name_is_told_by_where_it_comes_from(tmp_path: Path, name: str | None, pointed_at: str | None, cause: str) -> None:
    """Morrow is the mention that people marked: under another somebody's name, a pronoun or none at all, the joining of mentions failed.

    Under a name that shares a word with Ida Morrow the somebody is right and the name is not; where the answer points elsewhere, or
    nowhere, the wrong mention was taken.
    """
    start = TEXT.index(pointed_at) if pointed_at else 0
    mention = {"start": start, "end": start + len((pointed_at or "").removesuffix(" added"))} if pointed_at else None
    wrong = quote("We were lucky", "direct", (name, None) if name else None, mention=mention)
    assert [found for found, words in causes(evaluate(tmp_path, [wrong])) if words == "We were lucky"] == [cause]


def test_an_article_without_an_answer_counts_its_quotes_as_missed(tmp_path: Path) -> None:
    """No line, or a problem in an answer's place: nothing is found and the article is counted."""
    gold_path = write(tmp_path / "gold.jsonl", [{"id": "a1", "text": TEXT, "quotes": GOLD}])
    problem = {"type": "about:blank", "title": "Too long", "status": 413, "id": "a1"}
    for records in ([], [problem]):
        report = evaluate_file(gold_path, results_path=write(tmp_path / "results.jsonl", records))
        assert (report.articles_without_a_result, report.found, report.detection_f1) == (1, 0.0, 0.0)


def test_a_share_of_nothing_is_not_a_number(tmp_path: Path) -> None:
    """A gold file without speech has no share of speech found, and the table shows a dash."""
    path = write(tmp_path / "gold.jsonl", [{"id": "a1", "text": "Calm.", "quotes": []}])
    report = evaluate_file(path, results_path=write(tmp_path / "results.jsonl", []))
    assert (report.found, report.detection_f1, report.speaker_name) == (None, None, None)
    assert "found                            –" in render(report)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "a1", "quotes": [{}]}', "line 1"),
        (b'{"id": "a1", "quotes": [], "offset_unit": "utf16"}', "utf16"),
        (b'{"quotes": []}', "no id"),
    ],
)
def test_a_line_that_cannot_be_measured_is_named(tmp_path: Path, line: bytes, reason: str) -> None:
    """The error says which line of which file and why."""
    gold_path = write(tmp_path / "gold.jsonl", [])
    results_path = tmp_path / "results.jsonl"
    results_path.write_bytes(line)
    with pytest.raises(UnreadableLineError, match=reason):
        evaluate_file(gold_path, results_path=results_path)


def test_the_table_has_a_line_for_each_figure(tmp_path: Path) -> None:
    """Thirteen figures with three decimals; counts as they are."""
    lines = render(evaluate(tmp_path, FAULTY)).splitlines()
    assert len(lines) == 13
    assert lines[0].split() == ["quotes", "5"]
    assert lines[1].split() == ["found", "0.800"]
    assert "detection F1" in lines[4]


def test_errors_are_listed_under_their_causes(tmp_path: Path) -> None:
    """Each of the six causes has a heading with its number, and each mistake a line that says where."""
    lines = render(evaluate(tmp_path, FAULTY), errors=True).splitlines()
    assert [line for line in lines if line.endswith((": 0", ": 1", ": 2", ": 3"))] == [
        "detection: 3",
        "kind: 2",
        "mention: 2",
        "coreference: 0",
        "name form: 1",
        "role: 0",
    ]
    start = TEXT.index("Stay away")
    assert f"  a1 [{start}:{start + 9}] 'Stay away' gold none given 'Tom Reed'" in lines


def test_the_engine_reads_where_no_results_are_given(tmp_path: Path) -> None:
    """A gold file alone is enough: the engine's own answers are measured."""
    gold_path = write(tmp_path / "gold.jsonl", [{"id": "a1", "text": TEXT, "quotes": GOLD}])
    report = evaluate_file(gold_path)
    assert report.articles_without_a_result == 0
    assert report.found == 1.0
