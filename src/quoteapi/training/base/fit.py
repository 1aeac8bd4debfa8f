"""The training loop of the model `base`."""

import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import structlog
import torch
from msgspec import Struct
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from quoteapi.encoder.body import Body
from quoteapi.encoder.pieces import ended
from quoteapi.training.base.network import Base
from quoteapi.training.encoder.cases import UpperCase
from quoteapi.training.encoder.fit import batches, multiplies_bfloat16, padded, pointing_loss, rising_and_falling

log = structlog.get_logger()


class Example(Struct, frozen=True):
    """A training example: an article with one of its windows, and its states."""

    case: UpperCase
    body: Body


class FitSettings(Struct, frozen=True):
    """Hyperparameters of the training.

    The learning rates of the layers and of everything else rise over `warmup` steps and fall to a fiftieth by the end. A batch holds about
    `batch` wordpieces; the states of the share `hidden` of them are replaced by the network's blank one.
    """

    rate: float = 1e-4
    head_rate: float = 1e-3
    hidden: float = 0.04
    warmup: int = 60
    rounds: int = 2
    batch: int = 3072
    norm: float = 1.0
    decay: float = 0.01
    seed: int = 1


def size(example: Example) -> int:
    """The number of wordpieces in an example's window."""
    return len(example.case.windows[0].pieces)


def read(network: Base, batch: Sequence[Example], hidden: float) -> Tensor:
    """The states of the upper layers for the wordpieces of a batch of windows."""
    cases = [(example.case, example.case.windows[0]) for example in batch]
    states = [example.body.of_pieces(window.pieces).astype(np.float32) for example, (_, window) in zip(batch, cases, strict=True)]
    x = pad_sequence([torch.from_numpy(rows) for rows in states], batch_first=True)
    x = torch.where((torch.rand(x.shape[:2]) < hidden)[..., None], network.blank, x)
    shapes = padded([ended(case.shapes[window.pieces]) for case, window in cases])
    marked = padded([ended(window.marked) for _, window in cases])
    out: Tensor = network(x, shapes, marked, padded([np.ones(len(rows), dtype=np.int64) for rows in states]))
    return out


def fit(
    network: Base, examples: Sequence[Example], checkpoint: Path, *, settings: FitSettings | None = None, steps: int | None = None
) -> None:
    """Trains the network in place.

    Args:
        network: The network, with its initial weights.
        examples: The examples of each round.
        checkpoint: A file for the state of the training, written after each round; a run that was interrupted continues from it.
        settings: The hyperparameters.
        steps: Maximum number of steps.
    """
    chosen = settings or FitSettings()
    plans = [
        list(batches(examples, chosen.batch, Random(chosen.seed + number), cost=size))  # noqa: S311 - reproducible shuffling, nothing secret
        for number in range(chosen.rounds)
    ]
    network.train()
    trained = {name: parameter for name, parameter in network.named_parameters() if parameter.requires_grad}
    layers = [parameter for name, parameter in trained.items() if name.startswith("encoder.")]
    others = [parameter for name, parameter in trained.items() if not name.startswith("encoder.")]
    groups = [{"params": layers, "lr": chosen.rate}, {"params": others, "lr": chosen.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=chosen.decay, fused=True)
    schedule = rising_and_falling(optimizer, chosen.warmup, sum(map(len, plans)))
    kept: dict[str, Any] = {"network": network, "optimizer": optimizer, "schedule": schedule}
    finished = resumed(kept, checkpoint, chosen.rounds)
    half = multiplies_bfloat16()
    began, done = time.time(), 0
    for number, plan in enumerate(plans[finished:], start=finished + 1):
        torch.manual_seed(chosen.seed + number)
        sums: dict[str, list[float]] = {}
        for batch in plan:
            if done == steps:
                return
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                states = read(network, batch, chosen.hidden)
                losses = pointing_loss(network, states, [example.case for example in batch])
            optimizer.zero_grad(set_to_none=True)
            sum(losses.values(), start=torch.zeros(())).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained.values(), chosen.norm)
            optimizer.step()
            schedule.step()
            done += 1
            for part, value in losses.items():
                sums.setdefault(part, []).append(float(value.detach()))
        shown = {part: round(float(np.mean(values)), 3) for part, values in sums.items()}
        log.info("round", number=number, of=chosen.rounds, steps=done, minutes=round((time.time() - began) / 60, 1), **shown)
        torch.save({name: part.state_dict() for name, part in kept.items()} | {"rounds": number}, checkpoint)


def resumed(kept: dict[str, Any], checkpoint: Path, rounds: int) -> int:
    """Restores the state of an interrupted training; returns the number of rounds that it has done, 0 if there is none."""
    saved = torch.load(checkpoint) if checkpoint.is_file() else {"rounds": rounds}
    if saved["rounds"] >= rounds:
        return 0
    for name, part in kept.items():
        part.load_state_dict(saved[name])
    return int(saved["rounds"])
