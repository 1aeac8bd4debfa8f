"""Typography: spaces and marks as they are typed."""

import pytest

from quoteapi.text import read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The wall  held.   It is new.", "The wall held. It is new."),
        ("The wall , he said , held ; yes !", "The wall, he said, held; yes!"),
        ("He paid .50 , then . . . nothing .", "He paid .50, then . . . nothing."),
        ("T H E   W A L L  H E L D", "THE WALL HELD"),
        ("he was f u r i o u s about it", "he was furious about it"),
        ("vitamins A B C D", "vitamins A B C D"),
        (',,The wall held", said Roe', '„The wall held", said Roe'),
        ("yes,, no ,,, and 10,,000", "yes,, no ,,, and 10,,000"),
        ("<<The wall held>>, said Roe", "«The wall held», said Roe"),
        (">> ROE: It held >> yes", ">> ROE: It held >> yes"),
        ("``The wall held,'' said Roe", "“The wall held,” said Roe"),
        ("''The wall held,'' said Roe", '"The wall held," said Roe'),
        ("'''No' was all,'' said Roe of ''it''", "'''No' was all,'' said Roe of ''it''"),
        ("\"The ''old'' wall,\" said Roe", "\"The ''old'' wall,\" said Roe"),
        ("Roe built a 12'' wall", "Roe built a 12'' wall"),
        ("‟The wall held,” said Roe", "“The wall held,” said Roe"),
        ("�The wall won�t hold,� said Roe", '"The wall won’t hold," said Roe'),
        ("?The wall held,? said Roe. Did it? Yes.", '"The wall held," said Roe. Did it? Yes.'),
        ("âThe wallâs new,â said Roe", '"The wall’s new," said Roe'),
        ("Did the château fall? Why? It held.", "Did the château fall? Why? It held."),
    ],
)
def test_what_was_typed_is_read_as_what_was_meant(source: str, text: str) -> None:
    """Spaces too many go, except where they may mean something; marks that were typed otherwise or lost are read as marks."""
    assert read(source).text == text
