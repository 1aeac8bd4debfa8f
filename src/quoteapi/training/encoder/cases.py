"""Cases: what the network is fitted on, in pieces.

A lower case is a window with classes for each token; an upper case is an article with its windows, its quotes and their sources, its
mentions and their antecedents. -100 stands where a corpus says nothing.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder.pieces import Ints, PieceCutter, Pieces
from quoteapi.encoder.session import Classes
from quoteapi.encoder.windows import lower_windows

UNTOLD = -100


class LowerCase(Struct, frozen=True):
    """A window; the columns after `firsts` hold one number a token, heads as positions among them (its own for a root)."""

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
    """Something that points: the places in its window that stand for it, and the right places (none: nobody, nothing).

    `wrong` turns the question round for cases of which only the wrong places are known. `kinds` are the right ones of `KINDS`, by number;
    none where it is not told.
    """

    places: tuple[int, ...]
    right: Ints
    wrong: bool = False
    kinds: tuple[int, ...] = ()


class Held(Struct, frozen=True):
    """A role: the places of its ends (of the first pieces of two tokens) and of its bearer, whether it says most, its status by number."""

    places: tuple[int, int]
    right: Ints
    best: bool
    status: int


class UpperWindow(Struct, frozen=True):
    """A window of the upper layers; `tags` are rows of names, roles and descriptions, a number a piece: None where nothing is told."""

    pieces: Ints
    marked: Ints
    quotes: list[Pointer]
    mentions: list[Pointer]
    tags: Ints | None = None
    roles: list[Held] = []


class UpperCase(Struct, frozen=True):
    """An article: its pieces, the windows in which the lower layers read them, and those of the upper layers."""

    ids: Ints
    shapes: Ints
    lower: list[tuple[int, int]]
    windows: list[UpperWindow]


def pieces_of(doc: Doc, cutter: PieceCutter) -> Pieces:
    """The pieces of a document."""
    return cutter.cut([token.text for token in doc], [bool(token.whitespace_) for token in doc])


def number(values: Sequence[str], value: str) -> int:
    """The position of a class; UNTOLD where it is unknown or empty."""
    return values.index(value) if value in values else UNTOLD


def lower_cases(docs: Iterable[Doc], cutter: PieceCutter, classes: Classes) -> list[LowerCase]:
    """The windows of annotated documents; a head outside its token's window counts as not told."""
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
                [place.get(t.head.i, UNTOLD) if parsed else UNTOLD for t in tokens],
                [number(classes.labels, t.dep_) if t.head.i in place else UNTOLD for t in tokens],
                [int(bool(t.is_sent_start)) if parsed else UNTOLD for t in tokens],
                [number(classes.names, f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O") if named else UNTOLD for t in tokens],
            ]
            firsts = np.array([pieces.firsts[t.i] - start for t in tokens], dtype=np.int64)
            found.append(
                LowerCase(pieces.ids[start:end], pieces.shapes[start:end], firsts, *(np.array(c, dtype=np.int64) for c in columns))
            )
    return found
