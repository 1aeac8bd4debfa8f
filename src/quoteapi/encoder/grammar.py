"""Grammar: what the lower layers predict for every token, set on a document: tags, parts of speech, dependencies, sentences, names."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from spacy.symbols import DEP, ENT_IOB, ENT_TYPE, HEAD, MORPH, POS, TAG
from spacy.tokens import Doc

from quoteapi.encoder.dependency_trees import tree
from quoteapi.encoder.pieces import Ints, Pieces
from quoteapi.encoder.session import Encoder, Floats, LowerOutput, packaged_encoder
from quoteapi.encoder.windows import lower_windows
from quoteapi.knowledge import meanings
from quoteapi.settings import Model

ENCODED = "quoteapi_encoded"
"""Key in `doc.user_data` of a document's states for the upper layers."""
PRONOUNS = frozenset(
    form
    for word, kinds in meanings("pronouns").items()
    if {"third", "first"} & set(kinds) and len(word) > 1
    for form in (word, word.title())
)
"""Word forms that are always pronouns, as spelt in a sentence: a closed class needs no prediction."""
START, OPEN = 1, 0
"""spaCy's values for a token that begins a sentence, and for one of which this is unknown."""
INSIDE, OUTSIDE, BEGIN = 1, 2, 3
"""spaCy's values for a token inside a name, outside of names and at the beginning of one."""
FEATURES = {
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "NNPS": "Number=Plur",
    "VB": "VerbForm=Inf",
    "VBD": "Tense=Past|VerbForm=Fin",
    "VBG": "VerbForm=Ger",
    "VBN": "VerbForm=Part",
    "VBP": "Tense=Pres|VerbForm=Fin",
    "VBZ": "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "JJ": "Degree=Pos",
    "JJR": "Degree=Cmp",
    "JJS": "Degree=Sup",
    "RB": "Degree=Pos",
}
"""Universal features implied by a Penn Treebank tag, which the lemmatizer needs."""


class Encoded(Struct, frozen=True):
    """The pieces of a document and their states."""

    pieces: Pieces
    states: Floats


class Columns(Struct, frozen=True):
    """The predictions for each token, with heads as token indices, and its known text and sentence boundaries."""

    words: list[str]
    limits: Ints
    tags: list[str]
    parts: list[str]
    heads: list[int]
    labels: list[str]
    names: list[str]


def encode(doc: Doc, encoder: Encoder) -> tuple[Encoded, list[tuple[Ints, LowerOutput]]]:
    """Runs a document through the lower layers; returns its states and, for each window, its tokens and the predictions for them."""
    pieces = encoder.cutter.cut([token.text for token in doc], doc.to_array("SPACY").tolist())
    windows = lower_windows(doc, pieces)
    words = np.flatnonzero(doc.to_array("IS_SPACE") == 0)
    begins = pieces.firsts[words]
    tokens = [words[np.searchsorted(begins, start) : np.searchsorted(begins, end)] for start, end in windows]
    outputs = [
        encoder.lower(pieces.ids[start:end], pieces.shapes[start:end], pieces.firsts[own] - start)
        for own, (start, end) in zip(tokens, windows, strict=True)
    ]
    states = np.concatenate([output.states for output in outputs]) if outputs else np.zeros((0, 1), dtype=np.float32)
    encoded = Encoded(pieces, states)
    doc.user_data[ENCODED] = encoded
    return encoded, list(zip(tokens, outputs, strict=True))


def encoded_on(doc: Doc, encoder: Encoder) -> Encoded:
    """Returns the states of a document, from its pipeline or computed now."""
    stored: Encoded | None = doc.user_data.get(ENCODED)
    return stored if stored is not None else encode(doc, encoder)[0]


