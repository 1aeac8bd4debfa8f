"""Singular they: persons whom the article calls so, and nobody else."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    "text",
    [
        "Robin Roe, who uses they and them, worked with two students. “It was cold,” they said.",
        "Robin Roe became the first nonbinary member of the council. Critics laughed. “It was cold,” they said.",
        "Nonbinary baritone takes lead\n\nThe council cast Robin Roe on Monday. Roe, a baritone, left. “It was cold,” they said.",
        "The judges offered a word but Alex Roe shook their head. “I know it,” they said.",
    ],
)
def test_they_is_the_person_whom_the_article_calls_so(join: Join, text: str) -> None:
    """Whoever uses they, is nonbinary, or shook their head; not the group nearby."""
    found = join(text, "they said")("they said")
    assert found is not None
    assert found.name.endswith("Roe")


def test_they_is_the_group_otherwise(join: Join) -> None:
    """A person who used them for something is no they."""
    at = join("John Roe bought nets and used them with two fishermen. “It was cold,” they said.", "they said")
    found = at("they said")
    assert found is not None
    assert found.name == "two fishermen"


def test_they_may_be_somebody_who_stays_unnamed(join: Join) -> None:
    """Where nobody else is there to be meant."""
    found = join("The winner of the prize has come forward. “It was cold,” they said.", "they said")("they said")
    assert found is not None
    assert found.name == "The winner of the prize"
