"""Four-bit quantization: each number of a matrix is one of sixteen levels, with one scale per block.

Training already computes with the quantized numbers but updates them in full precision (Jacob et al. 2018), so that the network adapts.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 128
"""Numbers of a row that share a scale."""
LOWEST, HIGHEST = -8, 7


def steps_of(weight: Tensor) -> tuple[Tensor, Tensor]:
    """The levels of each block of each row, and its scale, which maps the number farthest from zero to the lowest level.

    Returns:
        Rows by blocks by `BLOCK`, and rows by blocks by one.
    """
    blocks = weight.detach().reshape(len(weight), -1, BLOCK)
    size = blocks.gather(2, blocks.abs().argmax(2, keepdim=True)) / LOWEST
    size = torch.where(size == 0, 1, size)
    return (blocks / size).round().clamp(LOWEST, HIGHEST), size


def rounded(weight: Tensor) -> Tensor:
    """A matrix with each number rounded to its level."""
    steps, size = steps_of(weight)
    return (steps * size).reshape(weight.shape)


def divides(rows: int, columns: int) -> bool:
    """Whether a matrix with these numbers of outputs and inputs is quantized: small ones are not worth it."""
    return rows >= BLOCK and columns % BLOCK == 0


class FourBits(nn.Linear):
    """A linear layer that computes with its rounded matrix; gradients update the matrix itself."""

    def forward(self, x: Tensor) -> Tensor:
        """The outputs."""
        weight = self.weight
        if weight.requires_grad:
            weight = weight + (rounded(weight) - weight).detach()
        return functional.linear(x, weight, self.bias)


def in_four_bits(module: nn.Module) -> None:
    """Rounds each matrix that is to be quantized, and makes its layer compute with rounded numbers from now on."""
    for part in module.modules():
        if isinstance(part, nn.Linear) and divides(part.out_features, part.in_features):
            part.__class__ = FourBits
            part.weight.data = rounded(part.weight)
