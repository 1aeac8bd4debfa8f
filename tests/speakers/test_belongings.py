"""Belongings: somebody told by whose they are."""

from collections.abc import Callable

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


def test_the_same_ones_mother_is_the_same(join: Join) -> None:
    """Her mother, twice; and somebody else's mother is another one."""
    text = (
        "Jane Roe fell on Monday. Her mother saw it. “She is brave,” her mother said. "
        "Tom Hart fell, too. “He is not,” said his mother at noon."
    )
    at = join(text, "mother said", "mother at")
    assert at("mother saw") is not None
    assert at("mother saw") is at("mother said")
    assert at("mother at") is not at("mother said")


def test_of_two_who_are_called_the_same_neither_is_taken_up(join: Join) -> None:
    """Roe's manager, and another one."""
    text = (
        "Jane Roe lost on Monday. Her campaign manager, Tom Hart, left. Her campaign manager, Ann Doe, came. "
        "“We go on,” her campaign manager said at noon."
    )
    found = join(text, "campaign manager said")("campaign manager said")
    assert found is None or found.name not in {"Tom Hart", "Ann Doe"}


def test_parents_named_together_are_told_apart_by_their_first_names(join: Join) -> None:
    """My father is the man of the two, before he is named as well."""
    text = "My father never slept. My parents, David and Susan Roe, ran a bakery. “Go,” my mother said. “No,” said my dad at once."
    at = join(text, "mother said", "dad at")
    for words, name in (("father never", "David Roe"), ("mother said", "Susan Roe"), ("dad at", "David Roe")):
        found = at(words)
        assert found is not None
        assert found.name == name


def test_who_is_nobodys_is_not_remembered(join: Join) -> None:
    """A mother and the mother of another are two."""
    text = "Jane Roe fell on Monday. A mother saw it. “She is brave,” said a mother at noon."
    at = join(text, "mother at")
    assert at("mother saw") is not at("mother at")
