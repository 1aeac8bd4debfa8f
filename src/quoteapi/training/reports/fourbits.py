"""Four bits: numbers of a matrix as one of sixteen steps, whose size is a block's own.

The fit already counts with the steps, while what it moves keeps its precision (Jacob et al. 2018): so it learns to do with them.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 128
"""Numbers of a row that share the size of their step."""
LOWEST, HIGHEST = -8, 7


def steps_of(weight: Tensor) -> tuple[Tensor, Tensor]:
    """The steps of each block of each row, and their size: that by which the number farthest from zero is the lowest step.

    Returns:
        Rows by blocks by `BLOCK`, and rows by blocks by one.
    """
    blocks = weight.detach().reshape(len(weight), -1, BLOCK)
    size = blocks.gather(2, blocks.abs().argmax(2, keepdim=True)) / LOWEST
    size = torch.where(size == 0, 1, size)
    return (blocks / size).round().clamp(LOWEST, HIGHEST), size


def rounded(weight: Tensor) -> Tensor:
    """A matrix with each number at its step."""
    steps, size = steps_of(weight)
    return (steps * size).reshape(weight.shape)


def divides(rows: int, columns: int) -> bool:
    """Whether a matrix of so many outputs and inputs is kept in four bits: small ones are not worth it."""
    return rows >= BLOCK and columns % BLOCK == 0


class FourBits(nn.Linear):
    """A layer whose outputs are those of its rounded matrix; what is learnt moves the matrix itself."""

    def forward(self, x: Tensor) -> Tensor:
        """The outputs."""
        weight = self.weight
        if weight.requires_grad:
            weight = weight + (rounded(weight) - weight).detach()
        return functional.linear(x, weight, self.bias)


def in_four_bits(module: nn.Module) -> None:
    """Rounds each matrix that is kept in four bits, and keeps it so in the fit."""
    for part in module.modules():
        if isinstance(part, nn.Linear) and divides(part.out_features, part.in_features):
            part.__class__ = FourBits
            part.weight.data = rounded(part.weight)
