"""Acronyms of offices: who holds the office is meant."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    ("office", "acronym"), [("Sub-divisional magistrate", "SDM"), ("Superintendent of police", "SP"), ("Chief fire officer", "CFO")]
)
def test_the_acronym_of_an_office_is_its_holder(join: Join, office: str, acronym: str) -> None:
    """Where it is quoted, with an article."""
    found = join(f"{office} Jane Roe visited the village. “Two are held,” the {acronym} said.", f"{acronym} said")(f"{acronym} said")
    assert found is not None
    assert found.name == "Jane Roe"


def test_the_acronym_of_a_body_is_the_body(join: Join) -> None:
    """Though somebody's office has the same letters."""
    text = "The Sea Patrol met. Superintendent of police Jane Roe left. “We will look,” the SP said."
    found = join(text, "SP said")("SP said")
    assert found is not None
    assert found.type == "organization"
