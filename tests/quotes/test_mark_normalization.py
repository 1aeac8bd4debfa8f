"""Mark normalization: rare ones turned into those that English has."""

import pytest

from quoteapi.quotes import find_quotes
from quoteapi.quotes.mark_normalization import with_curly_marks


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("«We paid,» said Jane Roe.", "“We paid,” said Jane Roe."),
        ("« We paid, » said Jane Roe.", "“ We paid, ” said Jane Roe."),
        ("»We paid,« said Jane Roe.", "“We paid,” said Jane Roe."),
        ("„We paid,“ said Jane Roe.", "“We paid,” said Jane Roe."),
        ("«He said ‹no› twice,» said Jane Roe.", "“He said “no” twice,” said Jane Roe."),
        ("«We paid,» said Jane Roe, «and they left.»", "“We paid,” said Jane Roe, “and they left.”"),
        ("«We paid.\n\n«We left,» said Jane Roe.", "“We paid.\n\n“We left,” said Jane Roe."),
    ],
)
def test_marks_of_quotes_are_turned_where_they_stand(text: str, turned: str) -> None:
    """Character by character, so that no offset moves."""
    assert with_curly_marks(text, find_quotes(text)) == turned


@pytest.mark.parametrize(
    "text", ["“We paid,” said Jane Roe.", "'We paid,' said Jane Roe.", "The arrow » points right.", "No marks at all."]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Also where a rare mark stands alone."""
    assert with_curly_marks(text, find_quotes(text)) == text
