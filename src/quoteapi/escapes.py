"""Escapes: characters of untrusted text that would act on whatever displays them, made visible and harmless.

Control characters command a terminal, bidirectional characters reorder the text around them (“Trojan Source”, CVE-2021-42574), and lone
surrogates, which file names may contain, cannot be encoded as UTF-8.
"""

import unicodedata

_DIRECTED = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
DIRECTIONS = frozenset({
    "\u061c", "\u200e", "\u200f", *(chr(code) for code in range(0x2000, 0x2070) if unicodedata.bidirectional(chr(code)) in _DIRECTED)
})  # fmt: skip
"""Bidirectional marks, embeddings, overrides and isolates."""
CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""Control characters of ASCII and Latin-1 (C0, DEL and C1)."""

_UNSEEN = [*(DIRECTIONS | CONTROLS) - {"\n", "\t"}, "\u2028", "\u2029"]
_ESCAPES = {ord(character): repr(character)[1:-1] for character in _UNSEEN}
_IN_JSON = {ord(character): f"\\u{ord(character):04x}" for character in _UNSEEN}


def escaped(words: str) -> str:
    r"""Escapes text for people: active characters in Python's notation (`\x1b`, `\u202e`); line feeds and tabs stay."""
    return writable(words.translate(_ESCAPES))


def writable(words: str) -> str:
    """Makes text encodable as UTF-8: lone surrogates, which Python uses for file names that are not UTF-8, become escapes."""
    return words.encode("utf-8", "backslashreplace").decode()


def escaped_json(document: str) -> str:
    """Replaces active characters of a JSON document with JSON escapes; it still parses to the same values."""
    return document.translate(_IN_JSON)
