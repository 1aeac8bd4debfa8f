"""The session: the encoder's graphs, run by ONNX Runtime on one core.

The only place that knows of graphs and batches. The graphs are those that `quoteapi train` writes: `lower` (pieces to states, classes and
arcs), `labels`, `upper` (states to states and keys), `sources` and `mentions` (states to what points at keys).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray

from quoteapi.encoder.pieces import Ints, PieceCutter
from quoteapi.errors import WeightsMissingError

Floats = NDArray[np.float32]
GRAPHS = ("lower", "labels", "upper", "sources", "mentions")
BATCH = 640
"""Pieces that are run at once at most; short batches are fastest on a core."""


class Classes(Struct, frozen=True):
    """The names of the classes that the heads tell apart, each in the order of its numbers."""

    tags: list[str]
    parts: list[str]
    labels: list[str]
    names: list[str]


class LowerOutput(Struct, frozen=True):
    """What the lower storey tells of a window: states of its pieces; for its tokens classes, arcs and label vectors."""

    states: Floats
    classes: Floats
    arcs: Floats
    below: Floats
    above: Floats


class Encoder:
    """The packaged encoder.

    Args:
        folder: Graphs, classes and vocabulary.

    Raises:
        WeightsMissingError: One of them is not there.
    """

    def __init__(self, folder: Path) -> None:
        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.folder = folder
        missing = [
            name for name in (*(f"{graph}.onnx" for graph in GRAPHS), "classes.json", "pieces.json") if not (folder / name).is_file()
        ]
        if missing:
            raise WeightsMissingError(str(folder / missing[0]))
        self.cutter = PieceCutter(folder / "pieces.json")
        self.classes = msgspec.json.decode((folder / "classes.json").read_bytes(), type=Classes)
        self._graphs = {
            name: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]) for name in GRAPHS
        }

    def run(self, graph: str, **inputs: NDArray[Any]) -> list[Floats]:
        """What a graph gives."""
        outputs: list[Floats] = self._graphs[graph].run(None, inputs)
        return outputs

    def lower(self, ids: Sequence[Ints], shapes: Sequence[Ints], firsts: Sequence[Ints]) -> list[LowerOutput]:
        """Windows through the lower storey, in the order given."""
        found: list[LowerOutput | None] = [None] * len(ids)
        for group in batched([len(row) for row in ids]):
            batch_ids = padded([np.concatenate(([self.cutter.first], ids[i], [self.cutter.last])) for i in group])
            batch_shapes = padded([np.concatenate(([0], shapes[i], [0])) for i in group])
            mask = padded([np.ones(len(ids[i]) + 2, dtype=np.int64) for i in group])
            batch_firsts = padded([firsts[i] + 1 for i in group])
            states, classes, arcs, below, above = self.run("lower", ids=batch_ids, shapes=batch_shapes, mask=mask, firsts=batch_firsts)
            for k, i in enumerate(group):
                tokens = len(firsts[i])
                found[i] = LowerOutput(
                    states[k, 1 : len(ids[i]) + 1],
                    classes[k, :tokens],
                    arcs[k, :tokens, :tokens],
                    below[k, :tokens],
                    above[k, :tokens],
                )
        return [output for output in found if output is not None]

    def upper(self, states: Sequence[Floats], marked: Sequence[Ints]) -> list[tuple[Floats, Floats]]:
        """Windows through the upper storey: states and keys of their pieces, in the order given."""
        found: list[tuple[Floats, Floats] | None] = [None] * len(states)
        for group in batched([len(row) for row in states]):
            longest = max(len(states[i]) for i in group)
            batch = np.zeros((len(group), longest, states[0].shape[1]), dtype=np.float32)
            for k, i in enumerate(group):
                batch[k, : len(states[i])] = states[i]
            mask = padded([np.ones(len(states[i]), dtype=np.int64) for i in group])
            out, keys = self.run("upper", states=batch, marked=padded([marked[i] for i in group]), mask=mask)
            for k, i in enumerate(group):
                found[i] = out[k, : len(states[i])], keys[k, : len(states[i])]
        return [output for output in found if output is not None]


def padded(rows: Sequence[Ints]) -> Ints:
    """Rows of numbers as one array, zeros behind the shorter ones."""
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


def batched(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions grouped by like length, about `BATCH` pieces a group."""
    group: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[i] > BATCH:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def packaged_folder() -> Path:
    """Where the packaged encoder lies."""
    return Path(__file__).parent.parent / "weights" / "encoder"


@cache
def packaged_encoder() -> Encoder:
    """The encoder that ships inside the package, loaded once a process."""
    return Encoder(packaged_folder())
