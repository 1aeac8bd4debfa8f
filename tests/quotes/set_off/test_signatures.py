"""Signatures as strings."""

import pytest

from quoteapi.quotes.set_off.signatures import signature_at


@pytest.mark.parametrize(
    ("line", "name", "person"),
    [
        ("— Jane Roe, nurse", "Jane Roe", True),
        ("– Jane Roe, 34, Kelby", "Jane Roe", True),
        ("Jane Roe (34)", "Jane Roe", True),
        ("Jane Roe ,, nurse", "Jane Roe", True),
        ("- Interim auditor Jane Roe", "Jane Roe", True),
        ("Dr. Ngozi van der Berg, CEO, Kelby Ferries Ltd.", "Ngozi van der Berg", True),
        ("Dean Roe, skipper", "Dean Roe", True),
        ("The Kelby Courier", "Kelby Courier", False),
        ("Kelby Ferries (@KelbyFerries)", "Kelby Ferries", False),
        ("a customs officer", "a customs officer", True),
        ("Name and address supplied", "", True),
    ],
)
def test_a_name_with_what_describes_it_is_a_signature(line: str, name: str, *, person: bool) -> None:
    """Titles before the name are left out; a first name, an age or a job tells of a person."""
    found = signature_at(line, 0, len(line))
    assert found is not None
    assert line[slice(*found.name)] == name
    assert found.person is person


@pytest.mark.parametrize(
    "line",
    [
        "",
        "—",
        "Monday, 3 May",
        "Jane Roe was glad",
        "Jane Roe said no",
        "Jane Roe, who told reporters",
        "Jane Roe is the mayor.",
        "Contact: Jane Roe",
        "Kelby",
        "What the papers say",
        "A good day for everybody",
        "Jane Roe (D) asks why the pier is closed",
        "the bus never comes",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    """A sentence, a heading, a date, a single word."""
    assert signature_at(line, 0, len(line)) is None
