"""Descriptions that a list of names shares."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize("name", ["Jane Roe", "John Doe", "Ann Poe"])
def test_a_plural_description_belongs_to_every_name_in_the_list(role: Role, name: str) -> None:
    """“A, B and C, co-directors of the mill, said”."""
    assert role("Jane Roe, John Doe and Ann Poe, co-directors of the mill, said it would last.", name) == "co-directors of the mill"


def test_both_and_kin_words_may_stand_in_the_list(role: Role) -> None:
    """“A and his brother B, both undertakers”."""
    text = "John Doe and his sister Jane Roe, both undertakers, carried it."
    assert [role(text, name) for name in ("John Doe", "Jane Roe")] == ["undertakers", "undertakers"]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe and John Doe, a teacher, met on Monday.",
        "After talks with Jane Roe and John Doe, officials said it would last.",
        "Jane Roe, directors of the mill, said it would last.",
    ],
)
def test_what_only_one_of_them_is_or_others_are_is_not_shared(role: Role, text: str) -> None:
    """A singular description is the last name's, and the next clause's subject is nobody's."""
    assert role(text, "Jane Roe") is None
