"""The training loop of the network: all tasks at once, one batch of one task per step, on the CPU."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

import msgspec
import numpy as np
import structlog
import torch
from msgspec import Struct
from torch import Tensor
from torch.nn import functional

from quoteapi.encoder.distances import Ground, distances, ground, openings
from quoteapi.encoder.quote_pieces import QUOTED
from quoteapi.encoder.tags import DESCRIPTIONS, NAMES, ROLES
from quoteapi.training.encoder.cases import UNLABELLED, LowerCase, UpperCase, UpperWindow
from quoteapi.training.encoder.network import Network, UpperHeads, gained

log = structlog.get_logger()

TAGS_WEIGHT = 4.0
"""Weight of the tag losses relative to those of pointers: most wordpieces have no tag, so their mean loss is small."""


class FitSettings(Struct, frozen=True):
    """Hyperparameters of the training.

    `rate` is the learning rate of MiniLM's layers, `head_rate` that of the new heads; both rise over the first `warmup` steps and fall to a
    fiftieth by the end. A batch holds about `batch` wordpieces, of which the share `hidden` is masked. Without `lower`, only the upper
    layers are trained.
    """

    rate: float = 1.5e-4
    head_rate: float = 2e-3
    warmup: int = 100
    batch: int = 2600
    seed: int = 20
    norm: float = 1.0
    decay: float = 0.01
    hidden: float = 0.05
    lower: bool = True


def multiplies_bfloat16() -> bool:
    """Whether the CPU has instructions for bfloat16 matrices; training then uses them (Micikevicius et al. 2018), in half the time."""
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.is_file() and any(unit in cpuinfo.read_text(encoding="utf8") for unit in ("amx_bf16", "avx512_bf16"))


def padded(rows: Sequence[np.ndarray], fill: int = 0) -> Tensor:
    """Rows of numbers as one padded tensor."""
    out = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


class Special(Struct, frozen=True):
    """The special wordpieces, which open and close a window and mask others, and the share of wordpieces to mask."""

    first: int
    last: int
    mask: int
    hidden: float = 0.0


def lower_states(network: Network, rows: Sequence[tuple[np.ndarray, np.ndarray]], special: Special) -> tuple[Tensor, list[int]]:
    """The states of the rows' wordpieces (without the two ends of each window), and the rows' lengths."""
    ids = padded([np.concatenate(([special.first], ids, [special.last])) for ids, _ in rows])
    if network.lower.training:
        ids = ids.masked_fill(torch.rand(ids.shape) < special.hidden, special.mask)
    shapes = padded([np.concatenate(([0], shapes, [0])) for _, shapes in rows])
    lengths = [len(ids) for ids, _ in rows]
    mask = padded([np.ones(n + 2, dtype=np.int64) for n in lengths])
    return network.lower(ids, shapes, mask)[:, 1:], lengths


def lower_loss(network: Network, batch: Sequence[LowerCase], special: Special) -> dict[str, Tensor]:
    """The losses of a batch of windows."""
    states, _ = lower_states(network, [(case.ids, case.shapes) for case in batch], special)
    firsts = padded([case.firsts for case in batch])
    tokens = states.gather(1, firsts[..., None].expand(-1, -1, states.shape[-1]))
    columns = {
        name: padded([getattr(case, name) for case in batch], UNLABELLED)
        for name in ("tags", "parts", "heads", "labels", "starts", "names")
    }
    classes, arcs, below, above = network.grammar(tokens)
    sizes = network.grammar.sizes
    tags, parts, names, starts = classes.split([sizes.tags, sizes.parts, sizes.names, 2], -1)
    present = padded([np.ones(len(case.firsts), dtype=np.int64) for case in batch])
    arcs = arcs + (1.0 - present.float())[:, None, :] * -10_000.0
    heads = columns["heads"].clamp(min=0)
    labels = network.grammar.labels(below, above.gather(1, heads[..., None].expand(-1, -1, above.shape[-1])))
    scored = {"tags": tags, "parts": parts, "names": names, "starts": starts, "heads": arcs, "labels": labels}
    losses = {}
    for name, scores in scored.items():
        right = columns[name]
        if bool((right != UNLABELLED).any()):
            losses[name] = functional.cross_entropy(scores.flatten(0, 1), right.flatten(), ignore_index=UNLABELLED)
    return losses


def upper_states(network: Network, batch: Sequence[UpperCase], special: Special) -> Tensor:
    """The states of the upper layers' windows."""
    flat = article_states(network, batch, special)
    bases = np.cumsum([0, *(len(case.ids) for case in batch)])
    windows = [(base, window) for base, case in zip(bases, batch, strict=False) for window in case.windows]
    chosen = padded([base + window.pieces for base, window in windows])
    mask = padded([np.ones(len(window.pieces), dtype=np.int64) for _, window in windows])
    marked = padded([window.marked for _, window in windows])
    states = flat[chosen.flatten()].view(*chosen.shape, -1)
    out: Tensor = network.upper(states, marked, mask)
    return out


