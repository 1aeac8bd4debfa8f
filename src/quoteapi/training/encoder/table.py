"""The table of word embeddings: vectors that a graph reads from a separate file, as ONNX external data.

Training leaves MiniLM's vectors as they are, so new layers do not need a new copy of them.
"""

from pathlib import Path

import onnx
from onnx import TensorProto
from onnx.external_data_helper import set_external_data

from quoteapi.encoder.session import TABLE

VECTORS = "words.weight"


def set_apart(path: Path) -> None:
    """Moves the embeddings of a graph to the file beside it."""
    model = onnx.load(path)
    (vectors,) = (tensor for tensor in model.graph.initializer if is_table(tensor))
    path.with_name(TABLE).write_bytes(vectors.raw_data)
    set_external_data(vectors, TABLE, offset=0, length=len(vectors.raw_data))
    vectors.ClearField("raw_data")
    onnx.save(model, path)


def is_table(tensor: TensorProto) -> bool:
    """Whether a tensor holds the embeddings themselves, not their scale."""
    return VECTORS in tensor.name and len(tensor.dims) > 1
