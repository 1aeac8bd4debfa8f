"""Leads: what somebody is comes before who."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    "text",
    [
        "A Kelby piano tuner has been found out by a customer. Jane Roe, 68, confessed on Monday.",
        "Tuner confesses\n\nKELBY, Norland — A piano tuner has been found out. Jane Roe confessed on Monday.",
    ],
)
def test_the_first_sentence_describes_whom_the_next_one_names(join: Join, text: str) -> None:
    """Behind headline and dateline, too."""
    found = join(text)("piano tuner")
    assert found is not None
    assert found.name == "Jane Roe"


@pytest.mark.parametrize(
    "text",
    [
        "A Kelby piano tuner has been found out by Jane Roe. She paid him on Monday.",
        "A piano tuner has been found out. Jane Roe, a baker, found the letters.",
        "A Kelby spokeswoman has been found out. John Roe confessed on Monday.",
    ],
)
def test_who_is_something_else_is_not_described_by_it(join: Join, text: str) -> None:
    """Named in the same sentence, described otherwise, or of another gender."""
    found = join(text)("A ")
    assert found is None or "Roe" not in found.name


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("A Kelby jury paid a bus driver on Monday. Jane Roe, 58, wept.", ()),
        ("Kelby’s captain was already sorry. “We lost,” sighed Jane Roe, whose own shot missed.", ("Jane Roe, whose",)),
        ("The women are unbeaten, and their coach is calm. “We dream of it,” Jane Roe joked.", ("Jane Roe joked",)),
    ],
)
def test_what_a_lead_brings_in_is_named_with_an_age_or_a_quote(join: Join, text: str, sources: tuple[str, ...]) -> None:
    """A driver, Jane Roe, 58; the subject before the first quote, and whom it is handed to."""
    words = next(word for word in ("a bus driver", "captain", "coach is") if word in text)
    found = join(text, *sources)(words)
    assert found is not None
    assert found.name == "Jane Roe"


def test_the_subject_before_a_quote_may_be_somebody_else(join: Join) -> None:
    """Who is named before it, or is called otherwise."""
    for text, source in (
        ("John Doe came late. The captain was sorry. “We lost,” sighed Jane Roe at noon.", "Jane Roe at"),
        ("Kelby’s captain was sorry. “We lost,” sighed striker Jane Roe at noon.", "Jane Roe at"),
    ):
        found = join(text, source)("captain")
        assert found is None or found.name != "Jane Roe"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tom Hart was led away. Hart's attorney was angry. “It is wrong,” Jane Roe said outside.", "attorney"),
        ("Mayor Tom Hart called it dull. His deputy went further. “Never,” said Jane Roe, and sat down.", "deputy"),
        ("A federal judge refused to halt the merger, calling the case “thin”. Judge Jane Roe said so on Monday.", "A federal judge"),
    ],
)
def test_what_the_sentence_before_a_quote_is_about_is_its_source(join: Join, text: str, words: str) -> None:
    """Where the source is named for the first time and nothing else says what it is."""
    source = "Jane Roe" if "judge" not in words else words
    found = join(text, source)(words)
    assert found is not None
    assert found.name == "Jane Roe"


def test_a_description_that_is_anothers_is_left_to_them(join: Join) -> None:
    """The mayor is whom the story called so."""
    text = "Mayor Tom Hart opened the fair. The mayor was glad. “It is dry,” said Jane Roe."
    found = join(text, "Jane Roe")("The mayor was")
    assert found is not None
    assert found.name == "Tom Hart"
