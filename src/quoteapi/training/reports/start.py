"""The start: a network of reported speech with the layers of the encoder's graphs, read back from their eight bits."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, numpy_helper
from torch import Tensor

from quoteapi.training.encoder.network import STOREY
from quoteapi.training.reports.network import Reports

PARTS = ("look", "attended", "inner", "outer")
"""The matrices of a layer, in the order in which a graph multiplies by them."""
QUANTIZED = "_quantized"


def from_graphs(folder: Path) -> Reports:
    """A network with the layers of `lower.onnx` and `upper.onnx`, and new heads."""
    lower, upper = (weights(onnx.load(folder / f"{name}.onnx")) for name in ("lower", "upper"))
    network = Reports(len(lower["lower.words.weight"]))
    known = network.state_dict()
    found = {name: value for name, value in (lower | upper).items() if name in known}
    network.load_state_dict(known | found)
    return network


def weights(model: ModelProto) -> dict[str, Tensor]:
    """The weights of a graph of three layers by the names that the network has for them."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    matrices = [plain(node.input[1], arrays).T for node in model.graph.node if node.op_type == "MatMulInteger"]
    storey = "lower" if any(name.startswith("lower.") for name in arrays) else "upper"
    names = [f"{storey}.layers.{number}.{part}.weight" for number in range(STOREY) for part in PARTS]
    found = dict(zip(names, matrices, strict=False))
    for name, array in arrays.items():
        if name.startswith(f"{storey}.") and name.endswith(QUANTIZED):
            found[name.removesuffix(QUANTIZED)] = plain(name, arrays)
        elif name.startswith(f"{storey}.") and array.dtype == np.float32:
            found[name] = array
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in found.items()}


def plain(name: str, arrays: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    """A quantized matrix as the numbers that it stands for."""
    own = name.removesuffix(QUANTIZED)
    whole, zero, scale = (arrays[f"{own}{part}"].astype(np.float32) for part in (QUANTIZED, "_zero_point", "_scale"))
    result: NDArray[np.float32] = (whole - zero) * scale
    return result
