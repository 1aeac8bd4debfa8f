"""Ablation: what each part of the engine adds, on the shared gold files and on PolNeAR's dev articles.

    python benchmarks/ablation.py [--shared ../shared] [--full FOLDER] [--free FOLDER] [--only TEXT]

Each row leaves one part out, or one alone, where it is used: nothing is fitted anew. `--full` is a folder of graphs in full precision, as
`quoteapi train` leaves them in `full`, `--free` the encoder that `quoteapi train --no-polnear` gives. Writes
benchmarks/results/ablation.md.
"""

import argparse
import runpy
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from accuracy import GOLD_FILES, GOLD_SCORER, POLNEAR, POLNEAR_SCORER, REPORT, answers_to, commit
from msgspec.structs import replace

from quoteapi.attribution import resolver
from quoteapi.attribution.decoding import decode
from quoteapi.encoder.pieces import PARAGRAPH, SHAPES, PieceCutter, Pieces
from quoteapi.encoder.session import Encoder
from quoteapi.engine import QuoteEngine
from quoteapi.mixing import packaged_mix
from quoteapi.speakers import discourse

Cut = Callable[[PieceCutter, Sequence[str], Iterable[bool]], Pieces]
COLUMNS = ("recall", "precision", "speaker name", "role overlap", "non-speech kept out", "calibration error")


@contextmanager
def changed(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """Attributes with other values for a while."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def without_shapes(cut: Cut) -> Cut:
    """A cutter that tells of paragraphs and missing spaces, and of no token's look."""

    def blind(self: PieceCutter, words: Sequence[str], spaces: Iterable[bool]) -> Pieces:
        pieces = cut(self, words, spaces)
        look = np.where(pieces.shapes % len(SHAPES) == SHAPES.index("mark"), SHAPES.index("mark"), 0)
        shapes = pieces.shapes // PARAGRAPH * PARAGRAPH + pieces.shapes % PARAGRAPH // len(SHAPES) * len(SHAPES) + look
        return Pieces(pieces.ids, shapes, pieces.tokens, pieces.firsts)

    return blind


def counting(*, scorer: float | None = None, encoder: float | None = None) -> tuple[tuple[Any, str, Any], ...]:
    """Other exponents in the mix of sources; those that are None stay."""
    own = packaged_mix()
    told = {"scorer": scorer, "encoder": encoder}
    changes = {name: value for name, value in told.items() if value is not None}
    mix = replace(own, **changes)
    return ((resolver, "packaged_mix", lambda: mix),)


def rows(full: Path | None, free: Path | None) -> Iterator[tuple[str, tuple[tuple[Any, str, Any], ...], Path | None]]:
    """A row's name, what it changes, and the folder of its encoder."""
    deaf = (discourse, "ENCODER", 0.0)
    yield "both, as shipped", (), None
    yield "scorers and rules alone: no pointer, no antecedents", (*counting(encoder=0.0, scorer=1.0), deaf), None
    yield "encoder alone: no scorers", counting(scorer=0.0, encoder=1.0), None
    yield "no antecedents from the encoder", (deaf,), None
    yield "without joint decoding: quote by quote", ((resolver, "decode", partial(decode, beam=1)),), None
    yield "without the case of tokens", ((PieceCutter, "cut", without_shapes(PieceCutter.cut)),), None
    if full is not None:
        yield "full precision", (), full
    if free is not None:
        yield "without PolNeAR: an encoder fitted on open data alone, no scorers", counting(scorer=0.0, encoder=1.0), free


def figures(engine: QuoteEngine, shared: Path) -> Mapping[str, float]:
    """The figures of a row."""
    gold_scorer = runpy.run_path(str(shared / GOLD_SCORER))
    polnear_scorer = runpy.run_path(str(shared / POLNEAR_SCORER))
    golds = [gold for path in GOLD_FILES.values() for gold in gold_scorer["read"](shared / path)]
    found: dict[str, float] = gold_scorer["score"](golds, answers_to(engine, {gold["id"]: gold["text"] for gold in golds}))
    folder = str(shared / POLNEAR)
    texts = {name: text for name, text, _ in polnear_scorer["documents"](folder)}
    sources: dict[str, float] = polnear_scorer["score"](folder, answers_to(engine, texts))
    return found | {name: sources[name] for name in ("recall", "precision")}


def main() -> None:
    """Measure every row and write the table."""
    parser = argparse.ArgumentParser(description="What each part adds, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the scorers and of data/ (default: %(default)s)")
    parser.add_argument("--full", type=Path, help="folder of the encoder's graphs in full precision")
    parser.add_argument("--only", default="", help="measure the rows whose name holds this, and write nothing")
    parser.add_argument("--free", type=Path, help="folder of an encoder that `quoteapi train --no-polnear` fitted")
    options = parser.parse_args()
    if not (options.shared / POLNEAR).exists():
        sys.exit(f"Nothing is measured, because this is missing (see --shared): {options.shared / POLNEAR}")
    lines = [f"| | {' | '.join(COLUMNS)} |", f"| --- |{' ---: |' * len(COLUMNS)}"]
    for name, changes, folder in rows(options.full, options.free):
        if options.only not in name:
            continue
        engine = QuoteEngine()
        if folder is not None:
            engine.nlp.get_pipe("quoteapi_encoder").encoder = engine.encoder = Encoder(folder)
        with changed(*changes):
            measured = figures(engine, options.shared)
        lines.append(f"| {name} | {' | '.join(f'{measured[column]:.3f}' for column in COLUMNS)} |")
        print(lines[-1], flush=True)
    if options.only:
        return
    where = "recall and precision on PolNeAR dev (`score_polnear.py`), the rest on both gold files together (`score_gold.py`)"
    REPORT.with_name("ablation.md").write_text("\n".join([f"Measured at commit {commit()}; {where}.", "", *lines, ""]), encoding="utf8")


if __name__ == "__main__":
    main()
