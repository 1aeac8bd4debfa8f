"""The fit of the confidence: a logistic regression on marked articles that no other fit saw."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import structlog

from quoteapi.answer.composer import evidence_at
from quoteapi.answer.confidence import Calibration
from quoteapi.answer.verdicts import verdicts_of
from quoteapi.engine import QuoteEngine
from quoteapi.speakers.authority import name_key
from quoteapi.structs import Article
from quoteapi.training.marked import MarkedArticle, read_marked

log = structlog.get_logger()
DECAY = 1.0
"""How strongly weights are drawn towards those of the stages' own probability: log-odds 1, all else 0."""
STEPS = 50

Told = tuple[dict[str, float], bool]


def fit_confidence(data: Path, output: Path) -> None:
    """Fits the weights on marked development articles and writes them to `output` (`confidence.json`).

    Args:
        data: The folder of corpora.
        output: A folder.
    """
    engine = QuoteEngine(detect_language=False)
    told = [one for article in read_marked(data / "news" / "marked-dev.jsonl.gz") for one in judged(article, engine)]
    calibration = fit(told)
    log.info("confidence", quotes=len(told), right=sum(right for _, right in told), weights=dict(calibration.weights))
    (output / "confidence.json").write_bytes(msgspec.json.encode(calibration))


def judged(article: MarkedArticle, engine: QuoteEngine) -> Iterator[Told]:
    """What the regression looks at for each quote with a speaker, and whether that is right."""
    found = engine.find(Article(text=article.text))
    for number, verdict in enumerate(verdicts_of(found.attributions, found.speakers, min_confidence=0.0)):
        start, end = found.reading.to_source(*found.quotes[number].spans[0])
        marked = next((one for one in article.quotes if one.start < end and start < one.end), None)
        if verdict.speaker is None or marked is None or not marked.speakers:
            continue
        gold = [article.entities[key] for key in marked.speakers]
        name = " and ".join(entity.name for entity in gold)
        given, marked_words = set(name_key(found.speakers[verdict.speaker].name)), set(name_key(name))
        right = bool(given & marked_words) and (given <= marked_words or marked_words <= given)
        yield evidence_at(found, number, verdict.speaker, verdict.confidence), right


def fit(told: Sequence[Told]) -> Calibration:
    """The weights under which what is right is most probable, by Newton's method with steps that never lose."""
    names = sorted({name for evidence, _ in told for name in evidence})
    rows = np.array([[evidence.get(name, 0.0) for name in names] for evidence, _ in told])
    right = np.array([float(one) for _, one in told])
    prior = np.array([float(name == "log-odds") for name in names])
    weights = np.zeros(len(names))

    def cost(tried: np.ndarray) -> float:
        return float(np.logaddexp(0, np.where(right > 0, -1, 1) * (rows @ tried)).sum() + DECAY * ((tried - prior) ** 2).sum() / 2)

    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-np.clip(rows @ weights, -50, 50)))
        gradient = rows.T @ (odds - right) + DECAY * (weights - prior)
        curvature = (rows * (odds * (1 - odds))[:, None]).T @ rows + DECAY * np.eye(len(names))
        step = np.linalg.solve(curvature, gradient)
        size = next((size for size in 0.5 ** np.arange(20) if cost(weights - size * step) <= cost(weights)), 0.0)
        weights = weights - size * step
    return Calibration({name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)})
