"""Reporting clauses as strings."""

import pytest

from quoteapi.quotes.clauses import reporting_clause, splits_a_sentence


@pytest.mark.parametrize(
    "clause", ["he said.", "said Jane Roe.", "Jane Roe told reporters.", "the mayor said on Friday.", "says the mayor.", "Ms. Roe added."]
)
def test_a_clause_after_a_comma_is_found(clause: str) -> None:
    """Verb and name, or subject and verb."""
    text = f"We stay, {clause}"
    assert reporting_clause(text, 0, len(text)) == len("We stay,")


@pytest.mark.parametrize(
    "text", ["We stay, and we said so", "In May, Roe said that it held", "They left, which was wise", "We stay he said", "one, two"]
)
def test_words_of_the_quote_are_no_clause(text: str) -> None:
    """What follows no comma, has no verb of saying, or reports on."""
    assert reporting_clause(text, 0, len(text)) is None


@pytest.mark.parametrize(
    "between", [" she said, ", " said Jane Roe, the harbour master, ", " Mr. Roe told reporters, ", ", he added, ", " she says — "]
)
def test_an_attribution_splits_a_sentence(between: str) -> None:
    """It has one verb and ends with a comma or a dash."""
    assert splits_a_sentence(between)


@pytest.mark.parametrize(
    "between",
    [
        " she said. ",
        " and ",
        " she said, adding, ",
        " she said, and told him, ",
        " Roe said. He added, ",
        " He answered, ",
        " she said, while Roe said, ",
        ", ",
    ],
)
def test_other_words_do_not_split_a_sentence(between: str) -> None:
    """A full stop, a second verb, a new sentence, or no verb at all."""
    assert not splits_a_sentence(between)
