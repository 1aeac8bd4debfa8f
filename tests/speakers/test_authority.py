"""The authority list: exact names and aliases."""

from quoteapi.speakers import Authority
from quoteapi.structs import Person

MARTA = Person(name="Marta Oduya", aliases=["Marta J. Oduya", "Harrow"])
BILL = Person(name="Bill Harrow", aliases=["Harrow"])
TRUST = Person(name="The Harbour Trust", aliases=["HT"])
AUTHORITY = Authority([MARTA, BILL, TRUST])


def test_a_name_or_an_alias_finds_its_entry() -> None:
    """Case, titles and a leading article do not matter."""
    assert AUTHORITY.bearers(["Sen. marta oduya"]) == [MARTA]
    assert AUTHORITY.bearers(["MARTA J. ODUYA", "Marta Oduya"]) == [MARTA]
    assert AUTHORITY.bearers(["Harbour Trust"]) == [TRUST]


def test_an_alias_of_two_names_both() -> None:
    """Harrow may be either, and so may who bears the names of both."""
    assert AUTHORITY.bearers(["Harrow"]) == [MARTA, BILL]
    assert AUTHORITY.bearers(["Marta Oduya", "Bill Harrow"]) == [MARTA, BILL]


def test_part_of_a_name_finds_nothing() -> None:
    """Oduya alone is no exact match."""
    assert AUTHORITY.bearers(["Oduya"]) == []


def test_the_next_list_is_asked_for_whom_the_first_does_not_know() -> None:
    """The caller's own entry comes before the service's of the same name."""
    own = Person(name="Marta Oduya", role="columnist")
    both = Authority([own], then=AUTHORITY)
    assert (both.bearers(["Marta Oduya"]), both.bearers(["HT"])) == ([own], [TRUST])
