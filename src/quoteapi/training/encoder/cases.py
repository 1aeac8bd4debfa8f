"""Cases: the network's training examples, in wordpieces.

A lower case is a window with classes for each token; an upper case is an article with its windows, its quotes and their sources, its
mentions and their antecedents. -100 means that the corpus has no label.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.pieces import Ints, PieceCutter, Pieces
from quoteapi.encoder.session import Classes
from quoteapi.encoder.windows import lower_windows

UNLABELLED = -100


class LowerCase(Struct, frozen=True):
    """A window; the columns after `firsts` have one number per token, and heads are positions among the tokens (a root is its own head)."""

    ids: Ints
    shapes: Ints
    firsts: Ints
    tags: Ints
    parts: Ints
    heads: Ints
    labels: Ints
    starts: Ints
    names: Ints


class Pointer(Struct, frozen=True):
    """Something that points: its positions in its window, and the right positions (none: nobody, nothing).

    If `wrong` is set, `right` holds the positions known to be wrong. `kinds` are the right ones of `KINDS`, by index; empty if unknown.
    """

    places: tuple[int, ...]
    right: Ints
    wrong: bool = False
    kinds: tuple[int, ...] = ()


class RoleCase(Struct, frozen=True):
    """A role: the positions of its ends (first wordpieces of two tokens) and of its holder, whether it is the best, its status by index."""

    places: tuple[int, int]
    right: Ints
    best: bool
    status: int


class UpperWindow(Struct, frozen=True):
    """A window of the upper layers; `tags` are rows of names, roles and descriptions, one class per wordpiece; None if unlabelled."""

    pieces: Ints
    marked: Ints
    quotes: list[Pointer]
    mentions: list[Pointer]
    tags: Ints | None = None
    roles: list[RoleCase] = []


class UpperCase(Struct, frozen=True):
    """An article: its wordpieces, and the windows of the lower and of the upper layers."""

    ids: Ints
    shapes: Ints
    lower: list[tuple[int, int]]
    windows: list[UpperWindow]


def pieces_of(doc: Doc, cutter: PieceCutter) -> Pieces:
    """The wordpieces of a document."""
    return cutter.cut([token.text for token in doc], [bool(token.whitespace_) for token in doc])


def number(values: Sequence[str], value: str) -> int:
    """The index of a class; UNLABELLED if it is unknown or empty."""
    return values.index(value) if value in values else UNLABELLED


def lower_cases(docs: Iterable[Doc], cutter: PieceCutter, classes: Classes) -> list[LowerCase]:
    """The windows of annotated documents; a head outside its token's window counts as unlabelled."""
    found: list[LowerCase] = []
    for doc in docs:
        pieces = pieces_of(doc, cutter)
        parsed, named = doc.has_annotation("DEP"), doc.has_annotation("ENT_IOB")
        for start, end in lower_windows(doc, pieces):
            tokens = [t for t in doc if not t.is_space and start <= pieces.firsts[t.i] < end]
            place = {t.i: i for i, t in enumerate(tokens)}
            columns = [
                [number(classes.tags, t.tag_) for t in tokens],
                [number(classes.parts, t.pos_) for t in tokens],
                [place.get(t.head.i, UNLABELLED) if parsed else UNLABELLED for t in tokens],
                [number(classes.labels, t.dep_) if t.head.i in place else UNLABELLED for t in tokens],
                [int(bool(t.is_sent_start)) if parsed else UNLABELLED for t in tokens],
                [number(classes.names, f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O") if named else UNLABELLED for t in tokens],
            ]
            firsts = np.array([pieces.firsts[t.i] - start for t in tokens], dtype=np.int64)
            found.append(
                LowerCase(pieces.ids[start:end], pieces.shapes[start:end], firsts, *(np.array(c, dtype=np.int64) for c in columns))
            )
    return found
