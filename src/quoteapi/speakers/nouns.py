"""Nouns by which an article calls somebody."""

from spacy.tokens import Token

from quoteapi.knowledge import entries, meanings


def noun_of(head: Token) -> str:
    """The noun at the head of a phrase, folded: by its lemma, or as it is written where it has none."""
    return (head.lemma_ or head.text).lower()


def is_person_noun(word: str) -> bool:
    """Whether a folded noun names a person by work, kin or office."""
    return (
        word in entries("person_nouns")
        or word in entries("role_nouns")
        or word in meanings("title_nouns")
        or word in entries("titles")
        or word.endswith(("man", "woman"))
    )
