"""The document: the reading text as a spaCy `Doc` with tags, dependencies, lemmas, names and sentences.

Takes a text; returns a `Doc` whose text is exactly that text.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoteapi.document.pipeline import load_pipeline, memory_for, packaged_pipeline

__all__ = ["load_pipeline", "memory_for", "packaged_pipeline"]


def __getattr__(name: str) -> object:
    """Import the pipeline's functions on first use, because comparing names does not need spaCy."""
    if name in __all__:
        return getattr(import_module("quoteapi.document.pipeline"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
