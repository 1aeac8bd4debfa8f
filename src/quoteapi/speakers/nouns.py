"""Nouns: the common nouns by which an article refers to people."""

from spacy.tokens import Token

from quoteapi.knowledge import entries, meanings


def noun_of(head: Token) -> str:
    """Returns the folded head noun of a phrase: its lemma, or the word itself if it has none."""
    return (head.lemma_ or head.text).lower()


def is_person_noun(word: str) -> bool:
    """Whether a folded noun denotes a person by job, kinship or office."""
    return (
        word in entries("person_nouns")
        or word in entries("role_nouns")
        or word in meanings("title_nouns")
        or word in entries("titles")
        or word.endswith(("man", "woman"))
    )
