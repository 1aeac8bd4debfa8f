"""The passages that are written for the fit: their marks are their own words."""

from collections import Counter

from fences import ROOT
from quoteapi.training.marked import read_marked

PASSAGES = list(read_marked(ROOT / "corpus" / "passages.jsonl.gz"))
MARKS = "“”\"'‘’"


def test_every_passage_has_an_id_of_its_own() -> None:
    """977 of them."""
    assert len({passage.id for passage in PASSAGES}) == len(PASSAGES) == 977


def test_roles_are_the_words_of_their_passage() -> None:
    """At the code points that are told, and at most one says most."""
    for passage in PASSAGES:
        for entity in passage.entities.values():
            assert [passage.text[role.start : role.end] for role in entity.roles] == [role.text for role in entity.roles]
            assert sum(role.best for role in entity.roles) == bool(entity.roles)


def test_quotes_stand_between_marks_and_have_speakers_of_the_passage() -> None:
    """A mention beside a quote is one of its speaker's words."""
    for passage in PASSAGES:
        for quote in passage.quotes:
            assert passage.text[quote.start - 1] in MARKS
            assert set(quote.speakers) <= set(passage.entities)


def test_all_kinds_are_there() -> None:
    """Speech of both kinds, and what is none for many reasons."""
    kinds = Counter(quote.kind for passage in PASSAGES for quote in passage.quotes)
    reasons = {quote.reason for passage in PASSAGES for quote in passage.quotes if quote.kind == "other"}
    assert min(kinds["direct"], kinds["mixed"], kinds["other"]) > 300
    assert {"title", "scare", "term", "nickname", "slogan", "hypothetical", "negated", "sign"} <= reasons