class GrammarComponent:
    """The component `quoteapi_encoder`: sets what the lower layers predict, and keeps sentence boundaries that are already set.

    Args:
        folder: Folder of the encoder; None for the packaged one.
    """

    model: Model = "small"
    """The upper layers, which this component loads and other stages run; to be set before the encoder is used."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use, because a pipeline may be assembled before its encoder exists."""
        return packaged_encoder(self.model) if self.folder is None else Encoder(self.folder, model=self.model)

    def __call__(self, doc: Doc) -> Doc:
        """Sets tags, dependencies, sentences and names on the document."""
        _, windows = encode(doc, self.encoder)
        columns = blank(doc)
        for tokens, output in windows:
            if len(tokens):
                self.tell(tokens, output, columns)
        return annotated(doc, columns)

    def tell(self, tokens: Ints, output: LowerOutput, columns: Columns) -> None:
        """Records the predictions for a window's tokens."""
        classes = self.encoder.classes
        sizes = np.cumsum([len(classes.tags), len(classes.parts), len(classes.names)])
        tags, parts, names, starts = np.split(output.classes, sizes, axis=1)
        fresh = starts[:, 1] > starts[:, 0]
        limits = np.where(columns.limits[tokens] == OPEN, fresh, columns.limits[tokens] == START)
        heads = self.heads(output.arcs, limits.tolist())
        (labels,) = self.encoder.run("labels", below=output.below, above=output.above[heads])
        agreed_names = agreed([classes.names[name] for name in names.argmax(1).tolist()], names, classes.names)
        own = tokens.tolist()
        told = zip(own, heads, *(scores.argmax(1).tolist() for scores in (tags, parts, labels)), agreed_names, strict=True)
        for k, (i, head, tag, part, label, name) in enumerate(told):
            columns.tags[i], columns.parts[i], columns.names[i] = classes.tags[tag], classes.parts[part], name
            columns.heads[i] = own[head]
            columns.labels[i] = "ROOT" if head == k else "dep" if classes.labels[label] == "ROOT" else classes.labels[label]
            if columns.words[i] in PRONOUNS and columns.parts[i] not in {"PRON", "DET"}:
                columns.tags[i], columns.parts[i], columns.names[i] = "PRP", "PRON", "O"

    def heads(self, arcs: Floats, limits: Sequence[bool]) -> list[int]:
        """Returns the head of each token of a window, sentence by sentence; a root is its own head."""
        edges = [0, *(k for k, new in enumerate(limits) if new and k), len(limits)]
        found: list[int] = []
        for start, end in pairwise(edges):
            found += [start + head for head in tree(arcs[start:end, start:end])]
        return found


def blank(doc: Doc) -> Columns:
    """Returns columns in which every token is white space, which depends on the token before it."""
    length = len(doc)
    heads = [max(0, i - 1) for i in range(length)]
    if length > 1 and doc[0].is_space:
        heads[0] = next((token.i for token in doc if not token.is_space), 0)
    limits = doc.to_array("SENT_START").astype(np.int64)
    return Columns([token.text for token in doc], limits, ["_SP"] * length, ["SPACE"] * length, heads, ["dep"] * length, ["O"] * length)


def annotated(doc: Doc, columns: Columns) -> Doc:
    """Sets all columns on the document at once."""
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    iob, kinds = names_told(columns.names)
    numbers = {name: strings.add(name) for column in (columns.tags, columns.parts, columns.labels) for name in set(column)}
    numbers |= {kind: strings.add(kind) if kind else 0 for kind in set(kinds)}
    features = {tag: morphology.add(FEATURES.get(tag, "")) for tag in set(columns.tags)}
    rows = [
        [numbers[tag] for tag in columns.tags],
        [numbers[part] for part in columns.parts],
        [features[tag] for tag in columns.tags],
        [(head - i) % 2**64 for i, head in enumerate(columns.heads)],
        [numbers[label] for label in columns.labels],
        iob,
        [numbers[kind] for kind in kinds],
    ]
    if not len(doc):
        return doc
    table: Any = np.ascontiguousarray(np.array(rows, dtype=np.uint64).T)
    return doc.from_array([TAG, POS, MORPH, HEAD, DEP, ENT_IOB, ENT_TYPE], table)


def agreed(tags: Sequence[str], scores: Floats, classes: Sequence[str]) -> list[str]:
    """Returns the name tags with one label per name: the one with the highest score over all its tokens."""
    iob, _ = names_told(tags)
    labels = sorted({label for tag in classes if (label := tag.partition("-")[2])})
    by_label = np.stack([scores[:, [i for i, tag in enumerate(classes) if tag.endswith(f"-{label}")]].max(1) for label in labels], axis=1)
    found = list(tags)
    for start in (i for i, place in enumerate(iob) if place == BEGIN):
        end = next((i for i in range(start + 1, len(iob)) if iob[i] != INSIDE), len(iob))
        label = labels[int(by_label[start:end].sum(0).argmax())]
        found[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return found


def names_told(tags: Sequence[str]) -> tuple[list[int], list[str]]:
    """Returns the IOB codes and labels of names as spaCy stores them.

    An I- tag after O begins a name, and a name keeps the label of its beginning. A person's name that begins right after another one
    continues it, because two adjacent ones are only ever a given name and a surname.
    """
    iob: list[int] = []
    kinds: list[str] = []
    current = ""
    for tag in tags:
        begin, _, label = tag.partition("-")
        if tag == "O":
            current = ""
            iob.append(OUTSIDE)
        elif not current or (begin == "B" and not label == current == "PERSON"):
            current = label
            iob.append(BEGIN)
        else:
            iob.append(INSIDE)
        kinds.append(current)
    return iob, kinds
