"""The whole training of the model `base`: examples, the body's states, the upper layers, the graphs."""

from collections.abc import Sequence
from pathlib import Path

import structlog
import torch
from msgspec.structs import replace

from quoteapi.encoder.session import BASE, Encoder
from quoteapi.encoder.windows import paragraph_windows
from quoteapi.text import read
from quoteapi.training.base.export import export
from quoteapi.training.base.fit import Example, FitSettings, fit
from quoteapi.training.base.network import from_reports
from quoteapi.training.base.states import bodies
from quoteapi.training.encoder.cases import pieces_of
from quoteapi.training.encoder.marked import marked_cases
from quoteapi.training.marked import read_marked
from quoteapi.training.pipeline import tokenizing

__all__ = ["train_base"]

log = structlog.get_logger()


def train_base(files: Sequence[Path], output: Path, *, encoder: Path, reports: Path, steps: int | None = None) -> None:
    """Trains the upper layers on annotated articles and writes their graphs to `encoder/base` in `output`.

    The states of the body and `base.pt`, from which an interrupted training continues, remain in `output`.

    Args:
        files: The annotated articles.
        output: The folder of weights.
        encoder: The encoder's folder, for its vocabulary.
        reports: The folder with the graphs of reported speech.
        steps: Maximum number of steps, for a trial run.
    """
    reader, make_doc = Encoder(encoder, reports=reports), tokenizing().make_doc
    cases, windows = [], []
    for article in (article for file in files for article in read_marked(file)):
        for case in marked_cases([article], make_doc, reader):
            doc = make_doc(read(article.text).text)
            cases.append(case)
            windows.append(paragraph_windows(doc, pieces_of(doc, reader.cutter)))
    states = bodies([(case.ids, own) for case, own in zip(cases, windows, strict=True)], reader, reports / "body.onnx", output)
    examples = [Example(replace(case, windows=[window]), body) for case, body in zip(cases, states, strict=True) for window in case.windows]
    log.info("windows", annotated=len(examples), articles=len(cases))
    torch.manual_seed(FitSettings().seed)
    network = from_reports(reports / "reports.onnx")
    fit(network, examples, output / "base.pt", steps=steps)
    export(network, output / "encoder" / BASE)
