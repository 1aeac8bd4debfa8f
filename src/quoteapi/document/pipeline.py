"""The language pipeline: the packaged one, or one that the user names."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from quoteapi.document import encoding as _encoding  # noqa: F401 - registers a component of the packaged pipeline
from quoteapi.document import sentences as _sentences  # noqa: F401 - registers another
from quoteapi.document.tokens import BoundedTokenizer
from quoteapi.errors import WeightsMissingError
from quoteapi.knowledge import entries

KEPT_WORDS = 25_000
"""Different words whose looks a pipeline keeps at hand, for some 20 MB of memory at most."""


def packaged_pipeline() -> Path:
    """Folder of the pipeline that ships inside the package."""
    return Path(__file__).parent.parent / "weights" / "en_quotes"


def load_pipeline(name: str | None = None, *, encoder: Path | None = None, max_length: int = 2_000_000) -> Language:
    """A pipeline ready to read.

    Args:
        name: Path or package name of a spaCy pipeline; None for the packaged one.
        encoder: Folder of the encoder that the packaged pipeline, or one made like it, reads with; the packaged one where None.
        max_length: Characters in a text at most.

    Raises:
        WeightsMissingError: The pipeline is not there.
    """
    try:
        config = {} if encoder is None else {"components.quoteapi_encoder.folder": str(encoder)}
        nlp = spacy.load(name or packaged_pipeline(), config=config)
    except OSError as error:
        raise WeightsMissingError(str(name or packaged_pipeline())) from error
    nlp.max_length = max_length
    add_titles(nlp.tokenizer)
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, nlp.vocab)
    return nlp


def add_titles(tokenizer: Any) -> None:  # noqa: ANN401  spaCy's has no types, and a user's may be anything
    """Make one token of each title before a name that ends in a full stop, as spaCy's own list does for Dr. alone and its like."""
    if hasattr(tokenizer, "add_special_case"):
        for word in sorted(entries("title_abbreviations")):
            tokenizer.add_special_case(f"{word.title()}.", [{"ORTH": f"{word.title()}."}])


def memory_for(nlp: Language, text: str) -> AbstractContextManager[Any]:
    """Where a text is read: the memory of its words is given back at the end, once the vocabulary may hold `KEPT_WORDS`.

    Telling a new word's looks costs more than all else that the tokenizer does, so the words of the first articles are kept.
    """
    return nullcontext() if len(nlp.vocab) + len(text) <= KEPT_WORDS else nlp.memory_zone()
