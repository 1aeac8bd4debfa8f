"""Addressees: whom a speaker speaks to."""

from collections.abc import Callable

import pytest

from quoteapi.structs import Quote

Quotes = Callable[[str], list[Quote]]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“We were not warned,” Jane Roe told reporters on Monday.", "reporters"),
        ("Jane Roe told reporters: “We were not warned.”", "reporters"),
        ("Jane Roe said to the crowd, “We were not warned.”", "the crowd"),
        ("“You will have your wall,” Jane Roe assured the residents.", "the residents"),
        ("“Where were you?” Jane Roe asked the mayor.", "the mayor"),
        ("Jane Roe told the council that the wall was “beyond repair.”", "the council"),
        ("“The wall will go,” Jane Roe wrote to Peter Lang.", "Peter Lang"),
        ("Residents were warned by Jane Roe: “Leave before dark.”", "Residents"),
    ],
)
def test_who_is_spoken_to_is_not_the_speaker(quotes_of: Quotes, text: str, addressee: str) -> None:
    """Jane Roe speaks in each."""
    (quote,) = quotes_of(text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.addressee and quote.addressee.text) == ("Jane Roe", addressee)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe described the repairs as “a coat of paint.”",
        "Jane Roe called the mayor “a coward.”",
        "“We were not warned,” Jane Roe said.",
        "“The wall will go,” Jane Roe said in a letter to the minister.",
    ],
)
def test_what_is_spoken_of_is_no_addressee(quotes_of: Quotes, text: str) -> None:
    """The repairs do not listen."""
    (quote,) = quotes_of(text)
    assert quote.addressee is None


def test_a_nested_quote_has_its_own_addressee(quotes_of: Quotes) -> None:
    """My mother told me."""
    _, inner = quotes_of("“My mother always told me, ‘Never trust the sea,’” said Jane Roe.")
    assert inner.addressee is not None
    assert inner.addressee.text == "me"
