"""Names of organizations: acronyms, short forms, and the nouns that stand for them."""

import pytest

from quoteapi.speakers.organization_names import acronym_fits, is_acronym, is_short_form, organization_keys


@pytest.mark.parametrize(
    ("acronym", "name"),
    [("SEC", "Securities and Exchange Commission"), ("S.E.C.", "Securities and Exchange Commission"), ("HFT", "the Harbour Flood Trust")],
)
def test_an_acronym_is_made_of_initials(acronym: str, name: str) -> None:
    """Small words count or not, periods do not."""
    assert is_acronym(acronym)
    assert acronym_fits(acronym, organization_keys(name))


def test_a_word_is_no_acronym() -> None:
    """Capitals make an acronym, not length."""
    assert not is_acronym("Harbour")
    assert not acronym_fits("HFT", organization_keys("Harbour Trust"))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Capitol Police", "U.S. Capitol Police"),
        ("Homeland Security", "Department of Homeland Security"),
        ("Norwind", "Norwind Airways"),
        ("the Commission", "Commission for Harbour Safety"),
    ],
)
def test_a_name_is_cut_short(short: str, long: str) -> None:
    """Its last words, its own word without its kind, or its kind alone."""
    assert is_short_form(organization_keys(short), organization_keys(long))


@pytest.mark.parametrize(
    ("short", "long"), [("US", "US Senate"), ("Harbour", "Harbour Flood Story"), ("Trust", "Trust"), ("", "Harbour Trust")]
)
def test_other_words_are_no_short_form(short: str, long: str) -> None:
    """A country is not its senate."""
    assert not is_short_form(organization_keys(short), organization_keys(long))
