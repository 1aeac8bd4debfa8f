"""Unpacking: reads a network's weights back from a graph in four bits, so that training can continue from the packaged weights."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor

from quoteapi.training.reports.fourbits import LOWEST
from quoteapi.training.reports.packing import parts

ROOT = "network."
"""What the graph's names for weights begin with."""


def unpacked(path: Path) -> dict[str, Tensor]:
    """The weights in a graph by the network's names for them; four-bit matrices are those that the graph computes with.

    Only matrices with a bias are returned: the export keeps the names of biases, not of matrices.
    """
    graph = onnx.load(path).graph
    raw: dict[str, NDArray[Any]] = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: values for name, values in raw.items() if name.startswith(ROOT) and not name.endswith(parts(""))}
    products = {node.output[0]: node for node in graph.node if node.op_type == "MatMulNBits"}
    for node in graph.node:
        product = next((products[name] for name in node.input if name in products), None)
        bias = next((name for name in node.input if name in found), None)
        if node.op_type == "Add" and product is not None and bias is not None:
            found[f"{bias.removesuffix('bias')}weight"] = matrix(product, raw)
    return {name.removeprefix(ROOT): torch.tensor(values) for name, values in found.items()}


def matrix(product: NodeProto, raw: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """The matrix of a multiplication, outputs by inputs."""
    codes, sizes = (raw[name] for name in product.input[1:3])
    levels = np.stack([codes & 15, codes >> 4], -1).reshape(*codes.shape[:2], -1) + np.float32(LOWEST)
    weights: NDArray[np.float32] = (levels * sizes.reshape(*codes.shape[:2], 1)).reshape(len(codes), -1)
    return weights
