"""Matrices in four bits: how they are rounded, what the fit learns with them, and that the graphs count with the same numbers."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

pytest.importorskip("torch", reason="the fit needs the extra [train]")

import torch
from torch import nn

from quoteapi.training.encoder.export import write
from quoteapi.training.reports.fourbits import BLOCK, FourBits, in_four_bits, rounded, steps_of
from quoteapi.training.reports.packing import pack


def test_a_number_is_moved_by_half_a_step_at_most() -> None:
    """Of its own block; the one farthest from zero stays, the one farthest on the other side may lose one step; zeros stay zeros."""
    torch.manual_seed(20)
    weight = torch.randn(5, 3 * BLOCK)
    weight[2] = 0
    steps, size = steps_of(weight)
    moved = (rounded(weight) - weight).abs().reshape(steps.shape)
    highest = steps == steps.max()
    assert bool((moved[~highest] <= (size.abs() / 2 + 1e-6).expand_as(moved)[~highest]).all())
    assert bool((moved <= size.abs() + 1e-6).all())
    assert bool((rounded(weight)[2] == 0).all())
    assert torch.allclose(rounded(rounded(weight)), rounded(weight))


def test_the_fit_moves_the_matrix_below_its_steps() -> None:
    """The outputs are those of the steps, the slopes those of the matrix; a small matrix is left as it is."""
    torch.manual_seed(20)
    model = nn.Sequential(nn.Linear(BLOCK, BLOCK), nn.Linear(BLOCK, 2))
    in_four_bits(model)
    assert [type(part) for part in model] == [FourBits, nn.Linear]
    layer = model[0]
    layer.weight.data += 0.001
    x = torch.randn(4, BLOCK)
    assert torch.allclose(layer(x), nn.functional.linear(x, rounded(layer.weight), layer.bias), atol=1e-5)
    layer(x).sum().backward()
    assert torch.allclose(layer.weight.grad, x.sum(0).expand(BLOCK, -1), atol=1e-4)


class Looked(nn.Module):
    """Rows of a table, multiplied."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.layer = nn.Embedding(200, BLOCK), nn.Linear(BLOCK, 2 * BLOCK)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Products of rows."""
        out: torch.Tensor = self.layer(self.table(ids))
        return out


def test_a_packed_graph_gives_what_the_rounded_network_gives(tmp_path: Path) -> None:
    """Within what eight bits of the states cost, in less than a fifth of the room."""
    torch.manual_seed(20)
    model = Looked().eval().requires_grad_(False)  # noqa: FBT003 - torch's own signature
    ids = torch.arange(12).reshape(2, 6)
    whole, path = tmp_path / "whole.onnx", tmp_path / "packed.onnx"
    for file in (whole, path):
        write(model, {"ids": ids}, ["out"], {}, file, quantize=False)
    pack(path)
    in_four_bits(model)
    model.table.weight.data = rounded(model.table.weight)
    expected = model(ids).numpy()
    (found,) = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"ids": ids.numpy()})
    assert np.abs(found - expected).max() < 0.03 * np.abs(expected).max()
    assert path.stat().st_size < whole.stat().st_size / 5
