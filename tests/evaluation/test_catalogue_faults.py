"""Catalogue faults: answers scored against the passages of a catalogue."""

from pathlib import Path

import msgspec
import pytest

from cataloguing import PASSAGE, written
from quoteapi.engine import QuoteEngine
from quoteapi.evaluation import read_catalogue, render_catalogue, try_catalogue
from quoteapi.evaluation.catalogue import PassageQuote
from quoteapi.evaluation.catalogue_faults import quote_faults
from quoteapi.structs import Article, Quote

TEXT = "“The sea,” said Jane Roe, “will win.” She warned that the wall, which is old, would not hold."


def faults(engine: QuoteEngine, folder: Path, text: str) -> tuple[str, ...]:
    """What is wrong in the answer to the one passage of a catalogue."""
    (tried,) = try_catalogue(read_catalogue(written(folder, text)), engine)
    return tried.faults


def told(engine: QuoteEngine, **rest: object) -> Quote:
    """The article's quote as the engine gives it, but for the fields that are given."""
    (quote,) = engine.extract(Article(text=TEXT)).quotes
    return msgspec.convert({**msgspec.to_builtins(quote), **rest}, Quote)


def spans(*words: str) -> list[dict[str, object]]:
    """Where words of the article stand."""
    return [{"start": TEXT.index(part), "end": TEXT.index(part) + len(part), "text": part} for part in words]


def judged(gold: PassageQuote, *quotes: Quote) -> list[str]:
    """What is wrong with a quote of the article."""
    return list(quote_faults(gold, TEXT, quotes))


