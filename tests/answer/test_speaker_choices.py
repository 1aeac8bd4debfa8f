"""Speaker choices: the probabilities of a speaker's mentions add up."""

import pytest

from quoteapi.answer.speaker_choices import speaker_choices
from quoteapi.findings import Attribution, Candidate, FoundSpeaker

ROE, HART = FoundSpeaker("Jane Roe", "person", (0, 2)), FoundSpeaker("Tom Hart", "person", (1,))
CANDIDATES = (Candidate(0, 0.4), Candidate(1, 0.3), Candidate(2, 0.2), Candidate(None, 0.1))
UNSURE = Attribution(mention=0, cue=None, addressee=None, probability=0.4, method="cue", candidates=CANDIDATES)


def test_a_speakers_mentions_stand_for_one() -> None:
    """Roe and she: 0.4 and 0.2 are 0.6 for Jane Roe."""
    (choice,) = speaker_choices([UNSURE], [ROE, HART], min_confidence=0.0)
    assert (choice.speaker, choice.confidence, choice.method) == (0, pytest.approx(0.6), "cue")


def test_the_others_follow_by_falling_probability() -> None:
    """Nobody among them; the chosen one is not."""
    (choice,) = speaker_choices([UNSURE], [ROE, HART], min_confidence=0.0)
    assert [(other.speaker, other.mention, other.probability) for other in choice.others] == [(1, 1, 0.3), (None, None, 0.1)]


def test_below_the_threshold_nobody_speaks() -> None:
    """The one who is doubted comes first among the others."""
    (choice,) = speaker_choices([UNSURE], [ROE, HART], min_confidence=0.7)
    assert (choice.speaker, choice.confidence, choice.method) == (None, pytest.approx(0.4), "doubtful")
    assert (choice.others[0].speaker, choice.others[0].mention) == (0, 0)


def test_mentions_that_are_nobodys_count_for_nobody() -> None:
    """A candidate that was joined to no speaker."""
    (choice,) = speaker_choices([UNSURE], [HART], min_confidence=0.0)
    assert (choice.speaker, [other.speaker for other in choice.others]) == (None, [0])


def test_an_unsure_antecedent_makes_the_speaker_unsure() -> None:
    """She (2) is Roe with a probability of a half: 0.4 and half of 0.2."""
    roe = FoundSpeaker("Jane Roe", "person", (0, 2), certainties=(1.0, 0.5))
    (choice,) = speaker_choices([UNSURE], [roe, HART], min_confidence=0.0)
    assert choice.confidence == pytest.approx(0.5)


def test_a_confidence_is_never_above_one() -> None:
    """Though rounding may make a sum so."""
    sure = Attribution(0, None, None, 0.7, "cue", (Candidate(0, 0.7), Candidate(2, 0.300001)))
    (choice,) = speaker_choices([sure], [ROE], min_confidence=0.0)
    assert choice.confidence == 1.0


@pytest.mark.parametrize("method", ["unattributed", "not_speech"])
def test_without_a_mention_there_is_no_speaker(method: str) -> None:
    """And the method says why."""
    (choice,) = speaker_choices([Attribution(None, None, None, 0.9, method)], [ROE], min_confidence=0.95)
    assert (choice.speaker, choice.confidence, choice.method, choice.others) == (None, 0.9, method, ())


def test_a_group_that_speaks_at_once_has_the_probability_of_all_its_members() -> None:
    """Roe and Hart: 0.6 and 0.3, and neither is another candidate."""
    group = FoundSpeaker("Jane Roe and Tom Hart", "group", (), jointly={0: (0, 1)})
    (choice,) = speaker_choices([UNSURE], [ROE, HART, group], min_confidence=0.0)
    assert (choice.speaker, choice.confidence) == (2, pytest.approx(0.9))
    assert [other.speaker for other in choice.others] == [None]
