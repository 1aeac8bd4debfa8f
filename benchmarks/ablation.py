"""Ablation: what each part of the engine contributes, on annotated news articles.

    python benchmarks/ablation.py [--shared ../shared] [--full FOLDER] [--only TEXT]

Each row disables one part when the engine runs; nothing is retrained. A star marks a difference from the whole engine beyond chance: its
95% bootstrap interval over articles excludes zero. `--full` is a folder of graphs in full precision, as `quoteapi train` writes them to
`full`. Writes benchmarks/results/ablation.md.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from marked import FIGURES, MARKED, RESULTS, Measured, commit, counted, drawn, interval

from quoteapi import engine as stages
from quoteapi.attribution import resolver
from quoteapi.encoder.pieces import PARAGRAPH, SHAPES, PieceCutter, Pieces
from quoteapi.encoder.session import Encoder
from quoteapi.engine import QuoteEngine
from quoteapi.quotes import kinds
from quoteapi.roles import candidates, finder
from quoteapi.speakers import antecedents, coreference
from quoteapi.training.marked import MarkedArticle, read_marked

Cut = Callable[[PieceCutter, Sequence[str], Iterable[bool]], Pieces]
Change = tuple[Any, str, Any]
"""An owner, the name of its attribute, and the attribute's value in a row."""
COLUMNS = ("detection F1", "non-speech kept out", "speaker name", "role exact", "role rightly empty", "chains, B³ F1")


@contextmanager
def changed(*changes: Change) -> Iterator[None]:
    """Temporarily gives attributes other values."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def without_shapes(cut: Cut) -> Cut:
    """A cutter that keeps paragraph starts and missing spaces but hides the shape of tokens."""

    def blind(self: PieceCutter, words: Sequence[str], spaces: Iterable[bool]) -> Pieces:
        pieces = cut(self, words, spaces)
        look = np.where(pieces.shapes % len(SHAPES) == SHAPES.index("mark"), SHAPES.index("mark"), 0)
        shapes = pieces.shapes // PARAGRAPH * PARAGRAPH + pieces.shapes % PARAGRAPH // len(SHAPES) * len(SHAPES) + look
        return Pieces(pieces.ids, shapes, pieces.tokens, pieces.firsts)

    return blind


def rows(full: Path | None) -> Iterator[tuple[str, tuple[Change, ...], Path | None]]:
    """The name of each row, its changes, and the folder of its encoder."""
    yield "everything", (), None
    yield "names of the lower layers, not the tagged ones", ((stages, "set_names", lambda _doc, _told: None),), None
    yield "no kinds: all words in marks are speech", ((kinds, "SPEECH_THRESHOLD", -1.0),), None
    yield "no modality: negated and supposed speech counts as speech", ((kinds, "modality_of_words", lambda *_, **__: "asserted"),), None
    yield "no sources named by the page: labels, signatures, markup", ((resolver, "page_source", lambda _number, _scene: None),), None
    yield "no antecedents: names alone", ((coreference, "resolve_antecedent", lambda *_: (None, 1.0)),), None
    yield "indefinite noun phrases stand for somebody known, too", ((antecedents, "is_definite", lambda *_: True),), None
    yield "no constructions: roles from tags alone", ((candidates, "constructed_candidates", lambda *_: []),), None
    yield "the longest description for the role", ((finder, "ranked", longest_first),), None
    yield "no case of tokens", ((PieceCutter, "cut", without_shapes(PieceCutter.cut)),), None
    if full is not None:
        yield "full precision", (), full


def longest_first(candidates: Sequence[Any], _kind: str) -> list[tuple[float, Any]]:
    """The descriptions, longest first."""
    return sorted(((1.0, one) for one in candidates), key=lambda one: -one[1].words)


def measure(engine: QuoteEngine, articles: Sequence[MarkedArticle]) -> Measured:
    """The counts of each article."""
    return Measured("", "", "", 0, {one.id: dict(counted(engine, one)) for one in articles})


def cells(whole: Measured, part: Measured) -> Iterator[str]:
    """The figures of a row, with a star if they differ from the whole engine's by more than chance."""
    keys = sorted(whole.articles)
    before, after = drawn(whole, keys), drawn(part, keys)
    for figure in FIGURES:
        if figure.name in COLUMNS:
            values = figure.value(after)
            low, high = interval(values - figure.value(before))
            yield f"{values[0]:.3f}{'' if low <= 0 <= high else ' *'}"


def main() -> None:
    """Measure every row and write the table."""
    parser = argparse.ArgumentParser(description="What each part adds, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    parser.add_argument("--full", type=Path, help="folder of the encoder's graphs in full precision")
    parser.add_argument("--only", default="", help="besides the whole engine, measure the rows whose name holds this, and write nothing")
    options = parser.parse_args()
    path = options.shared / MARKED
    if not path.exists():
        sys.exit(f"Nothing is measured: {path} is missing (see --shared).")
    articles = list(read_marked(path))
    lines = [f"| | {' | '.join(COLUMNS)} |", f"| --- |{' ---: |' * len(COLUMNS)}"]
    whole: Measured | None = None
    for name, changes, folder in rows(options.full):
        if whole is not None and options.only not in name:
            continue
        engine = QuoteEngine()
        if folder is not None:
            engine.nlp.get_pipe("quoteapi_encoder").encoder = engine.encoder = Encoder(folder)
        with changed(*changes):
            measured = measure(engine, articles)
        whole = whole or measured
        lines.append(f"| {name} | {' | '.join(cells(whole, measured))} |")
        print(lines[-1], flush=True)
    if options.only:
        return
    told = f"Measured at commit {commit()} on {len(articles)} articles of `{path.name}`. A star: the difference exceeds chance."
    (RESULTS / "ablation.md").write_text("\n".join([told, "", *lines, ""]), encoding="utf8")


if __name__ == "__main__":
    main()
