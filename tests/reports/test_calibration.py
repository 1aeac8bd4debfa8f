"""Calibration: from the tagger's probabilities to one that can be believed."""

import pytest

from quoteapi.encoder import Linked, Tagged
from quoteapi.reports.calibration import Certainty, PlattScaling, log_odds, packaged_certainty


def link(probability: float, source: Tagged | None = None) -> Linked:
    """A content with a source, or without one, as sure as this."""
    return Linked(Tagged(0, 1, 0.9), source, probability, None, 0.5)


def test_a_surer_source_makes_a_surer_report() -> None:
    """As far as the weights say."""
    assert PlattScaling(bias=0.0, weight=1.0).of(0.8) == pytest.approx(0.8)
    doubtful = PlattScaling(bias=-0.5, weight=0.5)
    assert 0.9 > doubtful.of(0.9) > doubtful.of(0.6)


def test_who_is_named_and_who_is_not_are_unlike() -> None:
    """Each has a scale of its own."""
    certainty = Certainty(least=0.5, loose=0.8, named=PlattScaling(bias=1.0, weight=1.0), nobody=PlattScaling(bias=-1.0, weight=1.0))
    assert certainty.of(link(0.6)) < 0.5 < certainty.of(link(0.6, Tagged(2, 3, 0.9)))


def test_no_certainty_is_endless() -> None:
    """Neither nothing nor one breaks the logarithm."""
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))
    assert log_odds(1.0) < 10


def test_the_packaged_certainty_is_a_probability() -> None:
    """And rises with the source's."""
    packaged = packaged_certainty()
    assert 0 < packaged.of(link(0.5)) < packaged.of(link(0.99)) < 1
