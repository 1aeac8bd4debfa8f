"""Name substitution: replaces the persons' names in an article, so that the network learns where sources stand and not who they are."""

from collections.abc import Mapping, Sequence
from random import Random

from spacy.tokens import Doc

from quoteapi.knowledge import entries

RATE = 0.6
"""The share of persons that are renamed."""
SHORTEST = 3
"""Minimum letters of a name: initials are kept."""


def by_gender(first_names: Sequence[str]) -> dict[str, list[str]]:
    """First names by the list (of women's or men's names) that contains them."""
    return {gender: [name for name in first_names if name.lower() in entries(gender)] for gender in ("female_names", "male_names")}


def renamed(doc: Doc, pools: Mapping[str, Sequence[str]], surnames: Sequence[str], random: Random) -> Doc:
    """The document, token by token, with another first name of the same gender and another surname for most persons.

    A person is a known first name and the capitalized word after it; both are replaced everywhere in the article.
    """
    others: dict[str, str] = {}
    for token in doc[:-1]:
        gender = next((gender for gender in pools if token.lower_ in entries(gender)), None)
        follower = doc[token.i + 1]
        if gender is None or not (is_name(token.text) and is_name(follower.text)) or follower.text in others:
            continue
        new = random.random() < RATE and bool(pools[gender])
        others[follower.text] = random.choice(surnames) if new else follower.text
        if new:
            others.setdefault(token.text, random.choice(pools[gender]))
    return Doc(doc.vocab, words=[others.get(token.text, token.text) for token in doc], spaces=[bool(token.whitespace_) for token in doc])


def is_name(word: str) -> bool:
    """Whether a word looks like a part of a name."""
    return len(word) >= SHORTEST and word.isalpha() and word.istitle()
