"""The session: the graphs that ONNX Runtime runs."""

from pathlib import Path

import numpy as np
import pytest

from quoteapi.encoder import Encoder
from quoteapi.encoder.session import ON_DEMAND
from quoteapi.errors import WeightsMissingError


def test_a_missing_graph_is_said_to_be_missing(tmp_path: Path) -> None:
    """By its name, not as an error of the library's."""
    with pytest.raises(WeightsMissingError, match="lower"):
        Encoder(tmp_path)


def test_a_window_gives_a_row_a_piece_and_a_row_a_token(encoder: Encoder) -> None:
    """The ends that the encoder puts around it are left out."""
    output = encoder.lower(np.arange(2000, 2012), np.zeros(12, dtype=np.int64), np.arange(0, 12, 2))
    assert output.states.shape == (12, 384)
    assert output.arcs.shape == (6, 6)
    assert len(output.classes) == len(output.below) == len(output.above) == 6
    told = encoder.upper(output.states, *np.zeros((2, 12), dtype=np.int64))
    assert [len(rows) for rows in told] == [12, 12, 12, 12]


def test_states_are_normal(encoder: Encoder) -> None:
    """The graphs' norms, however they are computed, leave no state far off: as MiniLM's are."""
    states = encoder.lower(np.arange(2000, 2100), np.zeros(100, dtype=np.int64), np.arange(100)).states
    assert np.abs(states.mean(axis=1)).max() < 0.1
    assert 0.1 < states.std() < 10


def test_an_encoder_without_the_graphs_of_reports_does_all_else(encoder: Encoder, tmp_path: Path) -> None:
    """They are loaded where they are asked for; that they are missing is known before."""
    for path in encoder.folder.iterdir():
        if path.stem not in ON_DEMAND:
            (tmp_path / path.name).symlink_to(path)
    bare = Encoder(tmp_path)
    assert encoder.reads_reports
    assert not bare.reads_reports
    assert bare.lower(np.arange(2000, 2012), np.zeros(12, dtype=np.int64), np.arange(12)).states.shape == (12, 384)