def article_states(network: Network, batch: Sequence[UpperCase], special: Special) -> Tensor:
    """The lower layers' states for the wordpieces of several articles, concatenated."""
    rows = [(case.ids[a:b], case.shapes[a:b]) for case in batch for a, b in case.lower]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    groups = [order[i : i + 16] for i in range(0, len(order), 16)]
    pieces: list[Tensor] = [torch.empty(0)] * len(rows)
    for group in groups:
        states, lengths = lower_states(network, [rows[i] for i in group], special)
        for k, i in enumerate(group):
            pieces[i] = states[k, : lengths[k]]
    return torch.cat(pieces)


def upper_loss(network: Network, batch: Sequence[UpperCase], special: Special) -> dict[str, Tensor]:
    """The losses of a batch of articles: sources, kinds, antecedents, and where annotated, names and roles."""
    return pointing_loss(network, upper_states(network, batch, special), batch)


def pointing_loss(network: UpperHeads, states: Tensor, batch: Sequence[UpperCase]) -> dict[str, Tensor]:
    """The losses of a batch of articles, given the upper layers' states of their windows."""
    keys = network.pointers(states)
    windows = [window for case in batch for window in case.windows]
    grounds = [ground(openings(c.shapes[w.pieces]), (w.marked == QUOTED).astype(np.int64)) for c in batch for w in c.windows]
    losses: dict[str, Tensor] = {}
    for kind in ("quotes", "mentions"):
        asked = [(w, pointer) for w, window in enumerate(windows) for pointer in getattr(window, kind)]
        if not asked:
            continue
        rows = torch.tensor([w for w, _ in asked])
        at = torch.tensor([pointer.places for _, pointer in asked])
        picked = states[rows[:, None], at].flatten(1)
        allowed = torch.zeros(len(asked), keys.shape[1] + 1, dtype=torch.bool)
        right = torch.zeros_like(allowed)
        weight = torch.ones(len(asked))
        inner = slice(1, 3) if kind == "quotes" else slice(0, 1)
        near, layout = placed([(w, pointer.places[inner]) for w, pointer in asked], keys.shape[1], grounds)
        for i, (w, pointer) in enumerate(asked):
            window = windows[w]
            allowed[i, 0] = True
            allowed[i, 1 : len(window.pieces) + 1] = torch.from_numpy(window.marked == 0) if kind == "quotes" else True
            if kind == "mentions":
                allowed[i, pointer.places[0] + 1] = False
            right[i, torch.from_numpy(pointer.right) + 1] = True
            if pointer.wrong:
                weight[i] = float(len(pointer.right) > 0)
                right[i] = allowed[i] & ~right[i]
            elif not len(pointer.right):
                right[i, 0] = True
        if kind == "quotes":
            scores, kinds, quote = network.pointers.sources(picked, keys[rows])
            scores = scores.float() + network.distances(network.distances.source(quote), near, layout)
            if any(pointer.kinds for _, pointer in asked):
                losses["kinds"] = 0.5 * kinds_loss(kinds, [pointer.kinds for _, pointer in asked])
        else:
            scores = network.pointers.antecedents(picked, keys[rows])
            scores = scores.float() + network.distances(network.distances.mention(picked), near, layout)
        scores = scores.masked_fill(~allowed, -1e4)
        mass = torch.logsumexp(scores.masked_fill(~(right & allowed), -1e4), -1) - torch.logsumexp(scores, -1)
        losses["sources" if kind == "quotes" else "antecedents"] = -(mass * weight).sum() / weight.sum().clamp(min=1)
    if any(window.tags is not None for window in windows):
        losses |= describing_loss(network, windows, states, grounds)
    return losses


