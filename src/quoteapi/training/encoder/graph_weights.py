"""Graph weights: reads a network's weights back from its graphs, so that training can continue from the packaged weights."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from quoteapi.encoder.session import LOWER, UPPER
from quoteapi.training.encoder.network import Network
from quoteapi.training.encoder.table import is_table

TRANSPOSED = ".weight_Transposed"
PRODUCT = "/MatMul_quant"
"""The end of the name of a matrix multiplication node; the part before it is the module's name, with slashes."""
OF_TENSORS = ("_scale", "_zero_point", "_quantized")


def restore(network: Network, folder: Path) -> None:
    """Loads the weights of a folder's graphs into a network, except word embeddings and weights of another size."""
    with torch.no_grad():
        own = dict(network.named_parameters())
        for graph in (*LOWER, *UPPER):
            for name, values in weights_of(folder / f"{graph}.onnx").items():
                if name in own and own[name].shape == values.shape:
                    own[name].copy_(torch.tensor(values))


def weights_of(path: Path) -> dict[str, np.ndarray]:
    """A graph's weights by the network's names for them; eight-bit ones are dequantized."""
    graph = onnx.load(path, load_external_data=False).graph
    raw = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer if not is_table(tensor)}
    found = {name: values for name, values in raw.items() if values.ndim and not name.endswith(OF_TENSORS)}
    for node in graph.node:
        for name in node.input:
            stem = name.removesuffix("_quantized")
            if name not in raw or stem == name:
                continue
            values = (raw[name].astype(np.float32) - raw[f"{stem}_zero_point"].astype(np.float32)) * raw[f"{stem}_scale"]
            if stem.endswith(TRANSPOSED):
                found[f"{stem.removesuffix(TRANSPOSED)}.weight"] = values.T.copy()
            elif node.op_type == "MatMulInteger":
                module = node.name.removesuffix(PRODUCT).strip("/").replace("/", ".")
                found[f"{module}.weight"] = values.T.copy()
            else:
                found[stem] = values
    return found
