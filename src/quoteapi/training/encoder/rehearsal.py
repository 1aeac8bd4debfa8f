"""Rehearsal: grammar that the trained lower layers predict, as examples to keep it while they learn from annotations (Robins 1995)."""

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc

from quoteapi.encoder.session import Encoder
from quoteapi.encoder.windows import lower_windows
from quoteapi.training.encoder.cases import LowerCase, pieces_of


def rehearsed(doc: Doc, encoder: Encoder) -> Iterator[LowerCase]:
    """The windows of a document, each token with the classes, head and label that the encoder predicts."""
    pieces = pieces_of(doc, encoder.cutter)
    known = encoder.classes
    ends = np.cumsum([len(known.tags), len(known.parts), len(known.names)])
    for start, end in lower_windows(doc, pieces):
        firsts = np.array([first - start for token in doc if not token.is_space and start <= (first := pieces.firsts[token.i]) < end])
        if not len(firsts):
            continue
        ids, shapes = pieces.ids[start:end], pieces.shapes[start:end]
        output = encoder.lower(ids, shapes, firsts)
        tags, parts, names, starts = (scores.argmax(-1) for scores in np.split(output.classes, ends, axis=-1))
        heads = output.arcs.argmax(-1)
        labels = encoder.run("labels", below=output.below, above=output.above[heads])[0].argmax(-1)
        yield LowerCase(ids, shapes, firsts, tags, parts, heads, labels, starts, names)
