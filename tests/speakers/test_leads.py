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
