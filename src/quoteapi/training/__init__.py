"""Training: from raw corpora to the weights that the package ships.

In comes the folder of corpora (`treebanks`, `ner`, `names`, `polnear`), out go the pipeline and the two scorers. Seeds are fixed; two
processes fit the pipeline's two halves at the same time.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from quoteapi.document import load_pipeline
from quoteapi.errors import QuoteapiError

__all__ = ["CorpusMissingError", "Part", "train"]

Part = Literal["all", "pipeline", "attribution"]
CORPORA: dict[Part, tuple[str, ...]] = {
    "pipeline": ("treebanks/ewt", "treebanks/gum", "ner/gmb", "ner/uner-ewt", "names"),
    "attribution": ("polnear/train",),
}
CORPORA["all"] = CORPORA["pipeline"] + CORPORA["attribution"]
GRAMMAR_STEPS, NAMES_STEPS = 4500, 5500


class CorpusMissingError(QuoteapiError):
    """A corpus that the training reads is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"No corpus in {folder}: README.md (Training) says what is read and where it comes from.")


def train(data: Path, output: Path, *, part: Part = "all", steps: int | None = None, version: str = "0.1.0") -> None:
    """Fits the weights and writes them to `output` (`en_quotes/`, `attribution.npz`, `kinds.npz`).

    Args:
        data: The folder of corpora.
        output: A folder; made where it is missing. The part `attribution` reads with the pipeline that lies there, or else with the
            packaged one.
        part: What to fit.
        steps: Steps of the pipeline's halves at most, for a trial run; the settings' own number where None.
        version: The version that the pipeline's meta data carry.

    Raises:
        CorpusMissingError: A corpus is not there.
        NothingToLearnError: The pipeline finds no source of a quote in the articles, as after a trial of a few steps.
    """
    for folder in CORPORA[part]:
        if not (data / folder).is_dir():
            raise CorpusMissingError(data / folder)
    output.mkdir(parents=True, exist_ok=True)
    if part != "attribution":
        fit_pipeline(data, output, steps=steps, version=version)
    if part != "pipeline":
        from quoteapi.training.attribution import train_attribution  # noqa: PLC0415 - the scorers alone need no corpora readers

        own = output / "en_quotes"
        train_attribution(load_pipeline(str(own) if own.exists() else None), data, output)


def fit_pipeline(data: Path, output: Path, *, steps: int | None, version: str) -> None:
    """Fits grammar and names side by side and puts them together in `output/en_quotes`."""
    from quoteapi.training.pipeline import assemble, train_grammar, train_names  # noqa: PLC0415 - needs the extra [train]

    grammar, names = output / "grammar", output / "names"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        halves = [
            pool.submit(train_grammar, data, grammar, max_steps=steps or GRAMMAR_STEPS),
            pool.submit(train_names, data, names, max_steps=steps or NAMES_STEPS),
        ]
        for half in halves:
            half.result()
    assemble(grammar / "model-best", names / "model-best", output / "en_quotes", version=version)
