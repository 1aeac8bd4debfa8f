"""Agreement: when a stretch, a name or a role counts as the marked one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.evaluation.agreement import (
    EDGES,
    is_same_mention,
    is_same_name,
    may_be_same_entity,
    may_be_same_name,
    role_words,
    shared_words,
    trimmed,
)


def test_edges_are_trimmed_of_marks_and_punctuation() -> None:
    """“The pier held,” loses its marks and its comma."""
    text = "“The pier held,” she said."
    assert trimmed(text, 0, 16) == (1, 14)


def test_a_stretch_of_marks_alone_is_empty() -> None:
    """“…” holds no word."""
    start, end = trimmed("“…” said", 0, 3)
    assert start == end == 3


@given(st.text(alphabet="ab" + EDGES), st.data())
def test_what_is_trimmed_is_the_stripped_stretch(text: str, data: st.DataObject) -> None:
    """Trimming by offsets says the same as stripping the words."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trimmed(text, start, end)
    assert start <= first <= last <= end
    assert text[first:last] == text[start:end].strip(EDGES)


@pytest.mark.parametrize(
    ("given_name", "gold", "same"),
    [
        ("Dr. Ida Morrow", "Ida Morrow", True),
        ("Ida Morrow’s", "ida  morrow", True),
        ("Ida\u00ad Mor\u200brow", "Ida Morrow", True),
        ("Reed &amp; Sons", "Reed & Sons", True),
        ("Morrow", "Ida Morrow", False),
        ("Morrow Ida", "Ida Morrow", False),
        (None, "Ida Morrow", False),
        ("The President", "the president", True),
        ("…", "Ida Morrow", False),
    ],
)
def test_a_name_is_the_same_by_its_words_in_order(given_name: str | None, gold: str, *, same: bool) -> None:
    """Titles, possessives, entities and invisible characters are aside; a title that stands alone is a name."""
    assert is_same_name(given_name, gold, speaker_type="person") is same


def test_half_of_the_words_name_a_source_without_a_name() -> None:
    """Four of six words of a spokesman are enough; a person needs all."""
    given_name, gold = "a harbour spokesman", "spokesman of harbour"
    assert is_same_name(given_name, gold, speaker_type="unnamed")
    assert not is_same_name(given_name, gold, speaker_type="person")


@pytest.mark.parametrize(("given_name", "same"), [("Morrow", True), ("Ida Jane Morrow", True), ("Ida Reed", False), (None, False)])
def test_a_bearer_may_have_a_part_of_the_name(given_name: str | None, *, same: bool) -> None:
    """Morrow may be Ida Morrow; Ida Reed may not."""
    assert may_be_same_entity(given_name, "Ida Morrow", speaker_type="person") is same


@pytest.mark.parametrize(
    ("given_name", "gold", "maybe"),
    [
        ("Captain Morrow", "Ida Morrow", True),
        ("Morrow’s", "Ida Morrow", True),
        ("Tom Reed", "Ida Morrow", False),
        ("President Reed", "President Morrow", False),
        ("he", "Ida Morrow", False),
        (None, "Ida Morrow", False),
        ("a friend of the town", "a fisherman of the harbour", False),
        ("his wife", "his lawyer", False),
    ],
)
def test_names_that_share_a_telling_word_may_be_one_somebodys(given_name: str | None, gold: str, *, maybe: bool) -> None:
    """Captain Morrow may be Ida Morrow; a title, an article or a preposition tells nobody from another."""
    assert may_be_same_name(given_name, gold) is maybe


@pytest.mark.parametrize(
    ("given_mention", "gold", "same"),
    [
        ("He", "he", True),
        ("Mr. Reed", "Reed", True),
        ("the agency", "Agency", True),
        ("Reed’s", "Reed", True),
        ("a spokesman", "a spokesman for Reed", True),
        ("Reed", "a spokesman for Reed", False),
        ("his", "his wife", False),
        ("the mayor of Kelby", "the mayor of Storr", False),
        ("she", "he", False),
        ("the", "the mayor", False),
    ],
)
def test_a_mention_is_the_same_by_its_head(given_mention: str, gold: str, *, same: bool) -> None:
    """A mention cut shorter or longer is the same; the somebody whom a phrase names beside its head is another."""
    assert is_same_mention(given_mention, gold) is same


def test_roles_are_compared_without_articles() -> None:
    """The mayor of a town: mayor of town."""
    assert role_words("The mayor of a town") == ["mayor", "of", "town"]


def test_shared_words_count_repetitions() -> None:
    """Two of two and two of three words are 4/5."""
    assert shared_words(["a", "a"], ["a", "a", "b"]) == pytest.approx(0.8)
    assert shared_words([], ["a"]) == 0.0
