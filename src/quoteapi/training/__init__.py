"""Training: from raw corpora to the weights in the package.

Input is the folder of corpora; output are both models of the encoder, the pipeline around it and the tagger of reported speech. Seeds are
fixed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from quoteapi.document import load_pipeline
from quoteapi.encoder.session import packaged_folder
from quoteapi.errors import QuoteapiError

__all__ = ["CorpusMissingError", "MpnetMissingError", "Part", "train"]

Part = Literal["all", "encoder", "marked", "reports", "base", "roles", "confidence"]
POLNEAR = "polnear/train"
NEWSWIRE = "ner/gmb"
MARKED = "news"
CORPORA: dict[Part, tuple[str, ...]] = {
    "encoder": (
        "treebanks/ewt",
        "treebanks/gum",
        "treebanks/pud",
        NEWSWIRE,
        "ner/uner-ewt",
        "names",
        "coref/gap",
        "coref/litbank/conll",
        "coref/litbank/quotations",
        POLNEAR,
    ),
    "marked": (MARKED,),
    "reports": (POLNEAR, NEWSWIRE),
    "base": (MARKED,),
    "roles": (MARKED,),
    "confidence": (MARKED,),
}
CORPORA["all"] = (*CORPORA["encoder"], MARKED)


class MpnetMissingError(QuoteapiError):
    """The weights from which the tagger of reported speech is trained are not given."""

    def __init__(self) -> None:
        super().__init__("Reported speech is fitted from MPNet's weights: name their folder (--mpnet). docs/train.md says how to get them.")


class CorpusMissingError(QuoteapiError):
    """A corpus that the training needs is missing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"No corpus in {folder}: docs/train.md says what is read and where it comes from.")


def train(  # noqa: PLR0913 - keyword-only options of a run
    data: Path,
    output: Path,
    *,
    part: Part = "all",
    polnear: bool = True,
    steps: int | None = None,
    mpnet: Path | None = None,
    more: Sequence[Path] = (),
    passages: Path | None = None,
    version: str = "0.4.0",
) -> None:
    """Trains the weights and writes them to `output`.

    These are `encoder/`, `en_quotes/`, `reports.json`, `roles.json` and `confidence.json`, depending on `part`.

    Args:
        data: The folder of corpora.
        output: A folder; created if missing. The part `marked` continues from the encoder in it, or else from the packaged one; `reports`
            reads the articles with that encoder; `base` begins with the graphs of reported speech in it, or else the packaged ones; `roles`
            and `confidence` are fitted with the packaged weights.
        part: The part to train.
        polnear: Whether to train on PolNeAR, whose data has no licence. Without it, `all` leaves out reported speech and `base`, and
            fiction alone has annotated sources.
        steps: Maximum number of training steps of each network, for a trial run; None for the full number.
        mpnet: A folder of MPNet's weights, from which the tagger of reported speech is trained.
        more: Files of annotated news (`corpus/marked-more.jsonl.gz`, joined to its texts): for the parts `marked` and `base` besides that
            in `data`, for `roles` and `confidence` instead of it.
        passages: Annotated passages for the same parts, besides the news (`corpus/passages.jsonl.gz`).
        version: The version in the pipeline's metadata.

    Raises:
        CorpusMissingError: A corpus is missing.
        MpnetMissingError: Reported speech is to be trained, and `mpnet` is None.
    """
    for folder in CORPORA[part]:
        if not (data / folder).is_dir() and (polnear or folder != POLNEAR):
            raise CorpusMissingError(data / folder)
    reports = polnear and part in {"all", "reports"}
    if reports and mpnet is None:
        raise MpnetMissingError
    output.mkdir(parents=True, exist_ok=True)
    if part in {"all", "encoder"}:
        from quoteapi.training.encoder.training import train_encoder  # noqa: PLC0415 - needs the extra [train]
        from quoteapi.training.pipeline import assemble  # noqa: PLC0415 - the same

        train_encoder(data, output / "encoder", polnear=polnear, steps=steps)
        assemble(output / "en_quotes", version=version)
    own = output / "encoder"
    encoder = own if (own / "lower.onnx").exists() else None
    if part in {"all", "marked"}:
        from quoteapi.training.encoder.training import continue_training  # noqa: PLC0415 - needs the extra [train]

        continue_training(data, encoder or packaged_folder(), own, more=more, passages=passages, steps=steps)
    if part in {"roles", "confidence"}:
        fit_last(part, more or [data / "news" / f"marked-{'train' if part == 'roles' else 'dev'}.jsonl.gz"], output)
    if reports and mpnet is not None:
        from quoteapi.training.reports.training import train_reports  # noqa: PLC0415 - needs the extra [train]

        train_reports(load_pipeline(encoder=encoder), data, output, mpnet=mpnet, steps=steps)
    if part == "base" or (reports and part == "all"):
        from quoteapi.training.base.training import train_base  # noqa: PLC0415 - needs the extra [train]

        files = [data / "news" / "marked-train.jsonl.gz", *more, *([passages] if passages else [])]
        body = own if (own / "body.onnx").exists() else packaged_folder()
        train_base(files, output, encoder=encoder or packaged_folder(), reports=body, steps=steps)


def fit_last(part: Part, files: Sequence[Path], output: Path) -> None:
    """Fits the choice of roles or the confidence on annotated articles, with all other weights as packaged."""
    from quoteapi.training.confidence import fit_confidence  # noqa: PLC0415 - only this part loads the engine
    from quoteapi.training.roles import fit_roles  # noqa: PLC0415 - the same

    (fit_roles if part == "roles" else fit_confidence)(files, output)
