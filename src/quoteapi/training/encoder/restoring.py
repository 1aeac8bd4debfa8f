"""Restoring: the weights of the upper storey read back from its graphs, so that a fit may go on from what ships."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from quoteapi.training.encoder.network import Network

UPPER = ("upper", "sources", "mentions", "roles")
TRANSPOSED = ".weight_Transposed"
ORDER = ("look", "attended", "inner", "outer")
"""A layer's matrices as its graph multiplies by them."""


def restore_upper(network: Network, folder: Path) -> None:
    """Gives a network the upper storey and the heads of the graphs in a folder; a head of another size stays new."""
    with torch.no_grad():
        own = dict(network.named_parameters())
        for graph in UPPER:
            for name, values in weights_of(folder / f"{graph}.onnx", len(network.upper.layers)).items():
                if name in own and own[name].shape == values.shape:
                    own[name].copy_(torch.tensor(values))


def weights_of(path: Path, layers: int) -> dict[str, np.ndarray]:
    """A graph's weights by the names that the network has for them, those in eight bits in full."""
    graph = onnx.load(path).graph
    raw = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    heads = ("pointers.keys", *(f"describing.{part}" for part in ("own", "around", "tags", "keys")))
    unnamed = iter([*(f"upper.layers.{n}.{part}" for n in range(layers) for part in ORDER), *heads])
    found = {
        name: values
        for name, values in raw.items()
        if name.startswith(("upper.", "pointers.", "distances.", "describing.")) and values.ndim
    }
    found = {name: values for name, values in found.items() if not name.endswith(("_scale", "_zero_point", "_quantized"))}
    for node in graph.node:
        inputs = [name for name in node.input if name.removesuffix("_quantized") + "_scale" in raw and name.endswith("_quantized")]
        for name in inputs:
            stem = name.removesuffix("_quantized")
            values = (raw[name].astype(np.float32) - raw[f"{stem}_zero_point"].astype(np.float32)) * raw[f"{stem}_scale"]
            if stem.endswith(TRANSPOSED):
                found[f"{stem.removesuffix(TRANSPOSED)}.weight"] = values.T.copy()
            elif node.op_type == "MatMulInteger":
                found[f"{next(unnamed)}.weight"] = values.T.copy()
            else:
                found[stem] = values
    return found
