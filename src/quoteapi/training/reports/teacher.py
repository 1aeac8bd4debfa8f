"""The teacher: a network of reported speech twice as deep and twice as wide as the one that is shipped, which learns from what it says.

Its layers are MPNet's (Song et al. 2020), from a folder as `transformers` writes it. MPNet's pieces are MiniLM's under other numbers, so
that both read the same windows.
"""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import MPNetModel

from quoteapi.training.encoder.network import DROP, MARKED_NUMBER, SHAPE_NUMBER, SharedDrop, attention_bias
from quoteapi.training.reports.network import Heads

FROZEN = 5
"""The layers that stay as they are: a step costs them a third of what it costs the others."""
RENAMED = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


class Teacher(Heads):
    """MPNet's layers under the heads of reported speech; shapes and marks come in above the layers that stay as they are."""

    numbers: Tensor

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        mpnet: Any = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
        width = mpnet.config.hidden_size
        super().__init__(width)
        self.mpnet = mpnet
        layers: Any = mpnet.encoder.layer
        for layer in layers:
            layer.attention.dropout, layer.output.dropout, layer.attention.attn.dropout = SharedDrop(DROP), SharedDrop(DROP), nn.Identity()
        self.lower = nn.ModuleList([mpnet.embeddings, mpnet.encoder.relative_attention_bias, *layers[:FROZEN]])
        self.upper = layers[FROZEN:]
        self.shapes, self.marked = nn.Embedding(SHAPE_NUMBER, width), nn.Embedding(MARKED_NUMBER, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.marked.weight, std=0.02)
        self.register_buffer("numbers", numbers(vocabulary, folder / "vocab.txt"))

    def forward(self, ids: Tensor, shapes: Tensor, marked: Tensor, firsts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States, scores of tags and keys of tokens."""
        padding = self.mpnet.config.pad_token_id
        x = self.mpnet.embeddings(torch.where(mask > 0, self.numbers[ids], padding))
        bias = self.mpnet.encoder.compute_position_bias(x) + attention_bias(mask)
        for number, layer in enumerate(self.mpnet.encoder.layer):
            if number == FROZEN:
                x = x + self.shapes(shapes) + self.marked(marked)
            (x,) = layer(x, position_bias=bias)
        return self.told(x, firsts)


def numbers(vocabulary: Path, own: Path) -> Tensor:
    """MPNet's number of each of our pieces.

    Args:
        vocabulary: Ours, a file of `tokenizers`.
        own: MPNet's, a piece a line.
    """
    ours: dict[str, int] = json.loads(vocabulary.read_bytes())["model"]["vocab"]
    theirs = {piece: number for number, piece in enumerate(own.read_text(encoding="utf8").splitlines())}
    found = torch.zeros(len(ours), dtype=torch.int64)
    for piece, number in ours.items():
        found[number] = theirs[RENAMED.get(piece, piece)]
    return found
