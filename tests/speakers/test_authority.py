"""The authority list: exact names and aliases."""

from quoteapi.speakers import Authority
from quoteapi.structs import Person

MARTA = Person(name="Marta Oduya", aliases=["Marta J. Oduya", "Harrow"])
BILL = Person(name="Bill Harrow", aliases=["Harrow"])
TRUST = Person(name="The Harbour Trust", aliases=["HT"])
AUTHORITY = Authority([MARTA, BILL, TRUST])


def test_a_name_or_an_alias_finds_its_entry() -> None:
    """Case, titles and a leading article do not matter."""
    assert AUTHORITY.matches(["Sen. marta oduya"]) == [MARTA]
    assert AUTHORITY.matches(["MARTA J. ODUYA", "Marta Oduya"]) == [MARTA]
    assert AUTHORITY.matches(["Harbour Trust"]) == [TRUST]


def test_an_alias_of_two_names_both() -> None:
    """Harrow may be either, and so may who bears the names of both."""
    assert AUTHORITY.matches(["Harrow"]) == [MARTA, BILL]
    assert AUTHORITY.matches(["Marta Oduya", "Bill Harrow"]) == [MARTA, BILL]


def test_part_of_a_name_finds_nothing() -> None:
    """Oduya alone is no exact match."""
    assert AUTHORITY.matches(["Oduya"]) == []


def test_the_next_list_is_asked_for_whom_the_first_does_not_know() -> None:
    """The caller's own entry comes before the service's of the same name."""
    own = Person(name="Marta Oduya", role="columnist")
    both = Authority([own], then=AUTHORITY)
    assert (both.matches(["Marta Oduya"]), both.matches(["HT"])) == ([own], [TRUST])
