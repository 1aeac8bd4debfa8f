"""Edits and the way back."""

from quoteapi.text.edits import Edit, edited


def test_the_way_back() -> None:
    """A written piece stands for its stretch as a whole, a kept one letter by letter, dropped characters for nothing."""
    layer = edited("abcdef", [Edit(1, 3, "XYZ"), Edit(4, 5, "")])
    assert layer.text == "aXYZdf"
    assert layer.back(0, 1) == (0, 1)
    assert layer.back(2, 3) == (1, 3)
    assert layer.back(4, 6) == (3, 6)
    assert layer.back(4, 5) == (3, 4)
    assert layer.back(5, 5) == (5, 5)
    assert layer.back(6, 6) == (6, 6)


def test_nothing_comes_from_nothing() -> None:
    """A text whose every character is dropped has one stretch, the empty one."""
    assert edited("ab", [Edit(0, 2, "")]).back(0, 0) == (0, 0)
