"""Appositions after and before the name, tags and affiliations."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe, the top US diplomat for the Baltic states, said it would last.", "the top US diplomat for the Baltic states"),
        (
            "“It will last,” said Jane Roe, senior researcher on ports at the Coastal Institute and the University of Oslo.",
            "senior researcher on ports at the Coastal Institute and the University of Oslo",
        ),
        ("Jane Roe, the sheriff of Pickens County, South Carolina, said it would last.", "the sheriff of Pickens County, South Carolina"),
        ("Jane Roe, minister for trade, industry and energy, said it would last.", "minister for trade, industry and energy"),
        (
            "Jane Roe, president and chief executive of Northern Ferries, said it would last.",
            "president and chief executive of Northern Ferries",
        ),
        ("Jane Roe, now professor of law at Harvard University, said it would last.", "professor of law at Harvard University"),
        ("Jane Roe, until recently the head of the port authority, said no.", "until recently the head of the port authority"),
        ("Jane Roe, a former aide to Secretary of State John Doe, said no.", "a former aide to Secretary of State John Doe"),
        ("Jane Roe, an aide under Presidents John Doe and Max Poe, said no.", "an aide under Presidents John Doe and Max Poe"),
        ("Jane Roe, a nurse nine years his junior, said it would last.", "a nurse"),
        ("Jane Roe, 34, a nurse, said it would last.", "a nurse"),
        ("Jane Roe, a 34-year-old nurse from Bergen, said it would last.", "nurse from Bergen"),
        ("Jane Roe, one of the leading lawyers in the region, said it would last.", "one of the leading lawyers in the region"),
        ("Jane Roe, a member of the city council, said it would last.", "a member of the city council"),
        ("Jane Roe – head of the port authority – said it would last.", "head of the port authority"),
        ("Jane Roe (head of the port authority) said it would last.", "head of the port authority"),
        ("“It lasts,” said Jane Roe, head of Kelby Ferries Ltd. “We are proud.”", "head of Kelby Ferries Ltd."),
        ("The bus never comes. I walk now.\n– Jane Roe, 34, nurse\n\nIt comes when it rains.", "nurse"),
        ("“It lasts,” said Jane Roe, author of “The Sea Wall,” on Monday.", "author of “The Sea Wall,”"),
    ],
)
def test_an_apposition_runs_to_the_end_of_what_belongs_to_it(role: Role, text: str, expected: str) -> None:
    """The whole noun phrase after the name, with its complements."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize("tail", ["in a statement", "on Monday", "in an interview with reporters", "Tuesday", "last week"])
def test_the_occasion_of_the_saying_is_left_out(role: Role, tail: str) -> None:
    """“…, said Roe, a spokeswoman for the ministry, in a statement”."""
    assert role(f"“It will last,” said Jane Roe, a spokeswoman for the ministry {tail}.", "Jane Roe") == "a spokeswoman for the ministry"


def test_a_relative_clause_ends_the_apposition(role: Role) -> None:
    """“a lawyer who lost her keys”: a lawyer."""
    assert role("Jane Roe, a lawyer who lost her keys, said it would last.", "Jane Roe") == "a lawyer"


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, 34, said it would last.",
        "Jane Roe, of Ohio, said it would last.",
        "Jane Roe, who was injured, said it would last.",
        "Jane Roe, the mother of three, said it would last.",
        "Jane Roe, a resident of Bergen, said it would last.",
        "After meeting Jane Roe, the mayor said it would last.",
        "According to Jane Roe, officials said it would last.",
        "Jane Roe, Mayor John Doe and others said it would last.",
        "Jane Roe's lawyer, John Doe, said it would last.",
        "Jane Roe, whose boss, union chief John Doe, left, said it would last.",
        "In a letter to the prime minister, Jane Roe said it would last.",
    ],
)
def test_what_is_no_role_of_the_name_is_left_out(role: Role, text: str) -> None:
    """Age, home, kin, what happened, and the roles of other people nearby."""
    assert role(text, "Jane Roe") is None


