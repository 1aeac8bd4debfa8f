"""Characters: which of them the stages never see, and which they see as a plainer one.

The classes come from the Unicode character database of the running Python, not from lists typed here.
"""

import unicodedata

REPLACEMENT = "\ufffd"

_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""What `str.splitlines` breaks at, but for the line feed."""

_BEYOND_PLANES = range(0xE0000, 0xE1000)
"""Tags and variation selectors, nearly all of them unassigned."""


def _is_invisible(character: str) -> bool:
    """Soft hyphens, zero-width characters, marks of direction, byte-order marks, variation selectors."""
    category = unicodedata.category(character)
    return category == "Cf" or (
        category == "Mn"  # asked before the name, which takes four times as long for each of a hundred thousand characters
        and unicodedata.name(character, "").startswith(
            ("VARIATION SELECTOR", "COMBINING GRAPHEME JOINER", "MONGOLIAN FREE VARIATION SELECTOR")
        )
    )


INVISIBLE = "".join(filter(_is_invisible, map(chr, (*range(0x20000), *_BEYOND_PLANES))))
"""Characters that are dropped: they shape or direct the text and stand for nothing."""


SPACES = "".join(character for character in map(chr, range(0x3001)) if character.isspace() and character not in "\u2009\u200a")
"""White space, but for the thin spaces that keep the marks of two quotes apart which end at once."""

LIGATURES = "".join(chr(code) for code in range(0xFB00, 0xFB07))
"""Latin letters that a typesetter joined (ﬁ, ﬄ): read as the letters."""


def _plainer() -> dict[int, str]:
    """Code point → the one character that is read instead of it."""
    spaces = {ord(space): " " for space in filter(str.isspace, map(chr, range(0x110000))) if unicodedata.category(space) == "Zs"}
    controls = {code: " " for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and code != ord("\n")}
    # Controls between 0x80 and 0x9F are Windows characters that somebody read as Latin-1: browsers take them so too.
    windows = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if bytes([code]).decode("cp1252", "ignore")}
    surrogates = dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)
    marks = {ord("‟"): "“"}  # a reversed opening mark, which scanners see in either
    return spaces | controls | windows | {ord(mark): "\n" for mark in _BREAKS} | surrogates | marks


PLAINER = _plainer()
"""For `str.translate`: one character for one, so that no offset moves."""
