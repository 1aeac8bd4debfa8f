"""Pieces: a document's tokens as the encoder reads them, parts of words with what the lower-case vocabulary drops.

The vocabulary is that of MiniLM (Wang et al. 2020), which knows no capitals: each piece carries the shape of its token, and whether a
paragraph opens there.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

MOST_PIECES = 8
"""Pieces of one token that are read at most; an address or a run of signs says no more by its end."""
KNOWN_WORDS = 20_000
"""Tokens whose pieces are kept at hand."""
SHAPES = ("lower", "capital", "upper", "mixed", "digit", "mark")
PARAGRAPH = 2 * len(SHAPES)
"""Shapes stand for a token with a space before it, then for one without, then the same with a new paragraph before it."""
FAMILIAR = str.maketrans({"„": "“", "«": "“", "»": "”", "‹": "‘", "›": "’", "‚": "‘"})
"""Marks that the articles of the fit do not have, and those that stand in them instead."""


class Pieces(Struct, frozen=True):
    """The pieces of a document, its white space left out.

    Args:
        ids: The vocabulary's number of each piece.
        shapes: The look of the piece's token, below `4 * len(SHAPES)`.
        tokens: The token that each piece belongs to.
        firsts: The first piece of each token; of white space, the one of the next token (the number of pieces at the end).
    """

    ids: Ints
    shapes: Ints
    tokens: Ints
    firsts: Ints


def shape_of(text: str) -> int:
    """The position of a token's look in `SHAPES`."""
    if any(letter.isdigit() for letter in text):
        return 4
    if not any(letter.isalpha() for letter in text):
        return 5
    if text.islower():
        return 0
    if text[0].isupper() and (len(text) == 1 or text[1:].islower()):
        return 1
    return 2 if text.isupper() else 3


def ended(column: Ints) -> Ints:
    """What holds of a window's pieces, with nothing at the marks of its ends."""
    return np.concatenate(([0], column, [0]))


class PieceCutter:
    """Cuts tokens into pieces.

    Args:
        vocabulary: A tokenizer file as the library tokenizers writes it.

    Raises:
        FileNotFoundError: There is no such file.
    """

    def __init__(self, vocabulary: Path) -> None:
        if not vocabulary.is_file():
            raise FileNotFoundError(vocabulary)
        tokenizer: Any = Tokenizer.from_file(str(vocabulary))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.padding: int = tokenizer.token_to_id("[PAD]")
        self.unknown: int = tokenizer.token_to_id("[UNK]")
        self.first: int = tokenizer.token_to_id("[CLS]")
        self.last: int = tokenizer.token_to_id("[SEP]")
        self.mask: int = tokenizer.token_to_id("[MASK]")

        def pieces_of(text: str) -> tuple[list[int], int]:
            found: list[int] = tokenizer.encode(text.translate(FAMILIAR), add_special_tokens=False).ids[:MOST_PIECES]
            return found or [self.unknown], shape_of(text)

        self.pieces_of = lru_cache(KNOWN_WORDS)(pieces_of)
        self._number_of = tokenizer.token_to_id

    def ended(self, ids: Ints) -> Ints:
        """The pieces of a window between the marks of its ends."""
        return np.concatenate(([self.first], ids, [self.last]))

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is one of the vocabulary's."""
        return self._number_of(word) is not None

    def cut(self, words: Sequence[str], spaces: Iterable[bool]) -> Pieces:
        """The pieces of tokens, each with whether a space follows it; tokens of white space have none."""
        ids: list[int] = []
        shapes: list[int] = []
        tokens: list[int] = []
        firsts: list[int] = []
        glued, paragraph = 0, PARAGRAPH
        for number, (word, space) in enumerate(zip(words, spaces, strict=True)):
            firsts.append(len(ids))
            if word.isspace():
                glued = 0
                paragraph = PARAGRAPH if "\n" in word else paragraph
                continue
            found, shape = self.pieces_of(word)
            ids.extend(found)
            shapes.extend([shape + glued + paragraph] * len(found))
            tokens.extend([number] * len(found))
            glued, paragraph = 0 if space else len(SHAPES), 0
        return Pieces(*(np.array(column, dtype=np.int64) for column in (ids, shapes, tokens, firsts)))