def test_a_right_passage_has_no_faults(engine: QuoteEngine, tmp_path: Path) -> None:
    """Speaker, role and neighbour are as they should be."""
    assert faults(engine, tmp_path, PASSAGE) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('speaker = "Jane Roe"', 'speaker = "Jo Roe"', "'The wall held,' by 'Jane Roe', not 'Jo Roe'"),
        ('role = "Harbour Master"', 'role = "Master"', "'Jane Roe' has the role 'Harbour Master', not 'Master'"),
        ('speaker = "Jane Roe", role = "Harbour Master"', 'type = "person"', "'The wall held,' by 'Jane Roe', not by nobody"),
        ('speaker = "Jane Roe"', 'kind = "other"', "'The wall held,' is no speech"),
        ('speaker = "Jane Roe"', 'speaker = "Jane Roe", kind = "mixed"', "'The wall held,' is direct, not mixed"),
        ('role = "Deputy mayor"', 'role = "mayor"', "'Ann Doe' has the role 'Deputy mayor', not 'mayor'"),
        ('name = "Ann Doe"', 'name = "Bo Lin"', "'Bo Lin' is not found"),
        ("others", 'not_quotes = ["wall"]\nothers', "'The wall held,' is no quote"),
    ],
)
def test_each_fault_is_told_in_words(engine: QuoteEngine, tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    """With what was given and what was right."""
    assert right in PASSAGE
    assert faults(engine, tmp_path, PASSAGE.replace(right, wrong)) == (fault,)


@pytest.mark.parametrize(
    ("right", "good"),
    [
        ('role = "Harbour Master"', 'role = "Master", variants = ["Harbour Master"]'),
        ('speaker = "Jane Roe"', 'speaker = "Jo Roe", speaker_variants = ["Jane Roe"]'),
        ("others", 'not_quotes = ["said", "agreed"]\nothers'),
    ],
)
def test_what_is_as_good_is_no_fault(engine: QuoteEngine, tmp_path: Path, right: str, good: str) -> None:
    """Another stretch or name that is listed, words that no quote touches."""
    assert faults(engine, tmp_path, PASSAGE.replace(right, good)) == ()


def test_no_role_is_as_good_where_the_passage_says_so(engine: QuoteEngine, tmp_path: Path) -> None:
    """Ann Doe has a role or none; without `""` she has to have it."""
    text = PASSAGE.replace("Deputy mayor Ann", "Ann")
    assert faults(engine, tmp_path, text) == ("'Ann Doe' has the role None, not 'Deputy mayor'",)
    assert faults(engine, tmp_path, text.replace('role = "Deputy mayor"', 'role = "Deputy mayor", variants = [""]')) == ()


def test_a_passage_that_is_refused_is_wrong(engine: QuoteEngine, tmp_path: Path) -> None:
    """The others are tried all the same."""
    blank = "[[passage]]\nid = 'two'\nconstruct = 'blank'\ntext = ' '\nquotes = []\n"
    refused, right = try_catalogue(read_catalogue(written(tmp_path, blank + PASSAGE)), engine)
    assert refused.faults[0].startswith("refused: The text is empty")
    assert right.faults == ()


def test_an_optional_quote_may_be_missing_but_not_wrong(engine: QuoteEngine) -> None:
    """Not found is right, found by somebody else is not."""
    gold = PassageQuote(words=("The sea", "will win"), speaker="Ann Doe", optional=True)
    assert judged(gold) == []
    assert judged(gold, told(engine)) == ["'The sea … will win' by 'Jane Roe', not 'Ann Doe'"]


def test_stretches_are_one_quote(engine: QuoteEngine) -> None:
    """All of the words and no others, marks and punctuation aside; one stretch alone is enough where the passage has one."""
    gold = PassageQuote(words=("The sea", "will win"), speaker="Jane Roe")
    assert judged(gold, told(engine)) == []
    assert judged(gold, told(engine, spans=spans("The sea,"))) == ["'The sea … will win' is not found"]
    assert judged(PassageQuote(words="will win", speaker="Jane Roe"), told(engine)) == []


def test_indirect_speech_is_the_whole_clause(engine: QuoteEngine) -> None:
    """With or without *that*; a part of it is not enough, and a direct quote is none."""
    gold = PassageQuote(words="the wall, which is old, would not hold", kind="indirect", speaker="Jane Roe")
    missing = ["'the wall, which is old, would not hold' is not found"]
    assert judged(gold, told(engine, kind="indirect", spans=spans("that the wall, which is old, would not hold."))) == []
    assert judged(gold, told(engine, kind="indirect", spans=spans("the wall", "would not hold"))) == missing
    assert judged(gold, told(engine, kind="direct", spans=spans("the wall, which is old, would not hold"))) == missing


def test_a_reason_is_one_of_those_that_are_right(engine: QuoteEngine) -> None:
    """The quote is there, nobody's, and has a reason, where the passage gives one."""
    gold = PassageQuote(words=("The sea", "will win"), kind="other", reason=("slogan", "sign"))
    assert judged(gold, told(engine, kind="other", speaker=None, reason="sign")) == []
    assert judged(gold) == ["'The sea … will win' is not found"]
    assert judged(gold, told(engine, kind="other", speaker=None)) == ["'The sea … will win' has the reason none, not slogan or sign"]
    assert judged(gold, told(engine, kind="other", reason="sign")) == ["'The sea … will win' by 'Jane Roe', not by nobody"]


def test_modality_is_judged_where_the_passage_gives_one(engine: QuoteEngine) -> None:
    """Asserted, not denied; an answer that does not say is wrong."""
    gold = PassageQuote(words=("The sea", "will win"), speaker="Jane Roe", modality="asserted")
    assert judged(gold, told(engine, modality="asserted")) == []
    assert judged(gold, told(engine, modality="denied")) == ["'The sea … will win' is denied, not asserted"]


def test_the_report_counts_by_construction(engine: QuoteEngine, tmp_path: Path) -> None:
    """The sum first; with errors each fault behind its passage's id."""
    tried = try_catalogue(read_catalogue(written(tmp_path, PASSAGE.replace("Bo Lin", "").replace('"Harbour Master"', '"Master"'))), engine)
    lines = render_catalogue(tried, errors=True).splitlines()
    assert [line.split() for line in lines[:2]] == [["all", "0", "of", "1"], ["title", "before", "the", "name", "0", "of", "1"]]
    assert lines[2].startswith("  one: 'Jane Roe' has the role")
