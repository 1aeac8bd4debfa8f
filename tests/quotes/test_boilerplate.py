"""Boilerplate: who the sender of a release is."""

from quoteapi.quotes.boilerplate import about_sections

RELEASE = (
    "Kelby Ferries has a new ship.\n\nShe sails in May.\n\nShe is blue.\n\nAbout Kelby Ferries\n\nThe line has three ships.\n\n"
    "“She is fast,” said Roe.\n\n###\n\nMedia contact: Jane Roe"
)


def test_the_section_ends_with_the_release() -> None:
    """Its heading and the sign of the end are no part of it, nor is a paragraph in which somebody speaks."""
    assert [RELEASE[slice(*section)] for section in about_sections(RELEASE)] == ["The line has three ships."]


def test_a_headline_opens_no_such_section() -> None:
    """About the boy: near the top the story itself begins so."""
    assert about_sections("About the boy\n\nHe was called “the captain”.") == []
