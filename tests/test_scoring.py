"""Scoring: bags of named features in, scores and probabilities out."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.scoring import Scorer

NAMES = ["side=before", "side=after", "gap=1"]


def scorer(temperature: float = 1.0) -> Scorer:
    """A scorer of two dimensions that likes *before* and dislikes *after*."""
    embed = np.array([[2, 0], [0, 2], [0.5, 0.5]], dtype=np.float32)
    hidden = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    return Scorer(
        {name: i for i, name in enumerate(NAMES)}, embed, hidden, np.array([1, -1, 0.25], dtype=np.float32), temperature=temperature
    )


def test_a_score_sums_what_its_features_weigh() -> None:
    """Two for *before*, minus two for *after*, and the bias."""
    assert scorer().scores([["side=before"], ["side=after"], ["side=before", "gap=1"], []]).tolist() == [2.25, -1.75, 2.25, 0.25]


def test_unknown_features_count_nothing() -> None:
    """A feature that the fit never saw."""
    assert scorer().scores([["gap=1000", "side=before"]]).tolist() == [2.25]


def test_a_bag_need_not_be_a_list() -> None:
    """Any iterable of features, and no bags at all."""
    assert scorer().scores([(name for name in NAMES[:1])]).tolist() == [2.25]
    assert scorer().scores([]).shape == (0,)


def test_the_temperature_flattens_probabilities() -> None:
    """The order stays."""
    bags = [["side=before"], ["side=after"]]
    cold, warm = scorer().choice(bags), scorer(temperature=4.0).choice(bags)
    assert cold[0] > warm[0] > 0.5


@given(bags=st.lists(st.lists(st.sampled_from([*NAMES, "unknown"]), max_size=6), min_size=1, max_size=8))
def test_a_choice_is_shared_out(bags: list[list[str]]) -> None:
    """Probabilities are positive and make one; the order of features in a bag does not matter."""
    probabilities = scorer().choice(bags)
    assert (probabilities > 0).all()
    assert float(probabilities.sum()) == pytest.approx(1, abs=1e-5)
    assert scorer().choice([bag[::-1] for bag in bags]).tolist() == pytest.approx(probabilities.tolist(), abs=1e-6)


def test_high_scores_do_not_overflow() -> None:
    """A thousand times the same feature."""
    assert scorer().choice([["side=before"] * 1000, ["side=after"]]).tolist() == [1.0, 0.0]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """Vocabulary, weights and temperature, in half precision."""
    scorer(temperature=2.0).save(tmp_path / "scorer.npz")
    loaded = Scorer.load(tmp_path / "scorer.npz")
    assert (loaded.vocabulary, loaded.temperature) == ({name: i for i, name in enumerate(NAMES)}, 2.0)
    assert loaded.scores([["side=before"], ["gap=1"]]).tolist() == scorer(temperature=2.0).scores([["side=before"], ["gap=1"]]).tolist()


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    """By the error that reading files raises."""
    with pytest.raises(FileNotFoundError):
        Scorer.load(tmp_path / "none.npz")
