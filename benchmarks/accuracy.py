"""Accuracy: the engine's answers on shared corpora, scored by the corpora's own scripts.

    python benchmarks/accuracy.py [--shared ../shared] [--pipeline PATH] [--answers FOLDER]

Writes benchmarks/results/accuracy.md and, next to other systems, a few of its figures into the README. The corpora are not part of this
project: PolNeAR's text may not be redistributed. If they are missing, the script lists the paths that it looked for and writes nothing.
"""

import argparse
import os
import runpy
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "benchmarks" / "results" / "accuracy.md"
MARKERS = ("<!-- accuracy -->", "<!-- /accuracy -->")

GOLD_SCORER, POLNEAR_SCORER = "score_gold.py", "score_polnear.py"
GOLD_FILES = {"wikinews-dev": "data/gold/wikinews-dev.jsonl", "polnear-dev": "data/gold/polnear-dev.jsonl"}
POLNEAR = "data/polnear/dev"

PEERS = {
    "BBC Citron, nearly all of it refitted on PolNeAR's training articles": (0.75, 0.90, 0.82),
    "BBC Citron, its missing model of cues refitted": (0.62, 0.92, 0.74),
    "textacy, `direct_quotations`, a paragraph at a time": (0.63, 0.88, 0.73),
    "GenderGapTracker's extractor": (0.57, 0.88, 0.69),
    "textacy, a whole article at a time": (0.26, 0.55, 0.35),
}
"""Recall, precision and F1 of other systems on PolNeAR's dev articles by the same script; measured once, before this project began.

All used one small pipeline trained on open treebanks, with its labels mapped in GenderGapTracker's favour.
"""

GOALS = {
    "gold": {
        "non-speech kept out": 0.85,
        "speaker name": 0.94,
        "speaker name, lenient": 0.95,
        "role exact": 0.85,
        "role overlap": 0.92,
        "role rightly empty": 0.92,
        "calibration error": 0.05,
    },
    "polnear": {"exact": 0.97, "recall": 0.94, "precision": 0.94},
}
"""The goals, for both gold files together."""


def main() -> None:
    """Read every corpus, score the answers, write the table."""
    parser = argparse.ArgumentParser(description="Accuracy on the shared corpora, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the scorers and of data/ (default: %(default)s)")
    parser.add_argument("--pipeline", help="another spaCy pipeline than the packaged one")
    parser.add_argument("--answers", type=Path, help="folder to keep the answers in, for quoteapi evaluate --results FILE --errors")
    options = parser.parse_args()
    needed = [options.shared / path for path in (GOLD_SCORER, POLNEAR_SCORER, *GOLD_FILES.values(), POLNEAR)]
    if missing := [path for path in needed if not path.exists()]:
        sys.exit("Nothing is measured, because these are missing (see --shared):\n" + "\n".join(f"  {path}" for path in missing))

    engine = QuoteEngine(options.pipeline)
    gold_scorer = runpy.run_path(str(options.shared / GOLD_SCORER))
    polnear_scorer = runpy.run_path(str(options.shared / POLNEAR_SCORER))
    began = perf_counter()
    words = 0
    all_golds: list[Any] = []
    all_answers: dict[str, Any] = {}
    gold_figures: dict[str, Mapping[str, float]] = {}
    for name, path in GOLD_FILES.items():
        golds = gold_scorer["read"](options.shared / path)
        answers = answers_to(engine, {gold["id"]: gold["text"] for gold in golds})
        gold_figures[name] = gold_scorer["score"](golds, answers)
        keep(options.answers, f"gold-{name}", answers.values())
        all_golds += golds
        all_answers |= answers
        words += sum(len(gold["text"].split()) for gold in golds)
    gold_figures["both"] = gold_scorer["score"](all_golds, all_answers)
    folder = str(options.shared / POLNEAR)
    texts = {name: text for name, text, _ in polnear_scorer["documents"](folder)}
    answers = answers_to(engine, texts)
    polnear_figures = {"polnear/dev": polnear_scorer["score"](folder, answers)}
    keep(options.answers, "polnear-dev", answers.values())
    words += sum(len(text.split()) for text in texts.values())
    speed = words / (perf_counter() - began)

    command = " ".join(os.path.relpath(word) if Path(word).is_absolute() else word for word in sys.argv)
    how = f"Measured on {datetime.now(UTC).date()} at commit {commit()} by `python {command}`"
    body = "\n".join(
        [
            f"{how}, {words:,} words at {speed:,.0f} words a second on one process.",
            "",
            *table("Gold quotes (`score_gold.py`)", gold_figures, GOALS["gold"]),
            "",
            *table("PolNeAR, stretches between marks (`score_polnear.py`)", polnear_figures, GOALS["polnear"]),
        ]
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(f"# Accuracy\n\n{body}\n", encoding="utf-8")
    put_between_markers(ROOT / "README.md", beside_others(polnear_figures["polnear/dev"], gold_figures["both"]))
    print(body)


def answers_to(engine: QuoteEngine, texts: Mapping[str, str]) -> dict[str, Any]:
    """The engine's answers by article id, as plain objects."""
    return {key: msgspec.to_builtins(engine.extract(Article(text=text, id=key, include=["other"]))) for key, text in texts.items()}


def keep(folder: Path | None, name: str, answers: Iterable[Answer]) -> None:
    """Write the answers as JSON lines if a folder for them is given."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(answers))


def commit() -> str:
    """The commit of the working tree, and whether the package's source differs from it."""
    git = ["git", "-C", str(ROOT)]
    name = subprocess.run([*git, "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - fixed arguments
    differs = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "src"], check=False).returncode  # noqa: S603 - fixed arguments
    return f"{name} with changes" if differs else name


def table(title: str, figures: Mapping[str, Mapping[str, float]], goals: Mapping[str, float]) -> list[str]:
    """Markdown lines: a row per figure, a column per corpus, and the goals."""
    rows = [f"| {title} | {' | '.join(figures)} | goal |", "| --- |" + " ---: |" * (len(figures) + 1)]
    for key in next(iter(figures.values())):
        cells = [f"{value:.3f}" if isinstance(value := column[key], float) else str(value) for column in figures.values()]
        rows.append(f"| {key} | {' | '.join(cells)} | {f'{goals[key]:.2f}' if key in goals else ''} |")
    return rows


def beside_others(sources: Mapping[str, float], names: Mapping[str, float]) -> str:
    """How well quoteapi attributes quotes compared with other systems, and its full names and roles, for the README."""
    systems = {"**quoteapi**": tuple(f"{sources[key]:.3f}" for key in ("recall", "precision", "F1"))}
    systems |= {name: tuple(f"{value:.2f}" for value in values) for name, values in PEERS.items()}
    rows = [f"| {name} | {' | '.join(values)} |" for name, values in systems.items()]
    told = (
        f"Of {names['quotes']} quotes in two gold files, quoteapi finds {names['found']:.3f}, names the speaker in full for"
        f" {names['speaker name']:.3f} and gives the right role for {names['role overlap']:.3f}; its confidence is off by"
        f" {names['calibration error']:.3f} on average."
    )
    return "\n".join(["| whose quote is it? | recall | precision | F1 |", "| --- | ---: | ---: | ---: |", *rows, "", told])


def put_between_markers(path: Path, body: str) -> None:
    """Replace the text between the accuracy markers of a Markdown file."""
    opening, closing = MARKERS
    before, rest = path.read_text(encoding="utf-8").split(opening)
    _, after = rest.split(closing)
    path.write_text(f"{before}{opening}\n{body}\n{closing}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
