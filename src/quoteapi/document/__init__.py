"""The document: the reading text as a spaCy `Doc` with tags, dependencies, lemmas, names and sentences.

Takes a text; returns a `Doc` whose text is exactly that text.
"""

from quoteapi.document.pipeline import load_pipeline, memory_for, packaged_pipeline

__all__ = ["load_pipeline", "memory_for", "packaged_pipeline"]
