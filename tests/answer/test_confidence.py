"""Confidence: what the fitted regression makes of what the stages say."""

from quoteapi.answer.confidence import Calibration, evidence_of, packaged_calibration
from quoteapi.findings import Attribution, FoundSpeaker, Mention

ROE = FoundSpeaker("Jane Roe", "person", (0,))
NAME = Mention(0, 2, 1, "name", "person")
CUE = Attribution(0, (2, 3), None, 0.9, "cue")


def test_without_other_weights_the_stages_probability_stays() -> None:
    """Log-odds of weight 1 are turned back into what they were."""
    assert round(Calibration({"log-odds": 1.0}).confidence(evidence_of(0.9, CUE, NAME, ROE)), 6) == 0.9


def test_more_probable_is_never_less_sure() -> None:
    """Under the weights that ship."""
    sure = [packaged_calibration().confidence(evidence_of(p, CUE, NAME, ROE)) for p in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert sure == sorted(sure)
    assert 0 < sure[0] < sure[-1] < 1


def test_a_named_person_is_surer_than_a_group() -> None:
    """For the same probability: who stands behind a plural is harder to say."""
    group = FoundSpeaker("critics", "group", (0,))
    noun = Mention(0, 1, 0, "noun", "group")
    calibration = packaged_calibration()
    assert calibration.confidence(evidence_of(0.9, CUE, NAME, ROE)) > calibration.confidence(evidence_of(0.9, CUE, noun, group))
