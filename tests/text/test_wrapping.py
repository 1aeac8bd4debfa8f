"""Wrapping: which lines go on in the next one."""

from collections.abc import Callable
from textwrap import wrap

import pytest

from quoteapi.text import read

FIRST = (
    "The harbour master said the new wall had held through the night, though spray came over it at high tide. "
    "Crews from three towns worked until dawn to clear the road, and the ferry is expected to run again by Friday. "
    "Nobody was hurt, but two boats were lost and the fish market will stay closed for the rest of the week."
)
SECOND = "The council meets on Monday. It will hear from Ann Field, the mayor, who has asked for a second pump and a longer pier."
SHORT = "The ferry runs again."


def lines(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    """A paragraph wrapped."""
    return "\n".join(wrap(text, width, initial_indent=first, subsequent_indent=rest))


@pytest.mark.parametrize("width", [28, 40, 72, 120])
@pytest.mark.parametrize(
    "page",
    [
        lambda width: "\n\n".join(lines(paragraph, width) for paragraph in (FIRST, SHORT, SECOND)),
        lambda width: "\n".join(lines(paragraph, width, first="    ") for paragraph in (FIRST, SHORT, SECOND)),
        lambda width: "\n>\n".join(lines(paragraph, width, first="> ", rest="> ") for paragraph in (FIRST, SHORT, SECOND)),
        lambda width: lines(FIRST, width) + "\r\n\r\n" + SHORT + "\r\n\r\n" + lines(SECOND, width),
    ],
    ids=["blank lines", "indented", "mail", "CRLF"],
)
def test_wrapped_text_is_read_a_paragraph_a_line(page: Callable[[int], str], width: int) -> None:
    """Whatever its width, with blank lines between paragraphs or with first lines set in."""
    assert read(page(width)).text.split() == f"{FIRST} {SHORT} {SECOND}".split()
    assert [line.strip() for line in read(page(width)).text.split("\n") if line] == [FIRST, SHORT, SECOND]


def test_a_short_line_ends_a_paragraph() -> None:
    """Also where nothing else tells paragraphs apart."""
    text = "\n".join((lines(FIRST, 60), SHORT, lines(SECOND, 60)))
    assert read(text).text == f"{FIRST}\n{SHORT}\n{SECOND}"


def test_text_with_an_empty_line_behind_every_line_is_wrapped_all_the_same() -> None:
    """As some programs paste pages; a third line end ends the paragraph."""
    double = lines(FIRST, 60).replace("\n", "\n\n")
    assert read(f"{double}\n\n\n{SHORT}").text == f"{FIRST}\n\n\n{SHORT}"


def test_capitals_are_wrapped_too() -> None:
    """Wire copy in capitals has no small letters to tell by; its lines end inside sentences."""
    assert read(lines(FIRST.upper(), 60)).text == FIRST.upper()


def test_turns_begin_lines() -> None:
    """However full the line before is."""
    text = f"{lines('ROE: ' + FIRST, 60)}\nDOE: {lines(SECOND, 60)}"
    assert read(text).text == f"ROE: {FIRST}\nDOE: {SECOND}"


@pytest.mark.parametrize(
    "text",
    [
        f"Wall holds\n{FIRST}\n{SECOND}\n{FIRST}\n{SECOND}",
        "\n".join(f"The {nth} pump was started at the harbour and works well." for nth in ("first", "second", "third", "fourth", "fifth")),
        "On the list:\nsand\nstone\nrope\ntwo new pumps",
        "Roe 12\nDoe 14\nPoe 3",
    ],
)
def test_lines_that_end_where_the_writer_ended_them_stay(text: str) -> None:
    """Paragraphs of any length, live updates, lists, results."""
    assert read(text).text == text
