"""The network: MiniLM's layers, three lower and three upper ones, with small heads on both.

The lower layers read every wordpiece of an article and predict grammar and names. The upper layers read again around quotes and predict who
speaks, whether anybody does, and the antecedents of pronouns and descriptions. Layers after Devlin et al. (2019), weights from MiniLM (Wang
et al. 2020); arcs after Dozat and Manning (2017); pointers after Vinyals et al. (2015).
"""

from pathlib import Path
from typing import Any

import torch
from msgspec import Struct
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quoteapi.encoder.distances import LAYOUT_NUMBER, NEAR_NUMBER
from quoteapi.encoder.kinds import KINDS
from quoteapi.encoder.tags import DESCRIPTIONS, NAMES, ROLES, STATUSES

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
STOREY = 3
"""The number of lower layers."""
SHAPE_NUMBER = 24
MARKED_NUMBER = 3
"""For the upper layers, a wordpiece is the reporter's, is quoted, or is a quotation mark."""
POSITIONS = 512
DROP, DROP_ANEW = 0.1, 0.2
"""The dropout rates of the layers, and of the upper layers when they are trained anew."""


class Sizes(Struct, frozen=True):
    """The number of classes of each head of the lower layers."""

    tags: int
    parts: int
    labels: int
    names: int


class SharedDrop(nn.Module):
    """Dropout that drops the same features of every wordpiece in a window (Gal and Ghahramani 2016), which draws fewer random numbers."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """The states with some features at zero and the others scaled up; unchanged outside training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device) >= self.rate
        return x * (kept / (1 - self.rate))


