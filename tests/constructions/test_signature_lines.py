"""Signatures: a role in the line below a name."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The silt is clean.\n\nYours faithfully,\nJane Roe\nHarbour engineer, Kelby", "Harbour engineer"),
        ("Jane Roe\nHead of the harbour board\n\nThe silt is clean.", "Head of the harbour board"),
        ("Jane Roe\nThe engineer left on Monday.", None),
        ("Jane Roe\n\nHarbour engineer, Kelby", None),
        ("So wrote Jane Roe\nHarbour engineers, Kelby", None),
    ],
)
def test_the_line_below_a_name_may_tell_the_role(role: Role, text: str, expected: str | None) -> None:
    """Right below it and without a verb; a sentence or a paragraph of its own tells nothing."""
    assert role(text, "Jane Roe") == expected
