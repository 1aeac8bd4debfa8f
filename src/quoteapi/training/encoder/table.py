"""The table of pieces: the vectors that graphs with the same vocabulary read from one file beside them, as ONNX's external data.

The fits leave MiniLM's vectors as they are, so that they are the same in every graph.
"""

from pathlib import Path

import onnx
from onnx import TensorProto
from onnx.external_data_helper import set_external_data

from quoteapi.encoder.session import TABLE
from quoteapi.errors import QuoteapiError

VECTORS = "words.weight"


class OtherTableError(QuoteapiError):
    """The vectors of a graph are not those that the graphs beside it read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The vectors of {path.name} are not those in {path.with_name(TABLE)}: write both graphs to an empty folder.")


def set_apart(path: Path) -> None:
    """Moves the vectors of a graph to the table beside it.

    Raises:
        OtherTableError: The table is there and holds others.
    """
    model = onnx.load(path)
    (vectors,) = (tensor for tensor in model.graph.initializer if is_table(tensor))
    table = path.with_name(TABLE)
    if table.is_file() and table.read_bytes() != vectors.raw_data:
        raise OtherTableError(path)
    table.write_bytes(vectors.raw_data)
    set_external_data(vectors, TABLE, offset=0, length=len(vectors.raw_data))
    vectors.ClearField("raw_data")
    onnx.save(model, path)


def is_table(tensor: TensorProto) -> bool:
    """Whether a tensor holds the vectors, not their scale."""
    return VECTORS in tensor.name and len(tensor.dims) > 1
