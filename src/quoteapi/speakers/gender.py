"""Gender: what a person's name, and the form of address before it, indicate about gender."""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from spacy.tokens import Doc

from quoteapi.findings import Mention
from quoteapi.knowledge import entries, meanings

Gender: TypeAlias = Literal["f", "m"]

FAMILY_FIRST = re.compile(r"^\w+ [^\W\d_]+-[^\W\d_A-Z]\w*$")
"""Two words, the second with a lower-case letter after its hyphen: a Korean or Chinese name, family name first."""
SLAVIC_FEMALE = re.compile(r"\w{2}(?:ova|eva|skaya|skaia)$")
SLAVIC_MALE = re.compile(r"\w{2}(?:ov|ev)$")
FAMILY_NAMES = frozenset({"dang", "hoang", "vu", "duong", "gao", "deng", "peng", "dong", "cheng"})
"""Vietnamese and Chinese family names, written first, that US birth records list as given names."""
OWN_LETTERS = frozenset("åäöø")
"""Initial letters that make another name than the plain letter they are folded to: Åsa is not Asa."""
TITLE_REACH = 4
"""Number of tokens before a name that are searched for a form of address (former Congresswoman Dr. Jane Roe)."""


def given_name_gender(name: str) -> Gender | None:
    """Returns the gender of a folded given name in US births; a double name (anne-marie) may take that of its first part."""
    for word in (name, name.partition("-")[0]):
        if word in entries("female_names"):
            return "f"
        if word in entries("male_names"):
            return "m"
    return None


def name_gender(text: str, keys: Sequence[str]) -> Gender | None:
    """Returns the gender that a person's name indicates by its first word; None if that is the family name (Chang Mei-hui, Ban Ki-moon).

    A first letter that English lacks may make it another name (Åsa, Asa), which then indicates nothing.

    Slavic family names count, too: Petrova is a woman's name, and Valeri Petrov indicates nothing, although Valeri is a woman's name in
    US births.
    """
    if len(keys) > 1 and SLAVIC_FEMALE.search(keys[-1]):
        return "f"
    if len(keys) > 2 and keys[1] == "thi":  # noqa: PLR2004 - a middle name of Vietnamese women
        return "f"
    foreign = text[:1].lower() in OWN_LETTERS or FAMILY_FIRST.search(text) or (len(keys) > 1 and keys[0] in FAMILY_NAMES)
    gender = None if foreign else given_name_gender(keys[0])
    return None if gender == "f" and len(keys) > 1 and SLAVIC_MALE.search(keys[-1]) else gender


def word_gender(word: str) -> Gender | None:
    """Returns the gender of a form of address (congresswoman, Mr.); None for words used of anybody (a woman may be a chairman)."""
    codes = meanings("gendered_words").get(word.lower().rstrip("."))
    return None if codes is None or "loose" in codes else "f" if codes[0] == "f" else "m"


def address_gender(doc: Doc, mention: Mention) -> Gender | None:
    """Returns the gender of the form of address before a name, whether part of the mention or not (Ms. Roe, Congresswoman Jane Roe)."""
    titles = entries("titles")
    start = mention.start
    while start < mention.end - 1 and doc[start].lower_.rstrip(".") in titles:
        start += 1
    for i in range(start - 1, max(-1, start - 1 - TITLE_REACH), -1):
        word = doc[i].lower_.rstrip(".")
        if (gender := word_gender(word)) is not None:
            return gender
        if word not in titles and doc[i].text != ".":
            return None
    return None
