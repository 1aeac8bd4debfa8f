"""Parties and constituencies of roles and tags."""

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article


@pytest.mark.parametrize(
    ("words", "title", "party", "constituency"),
    [
        ("Sen. Jane Roe (R-TX)", "Senator", "Republican", "Texas"),
        ("Rep. Jane Roe, D-Calif.,", "Representative", "Democratic", "California"),
        ("Labour MP for Kelby North Jane Roe", "Labour MP", "Labour", "Kelby North"),
        ("Lt. Gov. Jane Roe", "Lieutenant Governor", None, None),
        ("Green Bay Mayor Jane Roe", "Green Bay Mayor", None, None),
    ],
)
def test_tags_and_titles_tell_party_and_seat(
    engine: QuoteEngine, words: str, title: str, party: str | None, constituency: str | None
) -> None:
    """In full, and never from a place that is called like a party."""
    (speaker,) = engine.extract(Article(text=f"“We will wait,” said {words} on Monday.")).speakers
    assert speaker.role is not None
    assert (speaker.role.title, speaker.role.party, speaker.role.constituency) == (title, party, constituency)
