"""Characters: those that normalization drops, and those that it replaces with a plainer one.

The classes come from the Unicode character database of the running Python, not from hand-written lists.
"""

import unicodedata

REPLACEMENT = "\ufffd"

_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""The line boundaries of `str.splitlines`, except the line feed."""

_BEYOND_PLANES = range(0xE0000, 0xE1000)
"""Tags and variation selectors, nearly all of them unassigned."""


def _variation_selectors() -> set[str]:
    """Returns the variation selectors and the grapheme joiner, by their names."""
    names = [*(f"VARIATION SELECTOR-{number}" for number in range(1, 257)), "COMBINING GRAPHEME JOINER"]
    names += [f"MONGOLIAN FREE VARIATION SELECTOR {number}" for number in ("ONE", "TWO", "THREE", "FOUR")]
    return set(map(unicodedata.lookup, names))


_FORMATS = {character for character in map(chr, (*range(0x20000), *_BEYOND_PLANES)) if unicodedata.category(character) == "Cf"}
INVISIBLE = "".join(sorted(_FORMATS | _variation_selectors()))
"""Characters that are dropped, because they have no content of their own: soft hyphen, zero-width and directional characters, byte order
mark, variation selectors."""


_AFTER_SPACES = 0x3001
"""The code point after the last space of Unicode."""
SPACES = "".join(character for character in map(chr, range(_AFTER_SPACES)) if character.isspace() and character not in "\u2009\u200a")
"""White space, except the thin spaces that separate the closing marks of two quotes that end together."""

LIGATURES = "".join(chr(code) for code in range(0xFB00, 0xFB07))
"""Typographic ligatures of Latin letters (ﬁ, ﬄ), read as the single letters."""


def _plainer() -> dict[int, str]:
    """Maps a code point to the one character that replaces it."""
    spaces = {ord(space): " " for space in filter(str.isspace, map(chr, range(_AFTER_SPACES))) if unicodedata.category(space) == "Zs"}
    controls = {code: " " for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and code != ord("\n")}
    # Controls between 0x80 and 0x9F are Windows-1252 characters that were decoded as Latin-1; browsers treat them as such, too.
    windows = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if bytes([code]).decode("cp1252", "ignore")}
    surrogates = dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)
    marks = {ord("‟"): "“"}  # a reversed opening mark, which scanners read for opening and closing marks
    return spaces | controls | windows | {ord(mark): "\n" for mark in _BREAKS} | surrogates | marks


PLAINER = _plainer()
"""Table for `str.translate`; replaces one character with one, so that offsets do not move."""
