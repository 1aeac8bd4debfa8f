"""The network of reported speech: six layers of its own, with tags and pointers on them."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from quoteapi.encoder.tagging import NEAR_NUMBER, TAGS, allowed
from quoteapi.training.encoder.network import WIDTH, Lower, Upper

POINT = 192
DROP = 0.1


class Heads(nn.Module):
    """Tags over tokens, and pointers from contents to sources and cues; over the states of whatever layers a subclass has.

    `lower` and `upper` are those layers, which a fit may give rates of their own.
    """

    allowed: Tensor
    lower: nn.Module
    upper: nn.Module

    def __init__(self, width: int) -> None:
        super().__init__()
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
        nn.init.zeros_(self.near.weight)
        nn.init.zeros_(self.near.bias)

    def told(self, states: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States, scores of tags and keys of the tokens whose first pieces `firsts` are."""
        tokens = self.drop(states.gather(1, firsts[..., None].expand(-1, -1, states.shape[-1])))
        return tokens, self.tags(self.drop(functional.gelu(self.hidden(tokens)))), self.keys(tokens)

    def behind(self) -> Tensor:
        """The score of each tag (column) behind each other (row)."""
        return self.follows + self.allowed

    def point(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """From the states of contents' first and last tokens: what points at sources and cues, the scores of none, gains by distance."""
        content = self.drop(functional.gelu(self.content(ends)))
        return self.pointing(content) * POINT**-0.5, self.nobody(content), self.near(content)


class Reports(Heads):
    """The network that is shipped: the layers of MiniLM's size."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__(WIDTH)
        self.lower, self.upper = Lower(vocabulary), Upper(DROP)
        self.lower.words.weight.requires_grad_(False)  # noqa: FBT003 - torch's own signature

    def forward(
        self, ids: Tensor, shapes: Tensor, marked: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """States, scores of tags and keys of tokens."""
        return self.told(self.upper(self.lower(ids, shapes, mask), marked, mask), firsts)


def tag_loss(scores: Tensor, follows: Tensor, right: Tensor, lengths: Tensor) -> Tensor:
    """The negative log probability of the right tags of each window, summed; a linear chain (Lafferty et al. 2001)."""
    total = scores[:, 0]
    path = scores[:, 0].gather(1, right[:, :1])[:, 0]
    for k in range(1, scores.shape[1]):
        open_ = (k < lengths)[:, None]
        after = torch.logsumexp(total[:, :, None] + follows[None], 1) + scores[:, k]
        total = torch.where(open_, after, total)
        step = scores[:, k].gather(1, right[:, k : k + 1])[:, 0] + follows[right[:, k - 1], right[:, k]]
        path = path + torch.where(open_[:, 0], step, torch.zeros_like(step))
    return (torch.logsumexp(total, 1) - path).sum()
