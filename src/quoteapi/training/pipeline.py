"""The pipeline that ships: tokens, sentence limits, the encoder and lemmas, put together as one spaCy folder."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from quoteapi.document import encoding as _encoding  # noqa: F401 - registers a component
from quoteapi.document import sentences as _sentences  # noqa: F401 - registers another

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer

MARKS = ('["“”«»]', r'(?<=\w)[,.:;?!](?=["“”«»])', '(?<=["“”«»])(?:—|–|--)')
"""Marks that end a token wherever they stand: pages forget the space beside them."""


def tokenizing() -> Language:
    """A pipeline that only cuts a text into tokens, as the packaged one does."""
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *MARKS]).finditer
    return nlp


def assemble(output: Path, *, version: str) -> Language:
    """The packaged pipeline, which reads with the packaged encoder unless it is loaded with another."""
    nlp = tokenizing()
    nlp.add_pipe("quoteapi_sentences")
    nlp.add_pipe("quoteapi_encoder")
    lemmatizer = cast("Lemmatizer", nlp.add_pipe("lemmatizer", config={"mode": "rule"}))
    lemmatizer.initialize(list, nlp=nlp)
    index = lemmatizer.lookups.get_table("lemma_index")
    for part, forms in list(index.items()):
        index[part] = dict.fromkeys(forms, True)  # a list, as which the forms are stored, is looked through from its beginning
    nlp.meta.update(
        name="quotes",
        version=version,
        description="Tags, dependencies, lemmas, sentence limits and names of English news, for quoteapi.",
        license="CC-BY-SA-4.0",
        author="quoteapi",
        sources=[
            {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
            {"name": "UD English PUD", "license": "CC BY-SA 3.0"},
            {"name": "GUM (open genres)", "license": "CC BY 4.0"},
            {"name": "Groningen Meaning Bank (names)", "license": "public-domain texts"},
            {"name": "Universal NER over EWT", "license": "CC BY-SA 4.0"},
            {"name": "MiniLM (all-MiniLM-L6-v2)", "license": "Apache 2.0"},
        ],
    )
    shutil.rmtree(output, ignore_errors=True)
    nlp.to_disk(output)
    return nlp
