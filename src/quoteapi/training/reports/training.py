"""The training of reported speech as a whole: cases, the fit, the graphs, how sure they are."""

from collections.abc import Sequence
from itertools import product
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
from quoteapi.reports.certainty import Certainty, Scale, log_odds
from quoteapi.training.attribution import Read, read_articles
from quoteapi.training.polnear import Attributed, articles, fitted_on, held_out, share
from quoteapi.training.reports.cases import ReportCase, report_cases
from quoteapi.training.reports.export import export
from quoteapi.training.reports.fit import Settings, fit
from quoteapi.training.reports.lessons import lessons, newswire
from quoteapi.training.reports.start import from_graphs

__all__ = ["train_reports"]

FITS = (
    Settings(epochs=6, stop=3),
    Settings(epochs=5, batch=3000, rate=1.2e-4, head_rate=8e-4, warmup=50, seed=21),
    Settings(epochs=9, batch=3000, rate=1e-4, lower_rate=6e-5, head_rate=4e-4, hidden=0.05, warmup=60, seed=31),
)
"""Half a fit of the upper layers with high rates, a warm restart (Loshchilov and Hutter 2017) with lower ones, then all layers."""
TEACHER = Settings(epochs=3, batch=3000, rate=7e-5, head_rate=7e-4, hidden=0.05, warmup=100, seed=41)
"""MPNet's upper layers: three epochs, after which it tells more than the smaller network after any number of them."""
TAUGHT = Settings(epochs=2, batch=3000, rate=1e-4, lower_rate=6e-5, head_rate=3e-4, hidden=0.03, warmup=60, seed=61)
"""All layers again, on what is annotated and what the teacher says."""
SEED, LESSONS_SEED = 20, 51
COVERED = 0.5
"""The share of a content above which it is one with an annotated content."""
LEAST, LOOSE = 0.65, 0.8
"""The probability of a content's tags from which it is given: of clauses that are handed over nine in ten are right, of others half."""
BIASES, WEIGHTS = np.linspace(-2, 2, 81), np.linspace(0, 2, 81)
"""The values that are tried for a scale."""

log = structlog.get_logger()


class Sure(Struct, frozen=True):
    """A content that the tagger found, and whether its source, or that it has none, is what is annotated."""

    link: Linked
    right: bool


def train_reports(nlp: Language, data: Path, output: Path, *, steps: int | None = None, mpnet: Path | None = None) -> None:
    """Fits the tagger on PolNeAR and writes `encoder/reports.onnx`, `encoder/links.onnx` and `reports.json` to `output`.

    The weights in full precision are left there, too, as `reports.pt`.

    The first weights of the layers are those of the encoder that the pipeline reads with.

    Args:
        nlp: Reads the articles; the states are those of its encoder.
        data: The folder of corpora.
        output: The folder of weights.
        steps: Steps of each fit at most, for a trial run.
        mpnet: MPNet's weights: a teacher of that size is fitted first, and what it says of newswire is fitted on, too.
    """
    found = list(articles(data / "polnear" / "train"))
    encoder = encoder_of(nlp)
    cases = list(report_cases(nlp, encoder, fitted_on(found)))
    log.info("windows", fit=len(cases))
    torch.manual_seed(SEED)
    network = from_graphs(encoder.folder)
    for settings in FITS:
        fit(network, cases, encoder.cutter.mask, settings=settings, steps=steps, checkpoint=output / "reports.pt")
    if mpnet is not None:
        told = taught(nlp, encoder, cases, data, mpnet, steps=steps)
        fit(network, [*cases, *told], encoder.cutter.mask, settings=TAUGHT, steps=steps, checkpoint=output / "reports.pt")
    (output / "encoder").mkdir(parents=True, exist_ok=True)
    export(network, output / "encoder")
    reading = Encoder(encoder.folder, reports=output / "encoder")
    unseen = [sure for case in read_articles(nlp, held_out(found)) for sure in judged(case, reading)]
    (output / "reports.json").write_bytes(msgspec.json.encode(fit_certainty(unseen)))


def taught(  # noqa: PLR0913 - keyword-only options of a run
    nlp: Language, encoder: Encoder, cases: Sequence[ReportCase], data: Path, mpnet: Path, *, steps: int | None
) -> list[ReportCase]:
    """What a teacher, fitted on the cases, says of newswire that nobody has annotated."""
    from quoteapi.training.reports.teacher import Teacher  # noqa: PLC0415 - transformers takes seconds to import

    torch.manual_seed(TEACHER.seed)
    teacher = Teacher(mpnet, encoder.folder / VOCABULARY)
    fit(teacher, cases, encoder.cutter.mask, settings=TEACHER, steps=steps)
    unread = list(newswire(data / "ner" / "gmb" / "ner_dataset.csv"))
    windows = list(report_cases(nlp, encoder, unread if steps is None else unread[:steps]))
    log.info("windows", taught=len(windows))
    return list(lessons(teacher, windows, LESSONS_SEED))


def judged(case: Read, encoder: Encoder) -> list[Sure]:
    """The contents of an article that are annotated, too."""
    found = []
    for link in tag(case.doc, case.quotes, encoder):
        place = stretch(case, link.content.start, link.content.end)
        attribution = next((one for one in case.article.attributions if share(place, one.content) > COVERED), None)
        if attribution is not None:
            found.append(Sure(link, is_right(case, link, attribution)))
    return found


def is_right(case: Read, link: Linked, attribution: Attributed) -> bool:
    """Whether a content's source stands in the annotated one, or neither has one."""
    if link.source is None or not attribution.source:
        return link.source is None and not attribution.source
    return share(stretch(case, link.source.start, link.source.end), attribution.source) > COVERED


def stretch(case: Read, start: int, end: int) -> Chars:
    """Where tokens stand in the raw text."""
    return case.places[start][0], case.places[end - 1][1]


def fit_certainty(found: Sequence[Sure]) -> Certainty:
    """How sure the contents are that are given."""
    given = [one for one in found if one.link.content.probability >= LEAST]
    named, nobody = ([one for one in given if (one.link.source is None) is absent] for absent in (False, True))
    return Certainty(least=LEAST, loose=LOOSE, named=fit_scale(named, name="named"), nobody=fit_scale(nobody, name="nobody"))


def fit_scale(found: Sequence[Sure], *, name: str) -> Scale:
    """The scale under which what is right and what is wrong are most probable; the tagger's own where there are none."""
    if not found:
        return Scale(bias=0.0, weight=1.0)
    odds = np.array([log_odds(one.link.source_probability) for one in found])
    right = np.array([one.right for one in found], dtype=bool)

    def loss(scale: tuple[float, float]) -> float:
        scores = scale[0] + scale[1] * odds
        return float(np.logaddexp(0, np.where(right, -scores, scores)).sum())

    bias, weight = min(product(BIASES, WEIGHTS), key=loss)
    log.info("certainty", of=name, held_out=len(found), right=int(right.sum()), loss=round(loss((bias, weight)), 2))
    return Scale(bias=round(float(bias), 2), weight=round(float(weight), 2))
