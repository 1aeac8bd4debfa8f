"""Certainty: from the tagger's probabilities to one that can be believed."""

import pytest

from quoteapi.encoder import Linked, Tagged
from quoteapi.reports.certainty import Certainty, log_odds, packaged_certainty


def link(source: float, content: float) -> Linked:
    """A content as sure as this, and its source."""
    return Linked(Tagged(0, 1, content), None, source, None, 0.5)


def test_surer_parts_make_a_surer_whole() -> None:
    """Both count, as far as their weights say."""
    certainty = Certainty(least=0.5, bias=0.0, source=1.0, content=0.0)
    assert certainty.of(link(0.8, 0.1)) == pytest.approx(0.8)
    both = Certainty(least=0.5, bias=-0.5, source=0.5, content=0.5)
    assert both.of(link(0.9, 0.9)) > both.of(link(0.9, 0.6)) > both.of(link(0.6, 0.6))


def test_no_certainty_is_endless() -> None:
    """Neither nothing nor one breaks the logarithm."""
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))
    assert log_odds(1.0) < 10


def test_the_packaged_certainty_is_a_probability() -> None:
    """And rises with the source's."""
    packaged = packaged_certainty()
    assert 0 < packaged.of(link(0.5, 0.8)) < packaged.of(link(0.99, 0.8)) < 1
