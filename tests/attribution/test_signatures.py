"""Signatures: quotes that their source signs."""

from collections.abc import Callable

import pytest

Speakers = Callable[[str], list[str | None]]


@pytest.mark.parametrize(
    "text",
    [
        "“We will sleep better.” – Jane Roe, chief executive, Kelby Bank",
        "“We will sleep better.”\n— Interim auditor Jane Roe, on the missing funds",
        "“We will sleep better.”\nJane Roe, roofer\n\n“We will sleep worse.”\nAnn Doe, director of the Kelby School",
        "“We will sleep better.”\n— Jane Roe, South Africa fly-half, on her call-up",
        "“We will sleep better.” (Jane Roe, chief executive, Kelby Bank)",
        "“We will sleep better.”\n– Kelby coach Jane Roe on the late goal",
        "Jane Roe, 41, dental nurse, Kelby: “We will sleep better.”\n\nAnn Doe, 67, retired postwoman, Hexley: “So will I.”",
    ],
)
def test_the_name_that_signs_a_quote_is_its_source(speakers: Speakers, text: str) -> None:
    """Behind a dash and a title, in the line below, in brackets."""
    assert speakers(text)[0] == "Jane Roe"


def test_a_sentence_below_a_quote_signs_nothing(speakers: Speakers) -> None:
    """It has a verb, and another paragraph is none of the quote's."""
    assert speakers("Ann Doe was glad. “We will sleep better,” she said.\n\nJane Roe, a roofer, was asleep.") == ["Ann Doe"]


def test_quotes_in_a_row_are_signed_behind(speakers: Speakers) -> None:
    """Each opens its line; who signs one may be told of in a clause."""
    rows = [
        "“Never.” Senator Jane Roe, on Monday",
        "“Perhaps.” Ann Doe, a baker, in Kelby",
        "“Not now.” Film director Ida Moor, asked if she reads",
    ]
    assert speakers("Quotes of the week\n\n" + "\n\n".join(rows)) == ["Jane Roe", "Ann Doe", "Ida Moor"]
