"""Lines: where their words stand."""

import pytest

from quoteapi.text.lines import Line, lines_of


def words(text: str) -> list[str]:
    """The words of each line."""
    return [text[line.start : line.end] for line in lines_of(text)]


def test_lines_hold_words() -> None:
    """White space at the edges is left out, and so are lines of nothing else."""
    assert lines_of("  The wall \n \n held.") == [Line(2, 10, 2), Line(15, 20, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> The wall\n> held.", ["The wall", "held."]),
        ("Roe wrote:\n> > The wall\n> > held.\n>\n> It is new.", ["Roe wrote:", "The wall", "held.", "It is new."]),
        ("A line.\n> 40 boats were lost.\n\nA line.", ["A line.", "> 40 boats were lost.", "A line."]),
        (">> ROE: It held.\n>> DOE: It did.", [">> ROE: It held.", ">> DOE: It did."]),
    ],
)
def test_the_signs_of_mail_are_left_out(text: str, expected: list[str]) -> None:
    """Before lines that follow each other; one alone says *more than*, and two alone begin a turn in captions."""
    assert words(text) == expected
