"""Roles in clauses."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe, who heads the dockers' union, said it would last.", "heads the dockers' union"),
        ("Jane Roe, who is the head of the harbour board, said it would last.", "the head of the harbour board"),
        ("Jane Roe is the head of the harbour board.", "the head of the harbour board"),
        ("Jane Roe has been appointed as ambassador to Norway.", "ambassador to Norway"),
        ("Jane Roe, 34, served as mayor of Bergen until 2019.", "mayor of Bergen"),
        ("Jane Roe, 43, who is the director of the museum, said it would last.", "the director of the museum"),
    ],
)
def test_a_clause_gives_a_role(role: Role, text: str, expected: str) -> None:
    """Relative clause, copula and verbs of appointment."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe is not the head of the harbour board.",
        "Jane Roe was the first judge to marry a couple on the bridge.",
        "Jane Roe, who led the march on Sunday, said it would last.",
        "Jane Roe's campaign manager said it would last.",
        "Jane Roe is a mother of three.",
    ],
)
def test_deeds_and_denials_are_no_roles(role: Role, text: str) -> None:
    """What somebody did in the story is no role."""
    assert role(text, "Jane Roe") is None