def placed(asked: Sequence[tuple[int, Sequence[int]]], length: int, grounds: Sequence[Ground]) -> tuple[Tensor, Tensor]:
    """Distance steps and layouts of `length` wordpieces for each pointer (a window, and positions in it in order); 0 after the window."""
    near, layout = (torch.zeros(len(asked), length, dtype=torch.int64) for _ in range(2))
    for i, (w, places) in enumerate(asked):
        steps, layouts = distances(places[0], places[-1], grounds[w])
        near[i, : len(steps)], layout[i, : len(layouts)] = torch.from_numpy(steps), torch.from_numpy(layouts)
    return near, layout


def describing_loss(network: UpperHeads, windows: Sequence[UpperWindow], states: Tensor, grounds: Sequence[Ground]) -> dict[str, Tensor]:
    """The losses of names and roles."""
    heads, length = network.describing, states.shape[1]
    scores, keys = heads(states)
    columns = [np.full((3, length), UNLABELLED) for _ in windows]
    for row, window in zip(columns, windows, strict=True):
        if window.tags is not None:
            row[:, : window.tags.shape[1]] = window.tags
    right = torch.from_numpy(np.stack(columns))
    losses = {}
    parts = scores.split([len(NAMES), len(ROLES), len(DESCRIPTIONS)], -1)
    for i, (name, part) in enumerate(zip(("names", "roles", "descriptions"), parts, strict=True)):
        losses[name] = functional.cross_entropy(part.flatten(0, 1).float(), right[:, i].flatten(), ignore_index=UNLABELLED) * TAGS_WEIGHT
    held = [(w, role) for w, window in enumerate(windows) for role in window.roles]
    if held:
        rows = torch.tensor([w for w, _ in held])
        at = torch.tensor([role.places for _, role in held])
        pointing, gains, traits = heads.roles(states[rows[:, None], at].flatten(1))
        near, layout = placed([(w, role.places) for w, role in held], length, grounds)
        allowed, bearing = (torch.zeros(len(held), length, dtype=torch.bool) for _ in range(2))
        for i, (w, role) in enumerate(held):
            allowed[i, : len(windows[w].pieces)] = True
            bearing[i, torch.from_numpy(role.right)] = True
        points = torch.einsum("qd,qnd->qn", pointing, keys[rows]).float()
        points = (points + gained(gains, near, layout)).masked_fill(~allowed, -1e4)
        losses["bearers"] = -(torch.logsumexp(points.masked_fill(~bearing, -1e4), -1) - torch.logsumexp(points, -1)).mean()
        best = torch.tensor([float(role.best) for _, role in held])
        losses["best"] = 0.5 * functional.binary_cross_entropy_with_logits(traits[:, 0].float(), best)
        losses["status"] = 0.5 * functional.cross_entropy(traits[:, 1:].float(), torch.tensor([role.status for _, role in held]))
    return losses


def kinds_loss(scores: Tensor, right: Sequence[tuple[int, ...]]) -> Tensor:
    """The negative log of the summed probability of the right kinds; quotes of unknown kind do not count."""
    labelled = [i for i, kinds in enumerate(right) if kinds]
    logs = functional.log_softmax(scores[labelled].float(), -1)
    allowed = torch.full_like(logs, -1e4)
    for row, i in enumerate(labelled):
        allowed[row, list(right[i])] = 0.0
    return -torch.logsumexp(logs + allowed, -1).mean()


Case = LowerCase | UpperCase
AnyCase = TypeVar("AnyCase")
Tasks = dict[str, Callable[[int], Sequence[Case]]]
"""The examples of each task, as a function of the round's number."""


