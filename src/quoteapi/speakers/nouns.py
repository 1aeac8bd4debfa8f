"""Nouns for people."""

from quoteapi.knowledge import entries, meanings


def is_person_noun(word: str) -> bool:
    """Whether a folded noun names a person by work, kin or office."""
    return (
        word in entries("person_nouns")
        or word in entries("role_nouns")
        or word in meanings("title_nouns")
        or word in entries("titles")
        or word.endswith(("man", "woman"))
    )
