"""Parts of names: words without accents, and the lists of given names."""

import unicodedata

from quoteapi.knowledge import entries


def unaccented(word: str) -> str:
    """Strips the accents of a word."""
    return word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def is_given_name(word: str) -> bool:
    """Whether a lower-case word is in the lists of given names, which have no accents."""
    plain = unaccented(word)
    return plain in entries("male_names") or plain in entries("female_names")
