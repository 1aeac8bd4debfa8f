"""Hyphens at the ends of lines: those of a word that was cut there, and those of a compound.

Decided by the article's own words, then by known ones: *go-/vernment* is one word because *government* is, *sea-/wall* a compound because
*sea* and *wall* are words and *seawall* is none that is known; a name that is in doubt is one word, an office (Vice-/president) a compound.
"""

import re
from collections.abc import Callable, Collection

from quoteapi.knowledge import entries

_HEAD = re.compile(r"(?:[^\W\d_][-‐]?)+")
"""The part of a word at a line's end, backwards: looked for forwards, it would begin anew at each letter."""
_TAIL = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST_WORD = 40
_SHARED = frozenset(("and", "or", "to", "nor"))
"""What stands between compounds that share their second part (two- or three-storey houses)."""
HYPHENS = frozenset("-‐")


def words_of(text: str) -> frozenset[str]:
    """The words of an article, lower-case, compounds in one piece."""
    return frozenset(_WORDS.findall(text.lower()))


def joined(before: str, after: str, words: Collection[str], is_word: Callable[[str], bool]) -> tuple[int, str]:
    """How a line that ends with a hyphen and the next one are put together.

    Args:
        before: The line, its hyphen last.
        after: The line after it.
        words: The article's words, lower-case.
        is_word: Whether a lower-case word is known.

    Returns:
        The characters that are dropped from the line's end (the hyphen or nothing), and what is written instead of the line's end.
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
