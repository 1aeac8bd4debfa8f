"""The fit of a scorer: a softmax over the candidates of each decision, with thinc's layers and optimizer.

The loss of a decision is the negative log of the summed probability of its right candidates, so that any of several right mentions of a
source may win.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, cast

import numpy as np
import structlog
from msgspec import Struct
from thinc.api import Adam, Embed, Linear, Model, Ragged, Relu, chain, fix_random_seed, reduce_sum, with_array
from thinc.types import Floats2d, Ints1d

from quoteapi.scoring import Floats, Scorer

log = structlog.get_logger()


class Decision(Struct, frozen=True):
    """The bags of features of one decision's candidates, and which of them are right."""

    bags: list[list[str]]
    right: list[bool]


class Settings(Struct, frozen=True):
    """How a scorer is fitted: as `members` networks that are averaged.

    A feature seen fewer than `rare` times is left out, and one bag's feature is dropped with the probability `drop`.
    """

    width: int = 64
    hidden: int = 32
    epochs: int = 3
    batch: int = 32
    rate: float = 0.003
    rare: int = 4
    drop: float = 0.3
    l2: float = 1e-5
    seed: int = 20
    members: int = 4


def fit_scorer(decisions: Sequence[Decision], held_out: Sequence[Decision], *, settings: Settings | None = None) -> Scorer:
    """A scorer fitted on the decisions, its temperature on those held out: networks that differ in their seeds, averaged."""
    chosen = settings or Settings()
    counts = Counter(feature for decision in decisions for bag in decision.bags for feature in bag)
    vocabulary = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= chosen.rare))}
    members = [fit_member(decisions, vocabulary, settings=chosen, seed=chosen.seed + i) for i in range(chosen.members)]
    scorer = averaged(members)
    for name, candidate in (("first member", members[0]), ("all members", scorer)):
        log.info("fitted", scorer=name, held_out=round(accuracy(candidate, held_out), 4))
    return tempered(scorer, held_out)


def fit_member(decisions: Sequence[Decision], vocabulary: dict[str, int], *, settings: Settings, seed: int) -> Scorer:
    """One network of a scorer."""
    fix_random_seed(seed)
    random = Random(seed)  # noqa: S311 - reproducible shuffling, nothing secret
    embed: Model[Any, Any] = Embed(settings.width, len(vocabulary))
    hidden, output = Relu(settings.hidden, settings.width), Linear(1, settings.hidden)
    model: Model[Ragged, Floats2d] = chain(with_array(embed), reduce_sum(), rectifier(), hidden, output)
    model.initialize()
    embed.set_param("E", cast("Floats2d", parameter(embed, "E") * np.float32(0.3)))
    optimizer = Adam(settings.rate, L2=settings.l2)
    order = list(decisions)
    for epoch in range(settings.epochs):
        random.shuffle(order)
        optimizer.learn_rate = settings.rate * (1 - epoch / settings.epochs)
        loss = 0.0
        for start in range(0, len(order), settings.batch):
            batch = order[start : start + settings.batch]
            scores, backprop = model.begin_update(ragged(batch, vocabulary, drop=settings.drop, random=random))
            gradient, batch_loss = softmax_gradient(np.asarray(scores)[:, 0], batch)
            loss += batch_loss
            backprop(cast("Floats2d", gradient[:, None] / len(batch)))
            model.finish_update(optimizer)
        log.info("epoch", seed=seed, number=epoch + 1, loss=round(loss / len(order), 4))
    return exported(vocabulary, embed, hidden, output)


