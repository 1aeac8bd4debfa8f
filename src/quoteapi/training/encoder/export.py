"""The export of the trained network as graphs for ONNX Runtime, with matrices in eight bits.

Each window is run alone, so no graph handles padding.
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
    """From wordpieces to states, and from tokens to classes, arcs and label vectors."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.lower, self.grammar = network.lower, network.grammar

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """States, classes, arcs, and the label vectors of dependents and heads."""
        states = self.lower(ids, shapes)
        tokens = states.gather(1, firsts[..., None].expand(-1, -1, WIDTH))
        return (states, *self.grammar(tokens))


class LabelGraph(nn.Module):
    """From label vectors to label scores."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self.grammar = grammar

    def forward(self, below: Tensor, above: Tensor) -> Tensor:
        """Label scores."""
        return self.grammar.labels(below, above)


class UpperGraph(nn.Module):
    """From states to states, keys and tags."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.upper, self.pointers, self.describing = network.upper, network.pointers, network.describing

    def forward(self, states: Tensor, marked: Tensor) -> tuple[Tensor, ...]:
        """States of the last layer, keys for pointers, tag scores, keys of role holders."""
        out = self.upper(states, marked)
        return (out, self.pointers(out), *self.describing(out))


class SourceGraph(nn.Module):
    """From the states at the corners of quotes to pointers at their sources, the scores of nobody and of kinds, and gains by distance."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.pointers, self.distances = network.pointers, network.distances

    def forward(self, corners: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scaled pointers, nobody, kinds, gains."""
        quote = functional.gelu(self.pointers.quote(corners))
        pointing = self.pointers.source(quote) * self.pointers.POINT**-0.5
        return pointing, self.pointers.nobody(quote), self.pointers.kinds(quote), self.distances.source(quote)


class MentionGraph(nn.Module):
    """From the states of mentions to pointers at their antecedents, the score of nothing, and gains by distance."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.pointers, self.distances = network.pointers, network.distances

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scaled pointers, nothing, gains."""
        pointing = self.pointers.mention(states) * self.pointers.POINT**-0.5
        return pointing, self.pointers.nothing(states), self.distances.mention(states)


class RoleGraph(nn.Module):
    """From the states at the ends of roles to pointers at their holders, gains by distance, and scores of being best and of statuses."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.describing = network.describing

    def forward(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scaled pointers, gains, traits."""
        return self.describing.roles(ends)


def export(network: Network, classes: Classes, pieces: Path, output: Path, *, quantize: bool = True) -> None:
    """Writes the graphs, the classes and the vocabulary to a folder.

    Args:
        network: The trained network.
        classes: The names of its classes.
        pieces: The file of the vocabulary.
        output: A folder; created if missing.
        quantize: Whether to write matrices in eight bits. Only seven of them are used, because processors without VNNI accumulate products
            in sixteen bits.
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
    """Writes a module as a graph with named inputs and outputs and some dynamic axes."""
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
    """The same dynamic axes for several tensors."""
    return dict.fromkeys(tensors, axes)
