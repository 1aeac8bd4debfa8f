"""The export of the trained upper layers as graphs: the layers in four bits, the heads that read single states in eight."""

from pathlib import Path

import torch
from torch import Tensor, nn

from quoteapi.training.base.network import Base
from quoteapi.training.encoder.export import named, pointing_graphs, write
from quoteapi.training.reports.packing import pack


class UpperGraph(nn.Module):
    """From the body's states to states, keys and tags."""

    def __init__(self, network: Base) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, shapes: Tensor, marked: Tensor) -> tuple[Tensor, ...]:
        """States of the last layer, keys for pointers, tag scores, keys of role holders."""
        out = self.network(states, shapes, marked)
        return (out, self.network.pointers(out), *self.network.describing(out))


def export(network: Base, output: Path) -> None:
    """Writes the graphs to a folder, created if missing."""
    output.mkdir(parents=True, exist_ok=True)
    network.eval().requires_grad_(False)  # noqa: FBT003 - torch's own signature
    ids = torch.ones(2, 9, dtype=torch.int64)
    outputs = ["out", "keys", "tags", "bearers"]
    axes = named({0: "windows", 1: "pieces"}, "states", "shapes", "marked", *outputs)
    inputs = {"states": torch.zeros(2, 9, network.width), "shapes": ids, "marked": ids}
    write(UpperGraph(network), inputs, outputs, axes, output / "upper.onnx", quantize=False)
    pack(output / "upper.onnx")
    for name, graph in pointing_graphs(network, network.width).items():
        write(*graph, output / f"{name}.onnx", quantize=True)