def test_each_name_in_a_list_keeps_its_own_role(role: Role) -> None:
    """“Jane Roe, John Doe, a teacher, and Ann Poe, the mayor, met”."""
    text = "Jane Roe, John Doe, a teacher, and Ann Poe, the mayor, met on Monday."
    assert [role(text, name) for name in ("Jane Roe", "John Doe", "Ann Poe")] == [None, "a teacher", "the mayor"]


def test_an_office_of_a_place_needs_no_list(role: Role) -> None:
    """“the Otun of Kelby” is what its bearer is; a body of the place, or the next in a list, is not."""
    assert role("Jane Roe, the Otun of Kelby, said it would last.", "Jane Roe") == "the Otun of Kelby"
    assert role("“It will last,” said Jane Roe, the Oloye of Port Kelby.", "Jane Roe") == "the Oloye of Port Kelby"
    assert role("They thanked Jane Roe, the Bank of Kelby, and the mayor.", "Jane Roe") is None
    assert role("They thanked Jane Roe, the Otun of Kelby, and the mayor.", "Jane Roe") is None


def test_a_conditional_office_is_none(role: Role) -> None:
    """“As mayor, Roe would …”: she is not the mayor."""
    assert role("As mayor, Jane Roe would close the bridge.", "Jane Roe") is None


def test_a_party_and_state_are_the_role_where_nothing_better_is(role: Role) -> None:
    """“(R-Texas)”; with a title, the title."""
    assert role("Jane Roe (R-Texas) said it would last.", "Jane Roe") == "R-Texas"
    assert role("Jane Roe, D-Calif., said it would last.", "Jane Roe") == "D-Calif."
    assert role("Jane Roe (EPP, France) said it would last.", "Jane Roe") == "EPP, France"
    assert role("Sen. Jane Roe (R-TX) said it would last.", "Jane Roe") == "Sen."


def test_the_body_that_somebody_is_of_is_a_role(role: Role) -> None:
    """“Jane Roe of the Norwegian Red Cross”."""
    assert role("Jane Roe of the Norwegian Red Cross said it would last.", "Jane Roe") == "of the Norwegian Red Cross"


def test_a_body_may_own_the_name_or_house_a_writer(role: Role) -> None:
    """“NASA's Jane Roe” and “wrote Jane Roe at the Bank of America”; a country's Jane Roe is from there alone."""
    assert role("NASA's Jane Roe, who was moderating, moved on.", "Jane Roe") == "NASA"
    assert role("“It lasts,” wrote Jane Roe at Goldman Sachs in a note.", "Jane Roe") == "at Goldman Sachs"
    assert role("Speaking for the Kelby Harbour Association, Jane Roe said no.", "Jane Roe") == "the Kelby Harbour Association"
    assert role("Speaking for the first time, Jane Roe said no.", "Jane Roe") is None
    assert role("Italy's Jane Roe won.", "Jane Roe") is None


def test_where_something_happens_is_no_role(role: Role) -> None:
    """“met Roe at the White House” makes her no part of it."""
    assert role("The minister met Jane Roe at the White House on Monday.", "Jane Roe") is None


def test_an_organization_has_a_role_where_an_apposition_describes_it(role: Role) -> None:
    """“Dove, a relief agency, said”; most have none."""
    assert role("Dove, a relief agency, said it would last.", "Dove", kind="organization") == "a relief agency"
    assert role("The Harbour Ministry said it would last.", "Harbour Ministry", kind="organization") is None
    text = "Dove, the body that licenses ferries, said it would last."
    assert role(text, "Dove", kind="organization") == "the body that licenses ferries"
    assert role("Dove, the company, said it would last.", "Dove", kind="organization") is None
    assert role("They sued web search giant Dove in May.", "Dove", kind="organization") == "web search giant"


@pytest.mark.parametrize(
    "text",
    [
        "The governor signed the order to remove Jane Roe from the Order of Kelby.",
        "Ann Doe accused Jane Roe of opposing the ministry's plan.",
    ],
)
def test_what_happens_to_somebody_is_no_affiliation(role: Callable[..., str | None], text: str) -> None:
    """Removed from, accused of."""
    assert role(text, "Jane Roe") is None
