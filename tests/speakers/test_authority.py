"""The authority list: exact names and aliases."""

from quoteapi.speakers.authority import authority_index, listed
from quoteapi.structs import Person

PEOPLE = [
    Person(name="Marta Oduya", aliases=["Marta J. Oduya", "Harrow"]),
    Person(name="Bill Harrow", aliases=["Harrow"]),
    Person(name="The Harbour Trust", aliases=["HT"]),
]


def test_a_name_or_an_alias_finds_its_entry() -> None:
    """Case, titles and a leading article do not matter."""
    index = authority_index(PEOPLE)
    assert listed(["Sen. marta oduya"], index) == 0
    assert listed(["MARTA J. ODUYA", "Marta Oduya"], index) == 0
    assert listed(["Harbour Trust"], index) == 2


def test_an_alias_of_two_is_left_open() -> None:
    """Harrow may be either, and two names of different entries are nobody's."""
    index = authority_index(PEOPLE)
    assert listed(["Harrow"], index) is None
    assert listed(["Marta Oduya", "Bill Harrow"], index) is None


def test_part_of_a_name_finds_nothing() -> None:
    """Oduya alone is no exact match."""
    assert listed(["Oduya"], authority_index(PEOPLE)) is None
