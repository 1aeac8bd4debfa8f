"""Titled: a title of several parts, and the name behind it."""

from collections.abc import Callable

import pytest

Speakers = Callable[[str], list[str | None]]


@pytest.mark.parametrize("title", ["co-founder and CEO", "mayor and party leader"])
def test_who_bears_a_title_of_two_parts_speaks(speakers: Speakers, title: str) -> None:
    """Not the first part."""
    assert speakers(f"“Farmers lose a third of their crop on the way,” said {title} Brenda Achieng.") == ["Brenda Achieng"]
