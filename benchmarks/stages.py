"""Stages: the engine's time by stage, in the encoder's kernels, and compared with bare ONNX Runtime sessions.

    python benchmarks/stages.py [--articles ../shared/data/articles/wikinews.jsonl] [--limit 60] [--repeats 5] [--write]

Measures CPU seconds of one core, so that other load on the machine matters little. In every repeat the engine reads all articles, then its
encoder alone does (the component and the pointing), then the sessions are run on the encoder's inputs; ratios are taken within a repeat,
and medians are reported. With --write, the table also goes to benchmarks/results/stages.md.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from quoteapi.answer import compose
from quoteapi.document import memory_for
from quoteapi.encoder import point
from quoteapi.engine import QuoteEngine
from quoteapi.quotes import find_quotes
from quoteapi.structs import Article
from quoteapi.text import read
from quoteapi.timing import Stopwatch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc

ROOT = Path(__file__).parents[1]
OWN_ARTICLE = ROOT / "tests" / "articles" / "harbour.txt"
RESULTS = Path(__file__).parent / "results" / "stages.md"


class Recorder:
    """A session that counts its seconds, and records its inputs while `kept` is a list."""

    def __init__(self, session: "InferenceSession") -> None:
        self.session = session
        self.seconds = 0.0
        self.kept: list[Mapping[str, Any]] | None = None

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[Any]:
        """The session's outputs."""
        if self.kept is not None:
            self.kept.append(inputs)
        began = process_time()
        found: list[Any] = self.session.run(names, inputs)
        self.seconds += process_time() - began
        return found


class Round(Struct, frozen=True):
    """The seconds of a repeat: of each stage, in the sessions meanwhile, of the encoder alone, and of the bare sessions."""

    stages: Mapping[str, float]
    kernels: float
    encoder: float
    bare: float


def main() -> None:
    """Measure and print one Markdown table."""
    parser = argparse.ArgumentParser(description="The engine's time by stage and beside bare sessions, as a Markdown table.")
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the article in tests/articles, over and over)")
    parser.add_argument("--limit", type=int, default=60, help="articles read (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="rounds (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write the table to {RESULTS.relative_to(ROOT)}, too")
    options = parser.parse_args()
    texts = articles(options.articles, options.limit)
    engine = QuoteEngine()
    recorders = {name: Recorder(session) for name, session in engine.encoder._graphs.items()}  # noqa: SLF001 - to measure its sessions
    engine.encoder._graphs = recorders  # noqa: SLF001 - the same
    by_stage(engine, texts)  # fills the caches of words and wordpieces
    rounds = [one_round(engine, texts, recorders) for _ in range(options.repeats)]
    named = "" if options.articles is None else f" --articles {options.articles}"
    command = f"python benchmarks/stages.py{named} --limit {options.limit} --repeats {options.repeats}"
    report = f"Measured by `{command}`.\n\n{table(texts, rounds)}"
    print(report)
    if options.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def articles(path: Path | None, limit: int) -> list[str]:
    """The articles' texts; without a file, the project's own article `limit` times."""
    if path is None:
        return [OWN_ARTICLE.read_text(encoding="utf-8")] * limit
    if not path.exists():
        sys.exit(f"No articles at {path}: name a file of JSON lines with a text each, or leave --articles out.")
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file if line.strip()][:limit]


def one_round(engine: QuoteEngine, texts: Sequence[str], recorders: Mapping[str, Recorder]) -> Round:
    """One measurement of everything."""
    for recorder in recorders.values():
        recorder.seconds = 0.0
    stages = by_stage(engine, texts)
    kernels = sum(recorder.seconds for recorder in recorders.values())
    for recorder in recorders.values():
        recorder.kept = []
    encoder = sum(encoder_alone(engine, text) for text in texts)
    bare = sum(bare_sessions(recorder) for recorder in recorders.values())
    return Round(stages, kernels, encoder, bare)


def by_stage(engine: QuoteEngine, texts: Sequence[str]) -> Counter[str]:
    """The engine's seconds for all texts, by stage."""
    found: Counter[str] = Counter()
    for text in texts:
        article, watch = Article(text=text), Stopwatch(process_time)
        with memory_for(engine.nlp, text):
            compose(article, engine.find(article, watch), min_confidence=engine.min_confidence)
        watch.lap("answer")
        found.update(watch.laps)
    return found


def encoder_alone(engine: QuoteEngine, text: str) -> float:
    """The seconds of the encoder's own code for a text: from windows to grammar, states and sources."""
    reading = read(text)
    quotes = find_quotes(reading.text)
    if not quotes:
        return 0.0
    with memory_for(engine.nlp, text):
        doc = engine.nlp.make_doc(reading.text)
        pipeline: list[tuple[str, Callable[[Doc], Doc]]] = engine.nlp.pipeline
        position = engine.nlp.pipe_names.index("quoteapi_encoder")
        for _, pipe in pipeline[:position]:
            doc = pipe(doc)
        began = process_time()
        point(pipeline[position][1](doc), quotes, engine.encoder)
        return process_time() - began


def bare_sessions(recorder: Recorder) -> float:
    """The seconds of a session alone on the recorded inputs, which are then dropped."""
    kept, recorder.kept = recorder.kept or [], None
    began = process_time()
    for inputs in kept:
        recorder.session.run(None, inputs)
    return process_time() - began


def table(texts: Sequence[str], rounds: Sequence[Round]) -> str:
    """The measurements, as Markdown."""
    words = sum(len(text.split()) for text in texts)
    totals = [sum(one.stages.values()) for one in rounds]
    lines = [
        f"{len(texts)} articles, {words:,} words, {len(rounds)} rounds, one core: {words / median(totals):,.0f} words a second.",
        "",
        "| stage | share of the time | CPU seconds per 1,000 words |",
        "| --- | ---: | ---: |",
    ]
    for stage in rounds[0].stages:
        seconds = [one.stages[stage] for one in rounds]
        share = median(own / total for own, total in zip(seconds, totals, strict=True))
        lines.append(f"| {stage} | {share:.1%} | {1000 * median(seconds) / words:.4f} |")
    kernels = [one.kernels for one in rounds]
    inside = median(own / total for own, total in zip(kernels, totals, strict=True))
    beside = median(one.encoder / one.bare for one in rounds)
    return "\n".join(
        [
            *lines,
            f"| all | 100.0% | {1000 * median(totals) / words:.4f} |",
            f"| of that, inside the encoder's kernels | {inside:.1%} | {1000 * median(kernels) / words:.4f} |",
            "",
            f"The encoder takes {beside:.2f} times the time of its bare ONNX Runtime sessions on the same windows.",
        ]
    )


if __name__ == "__main__":
    main()
