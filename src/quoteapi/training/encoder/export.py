"""The export: the fitted network as graphs that ONNX Runtime runs, their matrices in eight bits.

A window is run alone, so no graph knows of padding.
"""

import shutil
import warnings
from pathlib import Path

import msgspec
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from quoteapi.encoder.session import VOCABULARY, Classes
from quoteapi.training.encoder.network import WIDTH, Grammar, Network
from quoteapi.training.encoder.norms import normalize_by_rows
from quoteapi.training.encoder.table import set_apart


class LowerGraph(nn.Module):
    """Pieces to states; tokens to classes, arcs and label vectors."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.lower, self.grammar = network.lower, network.grammar

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """States, classes, arcs, and the label vectors of dependent and head."""
        states = self.lower(ids, shapes)
        tokens = states.gather(1, firsts[..., None].expand(-1, -1, WIDTH))
        return (states, *self.grammar(tokens))


class LabelGraph(nn.Module):
    """Label vectors to label scores."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self.grammar = grammar

    def forward(self, below: Tensor, above: Tensor) -> Tensor:
        """Scores of labels."""
        return self.grammar.labels(below, above)


class UpperGraph(nn.Module):
    """States to states, keys and tags."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.upper, self.pointers, self.describing = network.upper, network.pointers, network.describing

    def forward(self, states: Tensor, marked: Tensor) -> tuple[Tensor, ...]:
        """States of the last layer, what is pointed at, the tags' scores, the keys of bearers."""
        out = self.upper(states, marked)
        return (out, self.pointers(out), *self.describing(out))


class SourceGraph(nn.Module):
    """The corners of quotes to what points at their sources, the score of nobody, those of kinds, and gains by distance."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.pointers, self.distances = network.pointers, network.distances

    def forward(self, corners: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Pointing vectors (scaled), nobody, kinds, gains."""
        quote = functional.gelu(self.pointers.quote(corners))
        pointing = self.pointers.source(quote) * self.pointers.POINT**-0.5
        return pointing, self.pointers.nobody(quote), self.pointers.kinds(quote), self.distances.source(quote)


class MentionGraph(nn.Module):
    """The states of mentions to what points at their antecedents, the score of nothing, and gains by distance."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.pointers, self.distances = network.pointers, network.distances

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Pointing vectors (scaled), nothing, gains."""
        pointing = self.pointers.mention(states) * self.pointers.POINT**-0.5
        return pointing, self.pointers.nothing(states), self.distances.mention(states)


class RoleGraph(nn.Module):
    """The states of the ends of roles to what points at their bearers, gains by distance, and the scores of being best and of statuses."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.describing = network.describing

    def forward(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Pointing vectors (scaled), gains, traits."""
        return self.describing.roles(ends)


def export(network: Network, classes: Classes, pieces: Path, output: Path, *, quantize: bool = True) -> None:
    """Writes the graphs, the classes and the vocabulary to a folder.

    Args:
        network: As fitted.
        classes: The names of its classes.
        pieces: The vocabulary's file.
        output: A folder; made where it is missing.
        quantize: Whether matrices are written in eight bits, seven of them used: processors without VNNI add up products in sixteen.
    """
    output.mkdir(parents=True, exist_ok=True)
    network.eval()
    ids = torch.ones(2, 9, dtype=torch.int64)
    firsts = torch.tensor([[1, 2, 3], [1, 2, 3]])
    states = torch.zeros(2, 9, WIDTH)
    vectors = torch.zeros(4, Grammar.LABEL)
    two = {0: "windows", 1: "pieces"}
    known: dict[str, tuple[nn.Module, dict[str, Tensor], list[str], dict[str, dict[int, str]]]] = {
        "lower": (
            LowerGraph(network),
            {"ids": ids, "shapes": ids, "firsts": firsts},
            ["states", "classes", "arcs", "below", "above"],
            named(two, "ids", "shapes", "states")
            | named({0: "windows", 1: "tokens"}, "firsts", "classes", "below", "above")
            | {"arcs": {0: "windows", 1: "tokens", 2: "heads"}},
        ),
        "labels": (
            LabelGraph(network.grammar),
            {"below": vectors, "above": vectors},
            ["labels"],
            named({0: "tokens"}, "below", "above", "labels"),
        ),
        "upper": (
            UpperGraph(network),
            {"states": states, "marked": ids},
            ["out", "keys", "tags", "bearers"],
            named(two, "states", "marked", "out", "keys", "tags", "bearers"),
        ),
        "sources": (
            SourceGraph(network),
            {"corners": torch.zeros(2, 4 * WIDTH)},
            ["pointing", "nobody", "kinds", "gains"],
            named({0: "quotes"}, "corners", "pointing", "nobody", "kinds", "gains"),
        ),
        "mentions": (
            MentionGraph(network),
            {"states": torch.zeros(2, WIDTH)},
            ["pointing", "nothing", "gains"],
            named({0: "mentions"}, "states", "pointing", "nothing", "gains"),
        ),
        "roles": (
            RoleGraph(network),
            {"ends": torch.zeros(2, 2 * WIDTH)},
            ["pointing", "gains", "traits"],
            named({0: "roles"}, "ends", "pointing", "gains", "traits"),
        ),
    }
    for name, (graph, inputs, outputs, axes) in known.items():
        write(graph, inputs, outputs, axes, output / f"{name}.onnx", quantize=quantize)
    set_apart(output / "lower.onnx")
    (output / "classes.json").write_bytes(msgspec.json.encode(classes))
    shutil.copyfile(pieces, output / VOCABULARY)


def write(  # noqa: PLR0913 - what a graph is made of
    graph: nn.Module, inputs: dict[str, Tensor], outputs: list[str], axes: dict[str, dict[int, str]], path: Path, *, quantize: bool
) -> None:
    """Writes a module as a graph with named inputs and outputs, of which some axes are open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
    if quantize:
        quantize_dynamic(path, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    normalize_by_rows(path)


def named(axes: dict[int, str], *tensors: str) -> dict[str, dict[int, str]]:
    """The same open axes for several tensors."""
    return dict.fromkeys(tensors, axes)