class Layer(nn.Module):
    """A transformer layer with normalization after each half."""

    def __init__(self, drop: float = DROP) -> None:
        super().__init__()
        self.look = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.first_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.second_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = SharedDrop(drop)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """States of the next layer; `bias` is added to attention (very negative for padding; None without padding)."""
        batch, length, _ = x.shape
        query, key, value = self.look(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.training:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        else:  # the export needs plain products
            scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
            seen = (scores if bias is None else scores + bias).softmax(-1) @ value
        x = self.first_norm(x + self.drop(self.attended(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        out: Tensor = self.second_norm(x + self.drop(self.outer(functional.gelu(self.inner(x)))))
        return out


def attention_bias(mask: Tensor | None) -> Tensor | None:
    """The bias that excludes padding from attention; None without padding."""
    return None if mask is None else (1.0 - mask.float())[:, None, None, :] * -10_000.0


class Lower(nn.Module):
    """Embeddings and the lower layers."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(SHAPE_NUMBER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = SharedDrop(DROP)
        self.layers = nn.ModuleList(Layer() for _ in range(STOREY))
        nn.init.normal_(self.shapes.weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of each wordpiece (windows, pieces, width)."""
        placed = self.positions.weight[: ids.shape[1]]
        x = self.drop(self.norm(self.words(ids) + placed + self.kind + self.shapes(shapes)))
        bias = attention_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        states: Tensor = x
        return states


class Upper(nn.Module):
    """The upper layers, over states of the lower ones."""

    def __init__(self, drop: float = DROP) -> None:
        super().__init__()
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.marked = nn.Embedding(MARKED_NUMBER, WIDTH)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS - STOREY))
        nn.init.normal_(self.positions.weight, std=0.01)
        nn.init.normal_(self.marked.weight, std=0.02)

    def forward(self, states: Tensor, marked: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of each wordpiece (windows, pieces, width)."""
        x = states + self.positions.weight[: states.shape[1]] + self.marked(marked)
        bias = attention_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        out: Tensor = x
        return out


class Grammar(nn.Module):
    """Heads of the lower layers, over the first wordpiece of each token."""

    ARC, LABEL = 256, 192

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.classes = nn.Linear(WIDTH, sizes.tags + sizes.parts + sizes.names + 2)
        self.arcs = nn.Linear(WIDTH, 2 * self.ARC)
        self.bond = nn.Linear(self.ARC, self.ARC)
        self.sides = nn.Linear(WIDTH, 2 * self.LABEL)
        self.label = nn.Linear(self.LABEL, sizes.labels)
        self.drop = nn.Dropout(0.2)
        self.sizes = sizes

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Class scores; arc scores (dependent, head; a token that is its own head is a root); label vectors of dependents and heads."""
        tokens = self.drop(tokens)
        dependent, head = functional.gelu(self.arcs(tokens)).chunk(2, -1)
        arcs = (self.bond(dependent) @ head.transpose(-1, -2)) * self.ARC**-0.5
        below, above = self.sides(tokens).chunk(2, -1)
        return self.classes(tokens), arcs, below, above

    def labels(self, below: Tensor, above: Tensor) -> Tensor:
        """Scores of dependency labels for tokens, each with the vector of its head."""
        scores: Tensor = self.label(functional.gelu(below + above))
        return scores


class Pointers(nn.Module):
    """Heads of the upper layers: from a quote to its source, from a mention to its antecedents, and the kind of a quote."""

    POINT = 192

    def __init__(self) -> None:
        super().__init__()
        self.keys = nn.Linear(WIDTH, 2 * self.POINT)
        self.quote = nn.Linear(4 * WIDTH, WIDTH)
        self.source = nn.Linear(WIDTH, self.POINT)
        self.kinds = nn.Linear(WIDTH, len(KINDS))
        self.mention = nn.Linear(WIDTH, self.POINT)
        self.nobody = nn.Linear(WIDTH, 1)
        self.nothing = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor) -> Tensor:
        """The keys of wordpieces: for sources, then for antecedents."""
        keys: Tensor = self.keys(states)
        return keys

    def sources(self, corners: Tensor, keys: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of nobody and of each wordpiece, scores of kinds, and the quotes' vectors.

        `corners` are four states per quote, `keys` those of its window.
        """
        quote = self.drop(functional.gelu(self.quote(corners)))
        scores = torch.einsum("qd,qnd->qn", self.source(quote), keys[..., : self.POINT]) * self.POINT**-0.5
        return torch.cat([self.nobody(quote), scores], -1), self.kinds(quote), quote

    def antecedents(self, mentions: Tensor, keys: Tensor) -> Tensor:
        """Scores of nothing and of each wordpiece."""
        scores = torch.einsum("qd,qnd->qn", self.mention(mentions), keys[..., self.POINT :]) * self.POINT**-0.5
        return torch.cat([self.nothing(mentions), scores], -1)


class Describing(nn.Module):
    """Heads of the upper layers for names and roles: tags of wordpieces; the holder of each role, whether it is the best one, its status.

    A wordpiece's tags are predicted from its own state and those of its neighbours, so that they agree on where a span ends.
    """

    POINT, AROUND, REACH = 192, 160, 2

    def __init__(self) -> None:
        super().__init__()
        classes = len(NAMES) + len(ROLES) + len(DESCRIPTIONS)
        self.around = nn.Linear((2 * self.REACH + 1) * WIDTH, self.AROUND)
        self.tags = nn.Linear(self.AROUND, classes)
        self.own = nn.Linear(WIDTH, classes)
        self.keys = nn.Linear(WIDTH, self.POINT)
        self.role = nn.Linear(2 * WIDTH, WIDTH)
        self.bearer = nn.Linear(WIDTH, self.POINT)
        self.gains = nn.Linear(WIDTH, NEAR_NUMBER + LAYOUT_NUMBER)
        self.traits = nn.Linear(WIDTH, 1 + len(STATUSES))
        self.drop = nn.Dropout(0.1)
        nn.init.zeros_(self.gains.weight)
        nn.init.zeros_(self.gains.bias)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """The tag scores of names, roles and descriptions, and the keys of wordpieces as holders of roles."""
        x = self.drop(states)
        ended = functional.pad(x, (0, 0, self.REACH, self.REACH))
        beside = torch.cat([ended[:, step : step + x.shape[1]] for step in range(2 * self.REACH + 1)], -1)
        return self.own(x) + self.tags(self.drop(functional.gelu(self.around(beside)))), self.keys(states)

    def roles(self, ends: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scaled pointers at the holders of roles, gains by distance, and the scores of being the best role and of each status.

        `ends` are two states per role: of its first wordpiece, and of the first wordpiece of its last token.
        """
        role = self.drop(functional.gelu(self.role(ends)))
        return self.bearer(role) * self.POINT**-0.5, self.gains(role), self.traits(role)


def gained(gains: Tensor, near: Tensor, layout: Tensor) -> Tensor:
    """The gain of each wordpiece of each window: the sum of those for its distance and for its layout."""
    return gains[:, :NEAR_NUMBER].gather(1, near) + gains[:, NEAR_NUMBER:].gather(1, layout)


class Distances(nn.Module):
    """Learned gains of a wordpiece's score by its distance, as a function of what points (Raffel et al. 2020); initially zero."""

    def __init__(self) -> None:
        super().__init__()
        self.source = nn.Linear(WIDTH, NEAR_NUMBER + LAYOUT_NUMBER)
        self.mention = nn.Linear(WIDTH, NEAR_NUMBER + LAYOUT_NUMBER)
        for layer in (self.source, self.mention):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, gains: Tensor, near: Tensor, layout: Tensor) -> Tensor:
        """The gain of each wordpiece of each window, preceded by a zero for nobody or nothing."""
        return functional.pad(gained(gains, near, layout), (1, 0))


class Network(nn.Module):
    """All layers and heads."""

    def __init__(self, sizes: Sizes, vocabulary: int) -> None:
        super().__init__()
        self.lower, self.upper = Lower(vocabulary), Upper()
        self.grammar, self.pointers = Grammar(sizes), Pointers()
        self.distances, self.describing = Distances(), Describing()


def from_minilm(folder: Path, sizes: Sizes) -> Network:
    """A network with MiniLM's weights in all layers and new heads."""
    old = minilm(folder)
    network = Network(sizes, old["embeddings.word_embeddings.weight"].shape[0])
    lower = network.lower
    with torch.no_grad():
        lower.words.weight.copy_(old["embeddings.word_embeddings.weight"])
        lower.positions.weight.copy_(old["embeddings.position_embeddings.weight"])
        lower.kind.copy_(old["embeddings.token_type_embeddings.weight"][0])
        lower.norm.load_state_dict({part: old[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")})
    copy_layers(lower.layers, old, 0)
    copy_layers(network.upper.layers, old, STOREY)
    lower.words.weight.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    lower.positions.weight.requires_grad_(False)  # noqa: FBT003 - the same
    return network


def renew_upper(network: Network, folder: Path) -> None:
    """Resets the upper layers to MiniLM's and their heads to new ones, and freezes the lower layers with their heads."""
    network.upper, network.pointers = Upper(DROP_ANEW), Pointers()
    network.distances, network.describing = Distances(), Describing()
    copy_layers(network.upper.layers, minilm(folder), STOREY)
    for part in (network.lower, network.grammar):
        part.requires_grad_(requires_grad=False)


def minilm(folder: Path) -> dict[str, Any]:
    """MiniLM's weights by name."""
    return {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}


def copy_layers(layers: nn.ModuleList, old: dict[str, Any], first: int) -> None:
    """Copies the weights of MiniLM's layers, from number `first` on."""
    for number, layer in enumerate(layers, start=first):
        name = f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            looks = [old[f"{name}attention.self.{side}.{part}"] for side in ("query", "key", "value")]
            getattr(layer.look, part).data.copy_(torch.cat(looks))
            for own, its in (
                ("attended", "attention.output.dense"),
                ("first_norm", "attention.output.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("second_norm", "output.LayerNorm"),
            ):
                getattr(getattr(layer, own), part).data.copy_(old[f"{name}{its}.{part}"])
