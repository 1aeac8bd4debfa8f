"""Spellings: whether two words are one name, written with a typo or in another transliteration (Schröter, Schroeter)."""

import re
from functools import lru_cache

SOFT_LENGTH = 6
"""Minimum length of words in which one differing letter is a typo rather than another name."""
LETTERS = (
    ("shch", "sch"),
    ("tch", "ch"),
    ("kh", "h"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("w", "v"),
    ("y", "i"),
)
"""Letters that differ between transliterations, and what replaces them, in order of application."""
_DOUBLED = re.compile(r"(.)\1+")


def same_word(first: str, second: str) -> bool:
    """Whether two words are equal, or long enough and one letter apart (left out, doubled, transposed or substituted)."""
    if first == second:
        return True
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    if len(short) < SOFT_LENGTH or len(long) - len(short) > 1 or first[0] != second[0] or long == short + "s":
        return False
    i = next((k for k, (a, b) in enumerate(zip(long, short, strict=False)) if a != b), len(short))
    if len(long) != len(short):
        return long[i + 1 :] == short[i:]
    return long[i + 1 :] == short[i + 1 :] or (long[i : i + 2] == short[i : i + 2][::-1] and long[i + 2 :] == short[i + 2 :])


@lru_cache(maxsize=4096)
def romanized(word: str) -> str:
    """Returns the canonical spelling of a folded word, the same for all words that sound alike."""
    for letters, others in LETTERS:
        word = word.replace(letters, others)
    return _DOUBLED.sub(r"\1", word.replace("-", ""))


def is_spelling(first: str, second: str) -> bool:
    """Whether two folded words are spellings of the same name."""
    return romanized(first) == romanized(second)
