"""The session: the graphs that ONNX Runtime runs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.encoder import Encoder
from quoteapi.encoder.session import BATCH, batched
from quoteapi.errors import WeightsMissingError


def test_a_missing_graph_is_said_to_be_missing(tmp_path: Path) -> None:
    """By its name, not as an error of the library's."""
    with pytest.raises(WeightsMissingError, match="lower"):
        Encoder(tmp_path)


@given(st.lists(st.integers(1, 384), max_size=80))
def test_windows_of_like_length_are_run_together(lengths: list[int]) -> None:
    """Each once, and no batch of several is larger than may be."""
    groups = list(batched(lengths))
    assert sorted(i for group in groups for i in group) == list(range(len(lengths)))
    assert all(len(group) == 1 or len(group) * max(lengths[i] for i in group) <= BATCH for group in groups)


def test_what_is_told_of_a_window_does_not_hang_on_its_neighbours(encoder: Encoder) -> None:
    """Padding is not looked at; eight bits leave a little noise, since a batch shares its range."""
    long, short = np.arange(1000, 1090), np.arange(2000, 2012)
    alone = encoder.lower([short], [np.zeros(12, dtype=np.int64)], [np.arange(12)])[0]
    beside = encoder.lower([long, short], [np.zeros(90, dtype=np.int64), np.zeros(12, dtype=np.int64)], [np.arange(90), np.arange(12)])[1]
    assert alone.states.shape == beside.states.shape == (12, 384)
    assert alone.arcs.shape == (12, 12)
    assert np.corrcoef(alone.states.ravel(), beside.states.ravel())[0, 1] > 0.98
