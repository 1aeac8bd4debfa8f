"""The network of the model `base`: upper layers of MPNet's width over the states of the body, with the heads of the upper layers."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import MPNetConfig
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from quoteapi.training.encoder.network import MARKED_NUMBER, SHAPE_NUMBER, Describing, Distances, Pointers
from quoteapi.training.reports.fourbits import in_four_bits
from quoteapi.training.reports.network import LAYERS, SHAPED, drop_alike, through
from quoteapi.training.reports.unpacking import unpacked

LAYER = "mpnet.encoder.layer."
DISTANCES = "mpnet.encoder.relative_attention_bias.weight"
NORM = 1e-5
"""The number that MPNet's norms add to a variance."""


class Base(nn.Module):
    """Layers and heads.

    Args:
        width: The number of features of a state.
        heads: The number of attention heads.
        inner: The number of features within a layer.
    """

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.width = width
        config: Any = MPNetConfig(
            hidden_size=width,
            num_attention_heads=heads,
            intermediate_size=inner,
            num_hidden_layers=LAYERS - SHAPED,
            layer_norm_eps=NORM,
        )
        self.encoder: Any = MPNetEncoder(config)  # type: ignore[no-untyped-call]
        drop_alike(self.encoder)
        self.shapes, self.marked = nn.Embedding(SHAPE_NUMBER, width), nn.Embedding(MARKED_NUMBER, width)
        self.blank = nn.Parameter(torch.zeros(width))
        self.pointers, self.distances, self.describing = Pointers(width), Distances(width), Describing(width)
        nn.init.normal_(self.marked.weight, std=0.02)
        self.encoder.relative_attention_bias.requires_grad_(False)  # noqa: FBT003 - torch's own signature

    def forward(self, states: Tensor, shapes: Tensor, marked: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of the wordpieces of windows, given the body's states with those of both ends; `mask` is zero for padding."""
        x = states + self.shapes(shapes) + self.marked(marked)
        return through(self.encoder, x, mask, slice(None))[:, 1:-1]


def from_reports(path: Path) -> Base:
    """A network with the layers and the embeddings of shapes of the graph `reports`, with new heads; it computes in four bits."""
    weights = unpacked(path)
    near = weights[DISTANCES]
    network = Base(weights["shapes.weight"].shape[1], near.shape[1], len(weights[f"{LAYER}{SHAPED}.intermediate.dense.bias"]))
    for number, layer in enumerate(network.encoder.layer, start=SHAPED):
        name = f"{LAYER}{number}."
        layer.load_state_dict({part.removeprefix(name): values for part, values in weights.items() if part.startswith(name)})
    network.encoder.relative_attention_bias.weight.data.copy_(near)
    network.shapes.weight.data.copy_(weights["shapes.weight"])
    in_four_bits(network)
    return network
