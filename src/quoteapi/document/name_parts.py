"""Parts of names: accents, and the lists of first names."""

import unicodedata

from quoteapi.knowledge import entries


def unaccented(word: str) -> str:
    """A word without its accents."""
    return word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def is_given_name(word: str) -> bool:
    """Whether a lower-case word is a first name of the lists, which have no accents."""
    plain = unaccented(word)
    return plain in entries("male_names") or plain in entries("female_names")
