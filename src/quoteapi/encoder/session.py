"""The session: the encoder's ONNX graphs, run by ONNX Runtime on one core.

The only module that knows the graphs. Each window is run alone: a batch would need padding and does not fit a core's cache. `quoteapi
train` writes the graphs: `lower` (pieces to states, classes and arcs), `labels`, `upper` (states to states and keys), `sources`,
`mentions` and `roles` (states to pointers at keys); and, loaded on demand, `reports` (pieces to tags and keys, through larger layers of
its own) and `links` (states to pointers at these).
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray

from quoteapi.encoder.pieces import Ints, PieceCutter, ended
from quoteapi.errors import WeightsMissingError

Floats = NDArray[np.float32]
GRAPHS = ("lower", "labels", "upper", "sources", "mentions", "roles")
TABLE = "words.bin"
"""The vectors of the vocabulary's pieces for `lower`, in eight bits."""
VOCABULARY = "pieces.json"
"""The vocabulary, a file of the library tokenizers."""
ON_DEMAND = ("reports", "links")
"""The graphs for reported speech, without which an encoder does everything else."""


class Classes(Struct, frozen=True):
    """The names of the classes that the heads predict, each list in output order."""

    tags: list[str]
    parts: list[str]
    labels: list[str]
    names: list[str]


class LowerOutput(Struct, frozen=True):
    """What the lower layers predict for a window: states of its pieces; classes, arcs and label vectors of its tokens."""

    states: Floats
    classes: Floats
    arcs: Floats
    below: Floats
    above: Floats


class Encoder:
    """The packaged encoder, or another one in a folder.

    Args:
        folder: Folder with graphs, classes and vocabulary.
        reports: Folder with the graphs for reported speech; None if it is the same.

    Raises:
        WeightsMissingError: A file is missing that is not only for reported speech.
    """

    def __init__(self, folder: Path, *, reports: Path | None = None) -> None:
        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.folder, self._options = folder, options
        missing = [
            name for name in (*(f"{graph}.onnx" for graph in GRAPHS), TABLE, "classes.json", VOCABULARY) if not (folder / name).is_file()
        ]
        if missing:
            raise WeightsMissingError(str(folder / missing[0]))
        self.cutter = PieceCutter(folder / VOCABULARY)
        self.classes = msgspec.json.decode((folder / "classes.json").read_bytes(), type=Classes)
        self._reports = reports or folder
        self._graphs = {name: self._loaded(folder / f"{name}.onnx") for name in GRAPHS}

    def _loaded(self, path: Path) -> Any:  # noqa: ANN401 - ONNX Runtime has no types
        return onnxruntime.InferenceSession(str(path), self._options, providers=["CPUExecutionProvider"])

    @property
    def reads_reports(self) -> bool:
        """Whether the graphs for reported speech exist."""
        return all((self._reports / f"{graph}.onnx").is_file() for graph in ON_DEMAND)

    def run(self, graph: str, **inputs: NDArray[Any]) -> list[Floats]:
        """Runs a graph and returns its outputs."""
        if graph not in self._graphs:
            self._graphs[graph] = self._loaded(self._reports / f"{graph}.onnx")
        outputs: list[Floats] = self._graphs[graph].run(None, inputs)
        return outputs

    def lower(self, ids: Ints, shapes: Ints, firsts: Ints) -> LowerOutput:
        """Runs the lower layers on a window, given its pieces and the first piece of each of its tokens."""
        states, *told = self.run("lower", ids=self.cutter.ended(ids)[None], shapes=ended(shapes)[None], firsts=(firsts + 1)[None])
        return LowerOutput(states[0, 1:-1], *(output[0] for output in told))

    def reports(self, ids: Ints, shapes: Ints, marked: Ints, firsts: Ints) -> list[Floats]:
        """Runs the layers for reported speech on a window; returns states, tag scores and keys of its tokens, and the transition scores."""
        *told, follows = self.run(
            "reports",
            ids=self.cutter.ended(ids)[None],
            shapes=ended(shapes)[None],
            marked=ended(marked)[None],
            firsts=(firsts + 1)[None],
        )
        return [*(output[0] for output in told), follows]

    def upper(self, states: Floats, marked: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Runs the upper layers on a window; returns the states, keys, tag scores and keys as bearers of its pieces."""
        out, keys, tags, bearers = self.run("upper", states=states[None], marked=marked[None])
        return out[0], keys[0], tags[0], bearers[0]


def packaged_folder() -> Path:
    """Returns the folder of the packaged encoder."""
    return Path(__file__).parent.parent / "weights" / "encoder"


@cache
def packaged_encoder() -> Encoder:
    """Returns the encoder that ships with the package, loaded once per process."""
    return Encoder(packaged_folder())
