"""The session: the encoder's ONNX graphs, run by ONNX Runtime on one core.

The only module that knows the graphs. Each window is run alone: a batch would need padding and does not fit a core's cache. `quoteapi
train` writes the graphs: `lower` (pieces to states, classes and arcs), `labels`, `upper` (states to states and keys), `sources`,
`mentions` and `roles` (states to pointers at keys); and, loaded on demand, `body` (pieces to states, through larger layers), `reports`
(states of `body` to tags and keys) and `links` (states of `reports` to pointers at these).

There are two models. `small` has the upper layers on the states of `lower`; `base` has larger ones beside them, in a folder of their own,
on those of `body`, and the mean of both counts. Everything else is the same.
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
from quoteapi.settings import Model

Floats = NDArray[np.float32]
LOWER = ("lower", "labels")
UPPER = ("upper", "sources", "mentions", "roles")
"""The graphs of the upper layers."""
MODELS: dict[Model, tuple[Model, ...]] = {"small": ("small",), "base": ("small", "base")}
"""The upper layers that each model runs, of which the mean counts."""
BASE = "base"
"""The folder, in that of the encoder, with the upper layers of the model `base`."""
TABLE = "words.bin"
"""The vectors of the vocabulary's pieces for `lower`, in eight bits."""
VOCABULARY = "pieces.json"
"""The vocabulary, a file of the library tokenizers."""
ON_DEMAND = ("body", "reports", "links")
"""The graphs for reported speech, without which an encoder does everything else; `base` needs the first."""


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
        model: The upper layers to use.
        reports: Folder with the graphs for reported speech; None if it is the same.

    Raises:
        WeightsMissingError: A file is missing that is not only for reported speech.
    """

    def __init__(self, folder: Path, *, model: Model = "small", reports: Path | None = None) -> None:
        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.folder, self.model, self._options = folder, model, options
        names = [*LOWER, *(graph_of(name, layers) for layers in MODELS[model] for name in UPPER), *(["body"] if model == "base" else [])]
        graphs = {name: folder / f"{name}.onnx" for name in names}
        needed = [*graphs.values(), *(folder / name for name in (TABLE, "classes.json", VOCABULARY))]
        missing = [path for path in needed if not path.is_file()]
        if missing:
            raise WeightsMissingError(str(missing[0]))
        self.cutter = PieceCutter(folder / VOCABULARY)
        self.classes = msgspec.json.decode((folder / "classes.json").read_bytes(), type=Classes)
        self._reports = reports or folder
        self._graphs = {name: self._loaded(path) for name, path in graphs.items()}

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

    def body(self, ids: Ints) -> Floats:
        """Runs the larger layers on a window; returns the states of its pieces and, first and last, of its two ends."""
        (states,) = self.run("body", ids=self.cutter.ended(ids)[None])
        return states[0]  # type: ignore[no-any-return]

    def reports(self, states: Floats, shapes: Ints, marked: Ints, firsts: Ints) -> list[Floats]:
        """Runs the layers for reported speech on a window; returns states, tag scores and keys of its tokens, and the transition scores.

        Args:
            states: Those that `body` returns.
            shapes: The shapes of its pieces.
            marked: Whether its pieces are quoted, as `quote_pieces` has it.
            firsts: The first piece of each of its tokens.
        """
        *told, follows = self.run(
            "reports",
            states=states[None],
            shapes=ended(shapes)[None],
            marked=ended(marked)[None],
            firsts=(firsts + 1)[None],
        )
        return [*(output[0] for output in told), follows]

    def upper(self, states: Floats, shapes: Ints, marked: Ints, layers: Model = "small") -> tuple[Floats, Floats, Floats, Floats]:
        """Runs upper layers on a window; returns the states, keys, tag scores and keys as holders of roles of its pieces.

        Args:
            states: Those of its pieces that `lower` returns; for the layers `base`, those that `body` returns, of its two ends, too.
            shapes: The shapes of its pieces, which `lower` has seen already.
            marked: Whether its pieces are quoted, as `quote_pieces` has it.
            layers: The layers to run.
        """
        graph = graph_of("upper", layers)
        if layers == "small":
            outputs = self.run(graph, states=states[None], marked=marked[None])
        else:
            outputs = self.run(graph, states=states[None], shapes=ended(shapes)[None], marked=ended(marked)[None])
        out, keys, tags, holders = (output[0] for output in outputs)
        return out, keys, tags, holders


def graph_of(name: str, layers: Model) -> str:
    """Returns the path of a graph of upper layers in the encoder's folder, without its extension."""
    return f"{BASE}/{name}" if layers == "base" else name


def packaged_folder() -> Path:
    """Returns the folder of the packaged encoder."""
    return Path(__file__).parent.parent / "weights" / "encoder"


@cache
def packaged_encoder(model: Model = "small") -> Encoder:
    """Returns the encoder that ships with the package, loaded once per process."""
    return Encoder(packaged_folder(), model=model)
