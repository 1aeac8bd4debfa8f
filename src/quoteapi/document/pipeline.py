"""The language pipeline: the packaged one, or one that the user names."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from quoteapi.document import encoding as _encoding  # noqa: F401 - registers a component of the packaged pipeline
from quoteapi.document import sentences as _sentences  # noqa: F401 - registers another
from quoteapi.document.tokens import WITHOUT_RULES, BoundedTokenizer
from quoteapi.errors import WeightsMissingError
from quoteapi.knowledge import entries
from quoteapi.settings import Model

KEPT_WORDS = 25_000
"""Maximum size of the vocabulary that a pipeline keeps between articles, some 20 MB of memory."""


def packaged_pipeline() -> Path:
    """Returns the folder of the pipeline that ships with the package."""
    return Path(__file__).parent.parent / "weights" / "en_quotes"


def load_pipeline(name: str | None = None, *, model: Model = "small", encoder: Path | None = None, max_length: int = 2_000_000) -> Language:
    """Loads a pipeline.

    Args:
        name: Path or package name of a spaCy pipeline; None for the packaged one.
        model: The upper layers of its encoder; ignored by a pipeline without one.
        encoder: Folder of the encoder for the packaged pipeline, or one built like it; None for the packaged encoder.
        max_length: Maximum length of a text, in characters.

    Raises:
        WeightsMissingError: The pipeline does not exist.
    """
    try:
        config = {} if encoder is None else {"components.quoteapi_encoder.folder": str(encoder)}
        if name is None:
            config["nlp.tokenizer.@tokenizers"] = WITHOUT_RULES
        nlp = spacy.load(name or packaged_pipeline(), config=config)
    except OSError as error:
        raise WeightsMissingError(str(name or packaged_pipeline())) from error
    if "quoteapi_encoder" in nlp.pipe_names:
        component: Any = nlp.get_pipe("quoteapi_encoder")
        component.model = model
    nlp.max_length = max_length
    add_titles(nlp.tokenizer)
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, nlp.vocab)
    return nlp


def add_titles(tokenizer: Any) -> None:  # noqa: ANN401  spaCy's has no types, and a user's may be anything
    """Makes one token of each title before a name that ends in a full stop; spaCy's own list has only Dr. and a few others."""
    if hasattr(tokenizer, "add_special_case"):
        for word in sorted(entries("title_abbreviations")):
            tokenizer.add_special_case(f"{word.title()}.", [{"ORTH": f"{word.title()}."}])


def memory_for(nlp: Language, text: str) -> AbstractContextManager[Any]:
    """Returns the context in which to read a text; it frees the memory of its words if the vocabulary may grow beyond `KEPT_WORDS`.

    Computing the attributes of new words costs more than the rest of the tokenizer, so the words of the first articles are kept.
    """
    return nullcontext() if len(nlp.vocab) + len(text) <= KEPT_WORDS else nlp.memory_zone()