def loss_of(network: Network, batch: Sequence[Case], special: Special) -> dict[str, Tensor]:
    """The losses of a batch of either kind of case."""
    lower = [case for case in batch if isinstance(case, LowerCase)]
    return (
        lower_loss(network, lower, special)
        if lower
        else upper_loss(network, [case for case in batch if isinstance(case, UpperCase)], special)
    )


def cost(case: Case) -> int:
    """Approximate number of wordpieces that the network reads for a case."""
    return len(case.ids) if isinstance(case, LowerCase) else len(case.ids) // 2 + sum(len(w.pieces) for w in case.windows) // 2


def batches(
    cases: Sequence[AnyCase], size: int, random: Random, *, cost: Callable[[AnyCase], int], spread: float = 0.1
) -> Iterator[list[AnyCase]]:
    """Batches of cases with similar costs, in random order; the costs are jittered by the share `spread` before sorting."""
    order = sorted(cases, key=lambda case: cost(case) * random.uniform(1 - spread, 1 + spread))
    found: list[list[AnyCase]] = [[]]
    filled = 0
    for case in order:
        if found[-1] and filled + cost(case) > size:
            found.append([])
            filled = 0
        found[-1].append(case)
        filled += cost(case)
    random.shuffle(found)
    yield from filter(None, found)


def rising_and_falling(optimizer: torch.optim.Optimizer, warmup: int, total: int) -> torch.optim.lr_scheduler.LambdaLR:
    """The schedule of learning rates: linear warm-up over `warmup` steps, then linear decay until step `total`, never below a fiftieth."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.02, (total - step) / max(1, total - warmup)))
    )


def plan(tasks: Tasks, number: int, settings: FitSettings) -> list[tuple[str, list[Case]]]:
    """The steps of a round, with all tasks shuffled."""
    random = Random(settings.seed + number)  # noqa: S311 - reproducible shuffling, nothing secret
    steps = [(name, batch) for name, cases in tasks.items() for batch in batches(cases(number), settings.batch, random, cost=cost)]
    random.shuffle(steps)
    return steps


def fit(  # noqa: PLR0913 - keyword-only options of a run
    network: Network,
    tasks: Tasks,
    special: Special,
    *,
    rounds: int,
    steps: int | None = None,
    checkpoint: Path | None = None,
    settings: FitSettings | None = None,
) -> None:
    """Trains the network in place.

    Args:
        network: The network, with its initial weights.
        tasks: The examples of a round.
        special: The special wordpieces.
        rounds: Number of passes over all tasks.
        steps: Maximum number of steps.
        checkpoint: A file for the weights, written after each round.
        settings: The hyperparameters.
    """
    chosen = settings or FitSettings()
    special = msgspec.structs.replace(special, hidden=chosen.hidden)
    torch.manual_seed(chosen.seed)
    first = plan(tasks, 0, chosen)
    total = len(first) * rounds
    network.train()
    network.lower.train(chosen.lower)
    network.grammar.train(chosen.lower)
    modules = (network.grammar, network.pointers, network.distances, network.describing)
    heads = [p for module in modules for p in module.parameters() if p.requires_grad]
    own = {id(parameter) for parameter in heads}
    body = [p for p in network.parameters() if id(p) not in own and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": chosen.rate}, {"params": heads, "lr": chosen.head_rate}], weight_decay=chosen.decay
    )
    schedule = rising_and_falling(optimizer, chosen.warmup, total)
    half = multiplies_bfloat16()
    began, done = time.time(), 0
    sums: dict[str, list[float]] = {}
    for number in range(rounds):
        for name, batch in first if number == 0 else plan(tasks, number, chosen):
            if steps is not None and done >= steps:
                return
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                losses = loss_of(network, batch, special)
            loss = sum(losses.values(), start=torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*body, *heads], chosen.norm)
            optimizer.step()
            schedule.step()
            done += 1
            for part, value in losses.items():
                sums.setdefault(f"{name} {part}", []).append(float(value.detach()))
            if done % 100 == 0:
                shown = {part: round(float(np.mean(values[-60:])), 3) for part, values in sorted(sums.items())}
                log.info("step", done=done, of=total, minutes=round((time.time() - began) / 60, 1), **shown)
        if checkpoint is not None:
            torch.save(network.state_dict(), checkpoint)
