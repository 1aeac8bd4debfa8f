"""Names of persons: their parts, and when two can be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.speakers.person_names import clean, folded, fullest, may_be_one, person_name, without_article, without_titles
from quoteapi.speakers.spellings import is_spelling, same_word


def one(first: str, second: str) -> bool:
    """Whether two written names can be one person's."""
    a, b = person_name(first), person_name(second)
    assert a
    assert b
    return may_be_one(a, b)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Marta J. Oduya", "Marta Oduya"),
        ("M. Oduya", "Marta Oduya"),
        ("Bill Harrow", "William Harrow"),
        ("MARTA ODUYA", "Marta Oduya"),
        ("Hervé Lamont", "Herve Lamont"),
        ("Ana Lucia Prado", "Ana Prado"),
        ("Lucia Prado", "Ana Lucia Prado"),
        ("Peter Lindqvist Jr.", "Peter Lindqvist"),
        ("Peter Lindqvist", "Peter Lindqvst"),
        ("J.T. Marlowe", "John Thomas Marlowe"),
    ],
)
def test_one_person_is_written_in_many_ways(first: str, second: str) -> None:
    """Initials, pet names, accents, middle names, capitals, suffixes and a slip of the pen do not make another person."""
    assert one(first, second)
    assert one(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bill Harrow", "Helen Harrow"),
        ("George W. Marlowe", "George H. W. Marlowe"),
        ("Peter Lindqvist Jr.", "Peter Lindqvist Sr."),
        ("Ana Prado", "Ana Padro"),
        ("Marta Oduya", "Marta Harrow"),
    ],
)
def test_other_first_names_are_other_people(first: str, second: str) -> None:
    """Spouses and siblings share a family name only."""
    assert not one(first, second)
    assert not one(second, first)


def test_a_short_word_has_no_misspelling() -> None:
    """Padro is not Prado, and the Harrows are not Harrow."""
    assert not same_word("prado", "padro")
    assert not same_word("harrows", "harrow")
    assert same_word("bornstein", "bornsten")
    assert same_word("lindqvist", "lindqivst")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jürgen Marlöwe", "Juergen Marloewe"),
        ("Moammar el-Harrowy", "Muammar al-Harrowi"),
        ("Mykhailo Lindkhoff", "Mikhail Lindhoff"),
    ],
)
def test_a_name_from_another_script_or_with_accents_is_spelt_in_several_ways(first: str, second: str) -> None:
    """The given name may be spelt otherwise, too."""
    assert one(first, second)
    assert one(second, first)


def test_a_spelling_is_more_than_a_likeness() -> None:
    """Umlauts and doubled letters are spellings, other vowels are not."""
    assert is_spelling("schroter", "schroeter")
    assert is_spelling("lindkhoff", "lindhof")
    assert not is_spelling("hanson", "hansen")
    assert not one("Martin Hanson", "Martina Hansen")


def test_titles_possessives_and_outer_marks_are_no_part_of_a_name() -> None:
    """Sen. Marta Oduya's gives Marta Oduya."""
    assert without_titles(clean("Sen. Marta  Oduya’s")) == "Marta Oduya"
    assert without_titles("President") == "President"
    assert without_titles("Right Honourable Marta Oduya MP") == "Marta Oduya"
    assert clean(" “Peter Lindqvist Jr.” ") == "Peter Lindqvist Jr."
    assert clean("Roe Harbour.") == "Roe Harbour"
    assert without_article("The Harbour Trust") == "Harbour Trust"
    assert without_article("The") == "The"


def test_the_fullest_name_is_shown() -> None:
    """More words go before fewer, mixed case before capitals."""
    names = [person_name(text) for text in ("ODUYA", "Oduya", "MARTA J. ODUYA", "Marta J. Oduya", "Marta Oduya")]
    assert fullest([name for name in names if name]).text == "Marta J. Oduya"


def test_what_holds_no_letter_is_no_name() -> None:
    """A dash or a mark alone names nobody."""
    assert person_name("— ”") is None


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for_its_name(text: str) -> None:
    """No text raises, and a cleaned name stays as it is."""
    name = person_name(text)
    assert name is None or (name.keys and all(name.keys))
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="ab .-'JR", min_size=1, max_size=16), st.text(alphabet="ab .-'JR", min_size=1, max_size=16))
def test_being_one_person_goes_both_ways(first: str, second: str) -> None:
    """The order in which two names are compared does not matter."""
    a, b = person_name(first), person_name(second)
    if a and b and len(a.keys) > 1 and len(b.keys) > 1:
        assert may_be_one(a, b) == may_be_one(b, a)
        assert may_be_one(a, a)


def test_a_dash_with_spaces_ends_what_is_no_name() -> None:
    """HEADING - Jane Roe is called Jane Roe; Jane Doe-Roe keeps both."""
    for text, display_name in (("LESS IS MORE - Jane Roe", "Jane Roe"), ("Kelby — Jane Roe", "Jane Roe"), ("Jane Doe-Roe", "Jane Doe-Roe")):
        name = person_name(text)
        assert name is not None
        assert name.text == display_name
