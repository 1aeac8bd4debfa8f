"""Hyphens at line ends: those that divide a word, and those of a compound.

The article's own words decide, then the vocabulary: *go-/vernment* is one word because *government* is known; *sea-/wall* is a compound
because *sea* and *wall* are known and *seawall* is not. In doubt, a name is one word, and an office (Vice-/president) a compound.
"""

import re
from collections.abc import Callable, Collection

from quoteapi.knowledge import entries

_HEAD = re.compile(r"(?:[^\W\d_][-‐]?)+")
"""The part of a word before a line end, matched on the reversed line: a forward search would start again at each letter."""
_TAIL = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST_WORD = 40
_SHARED = frozenset(("and", "or", "to", "nor"))
"""Words between compounds that share their second part (two- or three-storey houses)."""
HYPHENS = frozenset("-‐")


def words_of(text: str) -> frozenset[str]:
    """Returns the words of an article in lower case, with compounds in one piece."""
    return frozenset(_WORDS.findall(text.lower()))


def joined(before: str, after: str, words: Collection[str], is_word: Callable[[str], bool]) -> tuple[int, str]:
    """Decides how to join a line that ends with a hyphen to the next one.

    Args:
        before: The line, ending with the hyphen.
        after: The next line.
        words: The article's words, in lower case.
        is_word: Whether a lower-case word is known.

    Returns:
        The number of characters to drop from the end of the line (the hyphen or none), and the text that replaces the line end.
    """
    backwards, tail = _HEAD.match(before[-_LONGEST_WORD:-1][::-1]), _TAIL.match(after)
    if backwards is None or tail is None:
        return 0, "" if before[-2:-1].isdigit() else " "
    head = backwards[0][::-1]
    first, last = head.lower(), tail[0].lower()
    if last in _SHARED:
        return 0, " "
    if not after[0].islower() or "-" in first or f"{first}-{last}" in words:
        return 0, ""
    if f"{first}{last}" in words or is_word(f"{first}{last}"):
        return 1, ""
    is_name = head[0].isupper() and last not in entries("role_nouns")
    return (0, "") if is_word(first) and is_word(last) and not is_name else (1, "")