def averaged(members: Sequence[Scorer]) -> Scorer:
    """One scorer whose score is the mean of the members': their vectors side by side, their hidden layers as blocks of one."""
    width, hidden = members[0].embed.shape[1], members[0].hidden.shape[1]
    blocks = np.zeros((width * len(members) + 1, hidden * len(members)), dtype=np.float32)
    for i, member in enumerate(members):
        blocks[i * width : (i + 1) * width, i * hidden : (i + 1) * hidden] = member.hidden[:-1]
        blocks[-1, i * hidden : (i + 1) * hidden] = member.hidden[-1]
    weights = np.concatenate([member.output[:-1] for member in members]) / len(members)
    bias = np.mean([member.output[-1] for member in members])
    embed = np.concatenate([member.embed for member in members], axis=1)
    return Scorer(members[0].vocabulary, embed, blocks, np.append(weights, bias).astype(np.float32))


def rectifier() -> Model[Floats2d, Floats2d]:
    """The non-linearity alone, between the summed vectors and the hidden layer."""

    def forward(_: Model[Floats2d, Floats2d], inputs: Floats2d, is_train: bool) -> tuple[Floats2d, object]:  # noqa: ARG001, FBT001 - thinc calls it so
        mask = inputs > 0
        return inputs * mask, lambda gradient: gradient * mask

    return Model("rectifier", forward)


def ragged(batch: Sequence[Decision], vocabulary: dict[str, int], *, drop: float, random: Random) -> Ragged:
    """All bags of a batch as feature positions and lengths, some features left out."""
    rows = [[vocabulary[f] for f in bag if f in vocabulary and random.random() >= drop] for decision in batch for bag in decision.bags]
    flat = np.fromiter((i for row in rows for i in row), dtype=np.int32)
    return Ragged(cast("Ints1d", flat), cast("Ints1d", np.fromiter(map(len, rows), dtype=np.int32)))


def softmax_gradient(scores: Floats, batch: Sequence[Decision]) -> tuple[Floats, float]:
    """The gradient of the batch's loss by each score, and the loss."""
    gradient = np.zeros_like(scores)
    loss, start = 0.0, 0
    for decision in batch:
        end = start + len(decision.bags)
        raised = np.exp(scores[start:end] - scores[start:end].max())
        probability = raised / raised.sum()
        right = np.array(decision.right, dtype=np.float32)
        mass = float((probability * right).sum())
        loss -= float(np.log(max(mass, 1e-9)))
        gradient[start:end] = probability - probability * right / max(mass, 1e-9)
        start = end
    return gradient, loss


def exported(vocabulary: dict[str, int], embed: Model[Any, Any], hidden: Model[Any, Any], output: Model[Any, Any]) -> Scorer:
    """The served form of the layers."""
    return Scorer(
        vocabulary,
        np.array(parameter(embed, "E")),
        np.vstack([parameter(hidden, "W").T, parameter(hidden, "b")]),
        np.append(parameter(output, "W")[0], parameter(output, "b")).astype(np.float32),
    )


def parameter(layer: Model[Any, Any], name: str) -> Floats:
    """A layer's parameter, as numpy's own type."""
    return cast("Floats", layer.get_param(name))


def accuracy(scorer: Scorer, decisions: Sequence[Decision]) -> float:
    """The share of decisions whose first candidate is right."""
    return float(np.mean([decision.right[int(scorer.scores(decision.bags).argmax())] for decision in decisions])) if decisions else 0.0


def tempered(scorer: Scorer, held_out: Sequence[Decision]) -> Scorer:
    """The scorer with the temperature under which the held-out decisions are most probable (Guo et al. 2017)."""
    if not held_out:
        return scorer
    pairs = [(scorer.scores(decision.bags), np.array(decision.right)) for decision in held_out if any(decision.right)]

    def loss(temperature: float) -> float:
        total = 0.0
        for scores, right in pairs:
            raised = np.exp((scores - scores.max()) / temperature)
            total -= float(np.log(max(raised[right].sum() / raised.sum(), 1e-9)))
        return total

    best = min(np.geomspace(0.5, 4.0, 43), key=loss)
    log.info("temperature", value=round(float(best), 3))
    return Scorer(scorer.vocabulary, scorer.embed, scorer.hidden, scorer.output, temperature=float(best))
