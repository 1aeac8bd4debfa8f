"""Packing: a graph's large matrices and tables in four bits, two numbers per byte, for ONNX Runtime's own operators.

MatMulNBits multiplies by such a matrix, with the states in eight bits; GatherBlockQuantized looks up rows of such a table.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from quoteapi.training.reports.fourbits import BLOCK, LOWEST, divides, steps_of

DOMAIN = "com.microsoft"
IN_EIGHT_BITS = 4
"""MatMulNBits' accuracy level for computing in eight bits."""


def pack(path: Path) -> None:
    """Rewrites the graph in a file: large matrices of multiplications and large lookup tables are rounded to four bits."""
    model = onnx.load(path)
    arrays = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        name = packed_input(node, arrays)
        if name is None:
            nodes.append(node)
        elif node.op_type == "MatMul":
            matrix = numpy_helper.to_array(arrays.pop(name)).T
            arrays |= {tensor.name: tensor for tensor in packed(name, matrix)}
            shape = {"N": len(matrix), "K": matrix.shape[1], "accuracy_level": IN_EIGHT_BITS}
            nodes.append(four_bit_node("MatMulNBits", [node.input[0], *parts(name)], node, **shape))
        else:
            table = numpy_helper.to_array(arrays.pop(name))
            arrays |= {tensor.name: tensor for tensor in packed(name, table, flat=False)}
            axes = {"gather_axis": 0, "quantize_axis": 1}
            codes, sizes = parts(name)
            nodes.append(four_bit_node("GatherBlockQuantized", [codes, node.input[1], sizes], node, **axes))
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(arrays.values())
    model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.save(model, path)


def packed_input(node: NodeProto, arrays: dict[str, TensorProto]) -> str | None:
    """The name of a node's matrix or table if it is to be packed."""
    place = {"MatMul": 1, "Gather": 0}.get(node.op_type)
    if place is None or node.input[place] not in arrays or len(arrays[node.input[place]].dims) != len(("rows", "columns")):
        return None
    first, second = arrays[node.input[place]].dims
    return node.input[place] if divides(*((second, first) if node.op_type == "MatMul" else (first, second))) else None


def parts(name: str) -> tuple[str, str]:
    """The names of a packed matrix's levels and of their scales."""
    return f"{name}_steps", f"{name}_sizes"


def packed(name: str, matrix: NDArray[np.float32], *, flat: bool = True) -> Iterator[TensorProto]:
    """The levels of a matrix, the first of each two in the lower half of a byte, and their scales.

    Args:
        name: The matrix's name.
        matrix: Outputs by inputs, or rows of a table.
        flat: Whether it is a matrix. Its levels are then stored block by block and its scales as one row; otherwise both are stored row by
            row.
    """
    steps, sizes = (part.numpy() for part in steps_of(torch.from_numpy(np.array(matrix, order="C"))))
    codes = (steps - LOWEST).astype(np.uint8)
    both = codes[..., 0::2] | (codes[..., 1::2] << 4)
    named = parts(name)
    yield numpy_helper.from_array(both if flat else both.reshape(len(matrix), -1), named[0])
    yield numpy_helper.from_array(sizes.ravel() if flat else sizes[..., 0], named[1])


def four_bit_node(operator: str, inputs: list[str], node: NodeProto, **numbers: int) -> NodeProto:
    """The four-bit node that replaces another."""
    options: dict[str, Any] = {"domain": DOMAIN, "bits": 4, "block_size": BLOCK, **numbers}
    made: NodeProto = helper.make_node(operator, inputs, list(node.output), **options)
    return made
