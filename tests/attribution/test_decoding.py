"""The decoding: the sources of an article's quotes, chosen together."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from quoteapi.attribution.decoding import decode
from quoteapi.findings import Candidate


def ranked(probabilities: Mapping[int | None, float]) -> list[Candidate]:
    """Candidates by falling probability."""
    return sorted((Candidate(mention, p) for mention, p in probabilities.items()), key=lambda candidate: -candidate.probability)


def test_a_later_quote_may_tell_an_earlier_source() -> None:
    """The first quote is a little more probably Roe's (0), but then the second would be nobody's clear words: Poe (1) it is."""

    def rank(number: int, previous: int | None) -> Sequence[Candidate]:
        if number == 0:
            return ranked({0: 0.55, 1: 0.45})
        return ranked({0: 0.5, 1: 0.5}) if previous == 0 else ranked({1: 0.95, 0: 0.05})

    assert [choice and choice.mention for choice in decode(2, rank)] == [1, 1]
    assert [choice and choice.mention for choice in decode(2, rank, beam=1)] == [0, 0]


def test_a_quote_that_is_decided_elsewhere_is_passed_over() -> None:
    """Who spoke before it goes on."""
    asked: list[tuple[int, int | None]] = []

    def rank(number: int, previous: int | None) -> Sequence[Candidate] | None:
        asked.append((number, previous))
        return None if number == 1 else ranked({7: 0.9, None: 0.1})

    found = decode(3, rank)
    assert [choice and choice.mention for choice in found] == [7, None, 7]
    assert (2, 7) in asked


@given(st.lists(st.lists(st.tuples(st.none() | st.integers(0, 4), st.floats(0.01, 1.0)), min_size=1, max_size=5), max_size=8))
def test_without_ties_between_quotes_each_takes_its_best(rows: list[list[tuple[int | None, float]]]) -> None:
    """However many readings are followed."""
    tables = [ranked(dict(row)) for row in rows]
    found = decode(len(tables), lambda number, _: tables[number])
    assert [choice.ranked[choice.taken].probability for choice in found if choice] == [table[0].probability for table in tables]


def test_no_quotes_no_choices() -> None:
    """An empty article."""
    assert decode(0, lambda *_: None) == []
