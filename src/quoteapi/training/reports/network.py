"""The network of reported speech: MPNet's layers (Song et al. 2020) with tags and pointers on top.

The whole network is the teacher; its lower layers, in four bits, are shipped. MPNet's wordpieces are those of MiniLM with other ids, so
both networks read the same windows.
"""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MPNetModel

from quoteapi.encoder.tagging import NEAR_NUMBER, TAGS, allowed
from quoteapi.encoder.windows import MAX_TAGGED_PIECES
from quoteapi.training.encoder.network import DROP, MARKED_NUMBER, SHAPE_NUMBER, SharedDrop, attention_bias
from quoteapi.training.reports.fourbits import in_four_bits, rounded

POINT = 192
SHAPED = 5
"""The number of the layer whose input gets the embeddings of shapes and quotation marks; the teacher's layers below it are frozen."""
LAYERS, FROZEN = 8, 3
"""The number of layers that are shipped, and of those that are frozen: a step costs them a third of what it costs the others."""
POSITIONS = MAX_TAGGED_PIECES + 4
"""A window with its end markers, and the two positions that MPNet reserves before the first."""
RENAMED = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


class Reports(nn.Module):
    """Tags over tokens, and pointers from contents to sources and cues, over MPNet's layers.

    Args:
        folder: MPNet's weights, as `transformers` writes them.
        vocabulary: MiniLM's vocabulary, a file of `tokenizers`.
    """

    allowed: Tensor
    numbers: Tensor

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        super().__init__()
        mpnet: Any = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
        drop_alike(mpnet.encoder)
        width = mpnet.config.hidden_size
        self.mpnet = mpnet
        self.shapes, self.marked = nn.Embedding(SHAPE_NUMBER, width), nn.Embedding(MARKED_NUMBER, width)
        self.hidden = nn.Linear(width, width)
        self.tags = nn.Linear(width, len(TAGS))
        self.follows = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.content = nn.Linear(2 * width, width)
        self.pointing = nn.Linear(width, 2 * POINT)
        self.keys = nn.Linear(width, 2 * POINT)
        self.nobody = nn.Linear(width, 2)
        self.near = nn.Linear(width, 2 * NEAR_NUMBER)
        self.drop = nn.Dropout(0.2)
        self.register_buffer("allowed", torch.from_numpy(allowed()))
        self.register_buffer("numbers", numbers(vocabulary, folder / "vocab.txt"))
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.marked.weight, std=0.02)
        nn.init.zeros_(self.near.weight)
        nn.init.zeros_(self.near.bias)
        self._freeze(SHAPED)

    def _freeze(self, below: int) -> None:
        """Freezes MPNet's layers below a number."""
        self.mpnet.requires_grad_(False)  # noqa: FBT003 - torch's own signature
        self.mpnet.encoder.layer[below:].requires_grad_(True)  # noqa: FBT003 - the same

    def shorten(self, kept: Collection[int], unknown: int) -> None:
        """Cuts the network to what ships: the lower layers in four bits, and the embeddings of the kept wordpieces (others are unknown)."""
        self.mpnet.encoder.layer = self.mpnet.encoder.layer[:LAYERS]
        self._freeze(FROZEN)
        in_four_bits(self)
        embeddings: Any = self.mpnet.embeddings
        known = torch.isin(torch.arange(len(self.numbers)), torch.tensor(sorted(kept)))
        used, self.numbers = torch.unique(torch.where(known, self.numbers, self.numbers[unknown]), return_inverse=True)
        table: Any = nn.Embedding.from_pretrained
        embeddings.word_embeddings = table(rounded(embeddings.word_embeddings.weight[used]))
        embeddings.position_embeddings = table(embeddings.position_embeddings.weight[:POSITIONS].clone())

    def forward(
        self, ids: Tensor, shapes: Tensor, marked: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """States, tag scores and keys of the tokens whose first wordpieces are `firsts`; `mask` is zero for padding."""
        return self.above(self.body(ids, mask), shapes, marked, firsts, mask)

    def body(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of the wordpieces after the layers that know nothing of shapes and quotation marks."""
        pieces = self.numbers[ids]
        x = self.mpnet.embeddings(pieces if mask is None else torch.where(mask > 0, pieces, self.mpnet.config.pad_token_id))
        return through(self.mpnet.encoder, x, mask, slice(SHAPED))

    def above(
        self, states: Tensor, shapes: Tensor, marked: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """What `forward` returns, given the states of the body."""
        x = through(self.mpnet.encoder, states + self.shapes(shapes) + self.marked(marked), mask, slice(SHAPED, None))
        tokens = self.drop(x.gather(1, firsts[..., None].expand(-1, -1, x.shape[-1])))
        return tokens, self.tags(self.drop(functional.gelu(self.hidden(tokens)))), self.keys(tokens)

    def behind(self) -> Tensor:
        """The score of each tag (column) after each other (row)."""
        return self.follows + self.allowed

    def point(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Pointers at sources and cues, the scores of none, and gains by distance, from the states of contents' first and last tokens."""
        content = self.drop(functional.gelu(self.content(ends)))
        return self.pointing(content) * POINT**-0.5, self.nobody(content), self.near(content)


def drop_alike(encoder: Any) -> None:  # noqa: ANN401 - an MPNetEncoder, whose layers have no types
    """Makes dropout in MPNet's layers alike throughout a window, and leaves it out of attention."""
    for layer in encoder.layer:
        layer.attention.dropout, layer.output.dropout, layer.attention.attn.dropout = SharedDrop(DROP), SharedDrop(DROP), nn.Identity()


def through(encoder: Any, x: Tensor, mask: Tensor | None, which: slice) -> Tensor:  # noqa: ANN401 - the same
    """The states after some of MPNet's layers; `mask` is zero for padding."""
    bias = encoder.compute_position_bias(x)
    if mask is not None:
        bias = bias + attention_bias(mask)
    for layer in encoder.layer[which]:
        (x,) = layer(x, position_bias=bias)
    return x


def numbers(vocabulary: Path, own: Path) -> Tensor:
    """MPNet's id of each wordpiece of our vocabulary.

    Args:
        vocabulary: Ours, a file of `tokenizers`.
        own: MPNet's, one wordpiece per line.
    """
    ours: dict[str, int] = json.loads(vocabulary.read_bytes())["model"]["vocab"]
    theirs = {piece: number for number, piece in enumerate(own.read_text(encoding="utf8").splitlines())}
    found = torch.zeros(len(ours), dtype=torch.int64)
    for piece, number in ours.items():
        found[number] = theirs[RENAMED.get(piece, piece)]
    return found


def tag_loss(scores: Tensor, follows: Tensor, right: Tensor, lengths: Tensor) -> Tensor:
    """The negative log probability of the right tags of each window, summed; a linear-chain CRF (Lafferty et al. 2001)."""
    total = scores[:, 0]
    path = scores[:, 0].gather(1, right[:, :1])[:, 0]
    for k in range(1, scores.shape[1]):
        open_ = (k < lengths)[:, None]
        after = torch.logsumexp(total[:, :, None] + follows[None], 1) + scores[:, k]
        total = torch.where(open_, after, total)
        step = scores[:, k].gather(1, right[:, k : k + 1])[:, 0] + follows[right[:, k - 1], right[:, k]]
        path = path + torch.where(open_[:, 0], step, torch.zeros_like(step))
    return (torch.logsumexp(total, 1) - path).sum()
