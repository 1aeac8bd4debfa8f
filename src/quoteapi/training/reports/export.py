"""The export of the trained network as the graphs `body`, `reports` and `links`, in four bits."""

from pathlib import Path

import torch
from torch import Tensor, nn

from quoteapi.encoder.session import ON_DEMAND
from quoteapi.training.encoder.export import named, write
from quoteapi.training.reports.network import Reports
from quoteapi.training.reports.packing import pack


class BodyGraph(nn.Module):
    """From wordpieces to their states after the layers that the model `base` shares."""

    def __init__(self, network: Reports) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        """States."""
        return self.network.body(ids)


class ReportGraph(nn.Module):
    """From the body's states to the tokens' states, tag scores and keys, and the transition scores between tags."""

    def __init__(self, network: Reports) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, shapes: Tensor, marked: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """States, tag scores, keys, transition scores."""
        return (*self.network.above(states, shapes, marked, firsts), self.network.behind())


class LinkGraph(nn.Module):
    """From the states at the ends of contents to pointers at sources and cues, the scores of none, and gains by distance."""

    def __init__(self, network: Reports) -> None:
        super().__init__()
        self.network = network

    def forward(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scaled pointers, none, gains; those of sources come first."""
        pointing, none, gains = self.network.point(ends[None])  # three axes: with two, the export writes Gemm, which is not packed
        return pointing[0], none[0], gains[0]


def export(network: Reports, output: Path) -> None:
    """Writes the graphs of a shortened network to a folder."""
    network.eval().requires_grad_(False)  # noqa: FBT003 - torch's own signature
    pieces, tokens = {0: "windows", 1: "pieces"}, {0: "windows", 1: "tokens"}
    ids = torch.ones(2, 9, dtype=torch.int64)
    write(BodyGraph(network), {"ids": ids}, ["states"], named(pieces, "ids", "states"), output / "body.onnx", quantize=False)
    write(
        ReportGraph(network),
        {
            "states": torch.zeros(2, 9, network.keys.in_features),
            "shapes": ids,
            "marked": ids,
            "firsts": torch.tensor([[1, 2, 3], [1, 2, 3]]),
        },
        ["tokens", "tags", "keys", "follows"],
        named(pieces, "states", "shapes", "marked") | named(tokens, "firsts", "tokens", "tags", "keys"),
        output / "reports.onnx",
        quantize=False,
    )
    contents = {0: "contents"}
    write(
        LinkGraph(network),
        {"ends": torch.zeros(2, network.content.in_features)},
        ["pointing", "none", "gains"],
        named(contents, "ends", "pointing", "none", "gains"),
        output / "links.onnx",
        quantize=False,
    )
    for name in ON_DEMAND:
        pack(output / f"{name}.onnx")
