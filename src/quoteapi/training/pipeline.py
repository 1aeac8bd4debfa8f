"""The packaged pipeline: tokenizer, sentence boundaries, encoder and lemmatizer in one spaCy folder."""

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
"""Infix patterns that split tokens at quotation marks and adjacent punctuation: pages often omit the space there."""


def tokenizing() -> Language:
    """A pipeline that only tokenizes, with the packaged pipeline's rules."""
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *MARKS]).finditer
    return nlp


def assemble(output: Path, *, version: str) -> Language:
    """Builds the packaged pipeline, which uses the packaged encoder unless loaded with another one."""
    nlp = tokenizing()
    nlp.add_pipe("quoteapi_sentences")
    nlp.add_pipe("quoteapi_encoder")
    lemmatizer = cast("Lemmatizer", nlp.add_pipe("lemmatizer", config={"mode": "rule"}))
    lemmatizer.initialize(list, nlp=nlp)
    index = lemmatizer.lookups.get_table("lemma_index")
    for part, forms in list(index.items()):
        index[part] = dict.fromkeys(forms, True)  # keys of a dict: membership in the stored lists is a linear search
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
