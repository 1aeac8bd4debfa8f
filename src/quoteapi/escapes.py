"""Escapes: characters of others that act where they are shown, written so that they are seen and do nothing.

Controls command a terminal, marks of direction turn what stands beside them (“Trojan Source”, CVE-2021-42574), and halves of surrogate
pairs, which names of files may hold, cannot be written at all.
"""

import unicodedata

_DIRECTED = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
DIRECTIONS = frozenset({
    "\u061c", "\u200e", "\u200f", *(chr(code) for code in range(0x2000, 0x2070) if unicodedata.bidirectional(chr(code)) in _DIRECTED)
})  # fmt: skip
"""Marks, embeddings, overrides and isolates of direction."""
CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""Controls of ASCII and of Latin-1 (C0, DEL and C1)."""

_UNSEEN = [*(DIRECTIONS | CONTROLS) - {"\n", "\t"}, "\u2028", "\u2029"]
_ESCAPES = {ord(character): repr(character)[1:-1] for character in _UNSEEN}
_IN_JSON = {ord(character): f"\\u{ord(character):04x}" for character in _UNSEEN}


def escaped(words: str) -> str:
    r"""Words for people: what acts is written as Python would write it (`\x1b`, `\u202e`); line feeds and tabs stay."""
    return writable(words.translate(_ESCAPES))


def writable(words: str) -> str:
    """Words as UTF-8 can hold them: halves of surrogate pairs, by which Python spells file names that are no UTF-8, are written out."""
    return words.encode("utf-8", "backslashreplace").decode()


def escaped_json(document: str) -> str:
    """A JSON document that holds the same, with escapes of its own for what acts."""
    return document.translate(_IN_JSON)
