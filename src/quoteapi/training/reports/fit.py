"""The training loop of the network of reported speech."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import structlog
import torch
from msgspec import Struct
from torch import Tensor

from quoteapi.encoder.tagging import NEAR_NUMBER, nearness
from quoteapi.training.encoder.fit import batches, multiplies_bfloat16, padded, rising_and_falling
from quoteapi.training.reports.cases import ReportCase
from quoteapi.training.reports.network import POINT, Reports, tag_loss

log = structlog.get_logger()


class FitSettings(Struct, frozen=True):
    """Hyperparameters of the training.

    The learning rates of the trained layers and of the heads rise over `warmup` steps and fall to a fiftieth by the end. A batch holds
    about `batch` wordpieces, of which the share `hidden` is masked.
    """

    rate: float
    head_rate: float
    hidden: float
    warmup: int
    seed: int
    epochs: int = 3
    batch: int = 3000
    norm: float = 1.0
    decay: float = 0.01


def batches_of(cases: Sequence[ReportCase], size: int, random: Random) -> Iterator[list[ReportCase]]:
    """Batches of windows of similar length, in random order."""
    return batches(cases, size, random, cost=lambda case: len(case.ids), spread=0.2)


def read(network: Reports, batch: Sequence[ReportCase], mask: int = 0, hidden: float = 0.0) -> tuple[Tensor, Tensor, Tensor]:
    """States, tag scores and keys of a batch's tokens; the share `hidden` of the wordpieces is replaced by `mask`."""
    ids = padded([case.ids for case in batch])
    there = padded([np.ones(len(case.ids), dtype=np.int64) for case in batch])
    if hidden:
        ids = torch.where(torch.rand(ids.shape) < hidden, mask, ids)
    columns = (padded([getattr(case, name) for case in batch]) for name in ("shapes", "marked", "firsts"))
    out: tuple[Tensor, Tensor, Tensor] = network(ids, *columns, there)
    return out


def link_loss(network: Reports, batch: Sequence[ReportCase], tokens: Tensor, keys: Tensor) -> Tensor:
    """The negative log probability of the right sources and cues of each content, summed."""
    asked = [(w, link) for w, case in enumerate(batch) for link in case.links]
    if not asked:
        return torch.zeros(())
    rows = torch.tensor([w for w, _ in asked])
    ends = torch.tensor([(link.first, link.last) for _, link in asked])
    pointing, none, gains = network.point(tokens[rows[:, None], ends].flatten(1))
    steps = torch.zeros(len(asked), keys.shape[1], dtype=torch.int64)
    open_ = torch.zeros(len(asked), keys.shape[1], dtype=torch.bool)
    right = torch.zeros(2, len(asked), keys.shape[1] + 1, dtype=torch.bool)
    for i, (w, link) in enumerate(asked):
        total = len(batch[w].firsts)
        steps[i, :total] = torch.from_numpy(nearness(link.first, link.last, total))
        open_[i, :total] = True
        open_[i, link.first : link.last + 1] = False
        for side, places in enumerate((link.sources, link.cues)):
            right[side, i, places] = True
            right[side, i, -1] = not len(places)
    loss = torch.zeros(())
    for side in range(2):
        part = slice(side * POINT, (side + 1) * POINT)
        scores = torch.einsum("qd,qnd->qn", pointing[:, part], keys[rows][..., part]).float()
        scores = scores + gains[:, side * NEAR_NUMBER : (side + 1) * NEAR_NUMBER].float().gather(1, steps)
        scores = torch.cat([scores.masked_fill(~open_, -1e4), none[:, side : side + 1].float()], 1)
        kept = right[side].clone()
        kept[:, :-1] &= open_
        mass = torch.logsumexp(scores.masked_fill(~kept, -1e4), 1) - torch.logsumexp(scores, 1)
        loss = loss - mass[kept.any(1)].sum()
    return loss


def fit(  # noqa: PLR0913 - keyword-only options of a run
    network: Reports,
    cases: Sequence[ReportCase],
    mask: int,
    *,
    settings: FitSettings,
    distilled: Sequence[ReportCase] = (),
    steps: int | None = None,
    checkpoint: Path | None = None,
) -> None:
    """Trains the network in place, for at most `steps` steps; writes it to `checkpoint` after each epoch.

    Args:
        network: The network; its heads and unfrozen layers are trained.
        cases: The annotated examples, used in each epoch.
        mask: The id of the wordpiece that masks others.
        settings: The hyperparameters.
        distilled: Examples labelled by a teacher; epochs use the one and the other half of them in turn.
        steps: Total number of steps, for a trial run.
        checkpoint: A file.
    """
    torch.manual_seed(settings.seed)
    random = Random(settings.seed)  # noqa: S311 - reproducible shuffling, nothing secret
    network.train()
    layers = [parameter for parameter in network.mpnet.parameters() if parameter.requires_grad]
    heads = [parameter for name, parameter in network.named_parameters() if not name.startswith("mpnet.")]
    groups = [{"params": layers, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay, fused=True)
    every = [[*cases, *distilled[epoch % 2 :: 2]] for epoch in range(settings.epochs)]
    total = sum(1 for some in every for _ in batches_of(some, settings.batch, Random(0)))  # noqa: S311 - the same
    schedule = rising_and_falling(optimizer, settings.warmup, total)
    half = multiplies_bfloat16()
    began = time.time()
    taken = 0
    for epoch, some in enumerate(every, start=1):
        sums = {"tags": 0.0, "links": 0.0}
        for batch in batches_of(some, settings.batch, random):
            if taken == steps:
                return
            taken += 1
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                tokens, scores, keys = read(network, batch, mask, settings.hidden)
                links = link_loss(network, batch, tokens, keys)
            lengths = torch.tensor([len(case.firsts) for case in batch])
            tags = tag_loss(scores.float(), network.behind(), padded([case.tags for case in batch]), lengths)
            loss = (tags + links) / lengths.sum() * 10
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*layers, *heads], settings.norm)
            optimizer.step()
            schedule.step()
            sums["tags"] += float(tags.detach())
            sums["links"] += float(links.detach())
        contents = max(1, sum(len(case.links) for case in some))
        losses = {part: round(value / contents, 3) for part, value in sums.items()}
        log.info("epoch", number=epoch, minutes=round((time.time() - began) / 60, 1), **losses)
        if checkpoint is not None:
            torch.save(network.state_dict(), checkpoint)
