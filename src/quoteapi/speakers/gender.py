"""Gender: what a name and the form of address before it tell of the person."""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from spacy.tokens import Doc

from quoteapi.findings import Mention
from quoteapi.knowledge import entries, meanings

Gender: TypeAlias = Literal["f", "m"]

FAMILY_FIRST = re.compile(r"^\w+ [^\W\d_]+-[^\W\d_A-Z]\w*$")
"""A name of two words, the last one hyphened with a small letter behind: Korean and Chinese names, the family's first."""
SLAVIC_FEMALE = re.compile(r"\w{2}(?:ova|eva|skaya|skaia)$")
SLAVIC_MALE = re.compile(r"\w{2}(?:ov|ev)$")
FAMILY_NAMES = frozenset({"dang", "hoang", "vu", "duong", "gao", "deng", "peng", "dong", "cheng"})
"""Family names of Vietnam and China that are written first, and that US births have for given ones."""
OWN_LETTERS = frozenset("åäöø")
"""Letters that begin other names than the plain ones they are folded to do: Åsa is no Asa."""
TITLE_REACH = 4
"""Words before a name among which its form of address stands (former Congresswoman Dr. Jane Roe)."""


def given_name_gender(name: str) -> Gender | None:
    """The gender that a folded first name tells, by US births; a double name (anne-marie) by its first part."""
    for word in (name, name.partition("-")[0]):
        if word in entries("female_names"):
            return "f"
        if word in entries("male_names"):
            return "m"
    return None


def name_gender(text: str, keys: Sequence[str]) -> Gender | None:
    """The gender that a person's name tells by its first word; none where that is the family's (Chang Mei-hui, Ban Ki-moon).

    A letter that English lacks may make another name of it (Åsa, Asa), which then tells nothing.

    Slavic family names tell it, too: Petrova is a woman's name, and Valeri Petrov none, whatever Valeri is in the US.
    """
    if len(keys) > 1 and SLAVIC_FEMALE.search(keys[-1]):
        return "f"
    if len(keys) > 2 and keys[1] == "thi":  # noqa: PLR2004 - a middle name, of Vietnam's women
        return "f"
    foreign = text[:1].lower() in OWN_LETTERS or FAMILY_FIRST.search(text) or (len(keys) > 1 and keys[0] in FAMILY_NAMES)
    told = None if foreign else given_name_gender(keys[0])
    return None if told == "f" and len(keys) > 1 and SLAVIC_MALE.search(keys[-1]) else told


def word_gender(word: str) -> Gender | None:
    """The gender that a form of address tells (congresswoman, Mr.); None for words that are used of anybody (a woman may be a chairman)."""
    told = meanings("gendered_words").get(word.lower().rstrip("."))
    return None if told is None or "loose" in told else "f" if told[0] == "f" else "m"


def address_gender(doc: Doc, mention: Mention) -> Gender | None:
    """The gender that the words right before a name tell, be they part of the mention or not (Ms. Roe, Congresswoman Jane Roe)."""
    titles = entries("titles")
    start = mention.start
    while start < mention.end - 1 and doc[start].lower_.rstrip(".") in titles:
        start += 1
    for i in range(start - 1, max(-1, start - 1 - TITLE_REACH), -1):
        word = doc[i].lower_.rstrip(".")
        if (told := word_gender(word)) is not None:
            return told
        if word not in titles and doc[i].text != ".":
            return None
    return None
