"""Pieces: the wordpieces of a document's tokens, with the features that the lower-case vocabulary drops.

The vocabulary is that of MiniLM (Wang et al. 2020), which is uncased: each piece carries the shape of its token, and whether a
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

MAX_PIECES = 8
"""Maximum number of pieces read for a token; the end of an address or of a run of signs adds nothing."""
KNOWN_WORDS = 20_000
"""Number of tokens whose pieces are cached."""
SHAPES = ("lower", "capital", "upper", "mixed", "digit", "mark")
PARAGRAPH = 2 * len(SHAPES)
"""Number of shapes within a paragraph: those of tokens after a space, then those without one; the same follow for paragraph openings."""
MARK_REPLACEMENTS = str.maketrans({"„": "“", "«": "“", "»": "”", "‹": "‘", "›": "’", "‚": "‘"})
"""Quotation marks that the training articles lack, and their replacements."""


class Pieces(Struct, frozen=True):
    """The pieces of a document, without white space.

    Args:
        ids: The vocabulary id of each piece.
        shapes: The shape of the piece's token, below `4 * len(SHAPES)`.
        tokens: The token to which each piece belongs.
        firsts: The first piece of each token; for white space, that of the next token (the number of pieces at the end).
    """

    ids: Ints
    shapes: Ints
    tokens: Ints
    firsts: Ints


def shape_of(text: str) -> int:
    """Returns the index of a token's shape in `SHAPES`."""
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
    """Pads a column of a window with zeros for the special pieces at its ends."""
    return np.concatenate(([0], column, [0]))


class PieceCutter:
    """Cuts tokens into pieces.

    Args:
        vocabulary: A tokenizer file of the library tokenizers.

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
            found: list[int] = tokenizer.encode(text.translate(MARK_REPLACEMENTS), add_special_tokens=False).ids[:MAX_PIECES]
            return found or [self.unknown], shape_of(text)

        self.pieces_of = lru_cache(KNOWN_WORDS)(pieces_of)
        self._number_of = tokenizer.token_to_id

    def ended(self, ids: Ints) -> Ints:
        """Adds the special pieces at the ends of a window."""
        return np.concatenate(([self.first], ids, [self.last]))

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is in the vocabulary."""
        return self._number_of(word) is not None

    def cut(self, words: Sequence[str], spaces: Iterable[bool]) -> Pieces:
        """Returns the pieces of tokens, given whether a space follows each; tokens of white space have none."""
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
