"""The whole training of reported speech: examples, the teacher, its labels, the shipped network, the graphs, their certainty."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, product
from pathlib import Path

import msgspec
import numpy as np
import structlog
import torch
from msgspec import Struct
from spacy.language import Language

from quoteapi.encoder import Encoder, Linked, tag
from quoteapi.encoder.session import VOCABULARY
from quoteapi.engine import encoder_of
from quoteapi.findings import Chars
from quoteapi.reports.calibration import Certainty, PlattScaling, log_odds
from quoteapi.training.polnear import Attributed, articles, fitted_on, held_out, share
from quoteapi.training.polnear_documents import ParsedArticle, read_articles
from quoteapi.training.reports.cases import ReportCase, report_cases
from quoteapi.training.reports.distillation import distilled_cases, newswire
from quoteapi.training.reports.export import export
from quoteapi.training.reports.fit import FitSettings, fit
from quoteapi.training.reports.network import Reports

__all__ = ["train_reports"]

TEACHER = FitSettings(rate=7e-5, head_rate=7e-4, hidden=0.05, warmup=100, seed=41)
STUDENT_SETTINGS = FitSettings(rate=6e-5, head_rate=5e-4, hidden=0.03, warmup=60, seed=71)
DISTILLATION_SEED = 51
PIECES = 16_000
"""Number of embeddings that ship, of the most frequent wordpieces in training; one in a hundred of an unseen article's has none."""
COVERED = 0.5
"""Minimum share of a content, exclusive, that an annotated content must cover for the two to count as the same."""
LEAST, LOOSE = 0.55, 0.75
"""Minimum probabilities of tags for reported clauses and for other contents: nine in ten of the former are right, half of the latter."""
BIASES, WEIGHTS = np.linspace(-2, 2, 81), np.linspace(0, 2, 81)
"""The values that are tried for a scale."""

log = structlog.get_logger()


class Sure(Struct, frozen=True):
    """A content that the tagger found, and whether its source, or the lack of one, matches the annotation."""

    link: Linked
    right: bool


def train_reports(nlp: Language, data: Path, output: Path, *, mpnet: Path, steps: int | None = None) -> None:
    """Trains the tagger and writes `encoder/body.onnx`, `encoder/reports.onnx`, `encoder/links.onnx` and `reports.json` to `output`.

    First, the whole of MPNet is trained on PolNeAR and labels unannotated newswire; then its lower layers are trained on PolNeAR and these
    labels. Their weights in full precision remain in `output` as `reports.pt`.

    Args:
        nlp: The pipeline that reads the articles, with the encoder whose wordpieces the network shares.
        data: The folder of corpora.
        output: The folder of weights.
        mpnet: MPNet's weights, as `transformers` writes them.
        steps: Maximum number of steps of each training, for a trial run.
    """
    found = list(articles(data / "polnear" / "train"))
    encoder = encoder_of(nlp, "small")
    cutter = encoder.cutter
    cases = list(report_cases(nlp, encoder, fitted_on(found)))
    unread = list(newswire(data / "ner" / "gmb" / "ner_dataset.csv"))
    unlabelled = list(report_cases(nlp, encoder, unread if steps is None else unread[:steps]))
    log.info("windows", annotated=len(cases), untold=len(unlabelled))
    torch.manual_seed(TEACHER.seed)
    network = Reports(mpnet, encoder.folder / VOCABULARY)
    fit(network, cases, cutter.mask, settings=TEACHER, steps=steps)
    distilled = list(distilled_cases(network, unlabelled, DISTILLATION_SEED))
    network.shorten(frequent([*cases, *unlabelled]) | {cutter.padding, cutter.unknown, cutter.mask}, cutter.unknown)
    fit(network, cases, cutter.mask, settings=STUDENT_SETTINGS, distilled=distilled, steps=steps, checkpoint=output / "reports.pt")
    (output / "encoder").mkdir(parents=True, exist_ok=True)
    export(network, output / "encoder")
    reading = Encoder(encoder.folder, reports=output / "encoder")
    unseen = [sure for case in read_articles(nlp, held_out(found)) for sure in judged(case, reading)]
    (output / "reports.json").write_bytes(msgspec.json.encode(fit_certainty(unseen)))


def frequent(cases: Sequence[ReportCase]) -> set[int]:
    """The `PIECES` most frequent wordpieces of the windows."""
    counted = Counter(chain.from_iterable(case.ids.tolist() for case in cases))
    return {piece for piece, _ in counted.most_common(PIECES)}


def judged(case: ParsedArticle, encoder: Encoder) -> list[Sure]:
    """The contents of an article that are also annotated."""
    found = []
    for link in tag(case.doc, case.quotes, encoder):
        place = stretch(case, link.content.start, link.content.end)
        attribution = next((one for one in case.article.attributions if share(place, one.content) > COVERED), None)
        if attribution is not None:
            found.append(Sure(link, is_right(case, link, attribution)))
    return found


def is_right(case: ParsedArticle, link: Linked, attribution: Attributed) -> bool:
    """Whether most of a content's source is in the annotated one, or neither exists."""
    if link.source is None or not attribution.source:
        return link.source is None and not attribution.source
    return share(stretch(case, link.source.start, link.source.end), attribution.source) > COVERED


def stretch(case: ParsedArticle, start: int, end: int) -> Chars:
    """The range of tokens in the raw text."""
    return case.places[start][0], case.places[end - 1][1]


def fit_certainty(found: Sequence[Sure]) -> Certainty:
    """Fits the certainty of the returned contents."""
    given = [one for one in found if one.link.content.probability >= LEAST]
    named, nobody = ([one for one in given if (one.link.source is None) is absent] for absent in (False, True))
    return Certainty(least=LEAST, loose=LOOSE, named=fit_scale(named, name="named"), nobody=fit_scale(nobody, name="nobody"))


def fit_scale(found: Sequence[Sure], *, name: str) -> PlattScaling:
    """The scale under which right and wrong sources are most probable; the tagger's own probability if there are none."""
    if not found:
        return PlattScaling(bias=0.0, weight=1.0)
    odds = np.array([log_odds(one.link.source_probability) for one in found])
    right = np.array([one.right for one in found], dtype=bool)

    def loss(scale: tuple[float, float]) -> float:
        scores = scale[0] + scale[1] * odds
        return float(np.logaddexp(0, np.where(right, -scores, scores)).sum())

    bias, weight = min(product(BIASES, WEIGHTS), key=loss)
    log.info("certainty", of=name, held_out=len(found), right=int(right.sum()), loss=round(loss((bias, weight)), 2))
    return PlattScaling(bias=round(float(bias), 2), weight=round(float(weight), 2))
