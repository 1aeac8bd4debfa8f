"""Titled: a title of several parts, and the name behind it."""

from collections.abc import Callable

import pytest

Speakers = Callable[[str], list[str | None]]


@pytest.mark.parametrize("title", ["co-founder and CEO", "mayor and party leader"])
def test_who_bears_a_title_of_two_parts_speaks(speakers: Speakers, title: str) -> None:
    """Not the first part."""
    assert speakers(f"“Farmers lose a third of their crop on the way,” said {title} Brenda Achieng.") == ["Brenda Achieng"]


def test_one_of_them_is_who_is_named_behind(speakers: Speakers) -> None:
    """Between commas."""
    text = "Former clerks were less forgiving. “I signed my lease on Monday,” wrote one of them, Brenda Achieng, an engineer until May."
    assert speakers(text) == ["Brenda Achieng"]


def test_one_alone_is_nobody_named(speakers: Speakers) -> None:
    """Though a name follows it at once."""
    assert speakers("“I signed my lease on Monday,” wrote one Brenda Achieng.")[0] is not None
