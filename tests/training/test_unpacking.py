"""Graphs in four bits: what they compute, and the weights read back from them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="the fit needs the extra [train]")
pytest.importorskip("transformers", reason="the layers need it, too")

import torch

from quoteapi.encoder import Encoder, packaged_encoder
from quoteapi.encoder.pieces import ended
from quoteapi.encoder.session import packaged_folder
from quoteapi.training.base.network import from_reports
from quoteapi.training.reports.unpacking import unpacked

WORDS = ["Ida", "Moor", ",", "the", "keeper", ",", "said", "on", "Monday", "that", "the", "gate", "had", "held", "."]
PIECES = packaged_encoder().cutter.cut(WORDS, [True] * len(WORDS))
PLACES = np.arange(len(PIECES.ids))
MARKED = PLACES % 3


def told(encoder: Encoder) -> tuple[np.ndarray, np.ndarray]:
    """The states of the body, and those of the layers for reported speech, for every wordpiece of a window."""
    states = encoder.body(PIECES.ids)
    return states, encoder.reports(states, PIECES.shapes, MARKED, PLACES)[0]


def tensors(*columns: np.ndarray) -> list[Any]:
    """A batch of one window."""
    return [torch.from_numpy(column)[None] for column in columns]


def least_alike(found: Any, expected: np.ndarray) -> float:  # noqa: ANN401 - a tensor
    """The smallest cosine of the states of a wordpiece."""
    return float(torch.cosine_similarity(found[0], torch.from_numpy(expected), dim=1).min())


@torch.no_grad()
def test_body_and_reports_together_compute_what_the_network_computes(untaught: Any, reported: Path) -> None:  # noqa: ANN401 - a network
    """Within what four bits of positions and eight bits of states cost."""
    encoder = Encoder(reported)
    states, expected = told(encoder)
    (ids,) = tensors(encoder.cutter.ended(PIECES.ids))
    assert least_alike(untaught.body(ids), states) > 0.99
    assert least_alike(untaught(ids, *tensors(ended(PIECES.shapes), ended(MARKED), PLACES + 1))[0], expected) > 0.99


@torch.no_grad()
def test_the_layers_read_back_compute_what_the_packaged_graph_computes() -> None:
    """Within what eight bits of states cost."""
    states, expected = told(packaged_encoder())
    path = packaged_folder() / "reports.onnx"
    network = from_reports(path).eval()
    network.marked.weight.copy_(unpacked(path)["marked.weight"])
    assert least_alike(network(*tensors(states, ended(PIECES.shapes), ended(MARKED))), expected) > 0.999
