"""Speakers: whose words the source has, and whose the draft says they are."""

from collections.abc import Callable

import pytest

from hearing import ARTICLE, TRANSCRIPT
from quoteapi.structs import Speaker, SpeakerType
from quoteapi.verification.speakers import AttributedSpeaker, agreement
from quoteapi.verification_structs import VerifiedQuote

Said = Callable[..., VerifiedQuote]


def speaker(name: str, kind: SpeakerType = "person", confidence: float = 1.0) -> AttributedSpeaker:
    """A speaker of a name."""
    named = Speaker(id="s1", name=name, type=kind, pronoun=None, same_as=None, role=None, roles=[], mentions=[], quotes=[])
    return AttributedSpeaker(named, confidence)


def test_the_same_speaker_is_told_with_both_names(said: Said) -> None:
    """As each text has it."""
    check = said("We will not give up", TRANSCRIPT).speaker
    assert (check.status, check.draft, check.source) == ("same", "Jane Roe", "JANE ROE")


def test_words_of_somebody_else_are_told(said: Said) -> None:
    """Though every word is right."""
    quote = said("We have no choice but to close the harbour", ARTICLE, by="Tom Hart")
    assert quote.status == "styled"
    assert (quote.speaker.status, quote.speaker.draft, quote.speaker.source) == ("different", "Tom Hart", "Jane Roe")


def test_a_source_that_names_nobody_leaves_it_unknown(said: Said) -> None:
    """A statement without labels or marks."""
    check = said("The old wall held all night", "The old wall held all night. The council thanks everybody.").speaker
    assert (check.status, check.source) == ("unknown", None)


def test_of_two_places_that_of_the_drafts_speaker_is_taken(said: Said) -> None:
    """Both said it."""
    source = "TOM HART: The wall is safe again.\n\nJANE ROE: The wall is safe again.\n\nTOM HART: Thank you."
    assert said("The wall is safe again", source, by="Jane Roe").speaker.status == "same"
    assert said("The wall is safe again", source, by="Tom Hart").speaker.status == "same"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Jane Roe", "Roe", "same"),
        ("Jane Roe", "J. Roe", "same"),
        ("Bob Hart", "Robert Hart", "same"),
        ("JANE ROE", "Jane Roe", "same"),
        ("Sen. Jane Roe", "Jane Roe", "same"),
        ("Jane Roe", "Jane Roe Hart", "same"),
        ("Jane Roe", "Tom Roe", "different"),
        ("Jane Roe", "Tom Hart", "different"),
        ("Roe", "Hart", "different"),
    ],
)
def test_persons_agree_by_family_name_and_given_names(one: str, other: str, expected: str) -> None:
    """As names do within an article."""
    assert agreement(speaker(one), speaker(other)) == expected
    assert agreement(speaker(other), speaker(one)) == expected


def test_organizations_agree_by_acronym_and_short_form() -> None:
    """And not by half their words."""
    full = speaker("Harbour Safety Board", "organization")
    assert agreement(full, speaker("HSB", "organization")) == "same"
    assert agreement(full, speaker("the Safety Board", "organization")) == "same"
    assert agreement(full, speaker("River Board", "organization")) == "different"


def test_a_contradiction_that_may_be_an_error_is_unknown() -> None:
    """Only speakers that are sure on both sides are called different; the same name is the same, however sure."""
    assert agreement(speaker("Jane Roe", confidence=0.6), speaker("Tom Hart")) == "unknown"
    assert agreement(speaker("Jane Roe"), speaker("Tom Hart", confidence=0.6)) == "unknown"
    assert agreement(speaker("Jane Roe", confidence=0.6), speaker("Roe", confidence=0.6)) == "same"


def test_who_has_no_name_is_unknown() -> None:
    """A spokesman may be anybody."""
    assert agreement(speaker("a spokesman", "unnamed"), speaker("Tom Hart")) == "unknown"
    assert agreement(None, speaker("Tom Hart")) == "unknown"
