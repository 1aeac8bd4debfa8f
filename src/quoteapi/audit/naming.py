"""Naming: the names of persons and organizations as they are compared over articles."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from quoteapi.audit.bearers import Rarity
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.names import PersonName, clean, may_be_one, person_name
from quoteapi.speakers.organizations import LEGAL_FORMS, SMALL_WORDS, is_acronym, organization_keys
from quoteapi.speakers.spellings import is_spelling, romanized

FEW_FIRST_NAMES = 4
"""First names that a family name has in an archive at most if it is rare."""
MANY_FIRST_NAMES = 25
"""And so many at least if it is common, whatever the list says."""
_NICKNAME = re.compile(r"\s+(?:[“\"'‘][^“”\"]+[”\"'’]|\([^()]+\))(?=\s)")
_VOWELS = re.compile(r"[aeiou]")


class NameClass(Struct, frozen=True, order=True):
    """A full name in any of its spellings.

    Args:
        written: Its letters in the one spelling that stands for all that sound alike.
        suffix: Jr., III, folded; empty where there is none.
        keys: Its folded words, in one of the spellings.
    """

    written: str
    suffix: str
    keys: tuple[str, ...]

    @property
    def family(self) -> str:
        """The family name in its one spelling."""
        return romanized(self.keys[-1])


@lru_cache(maxsize=1 << 16)
def person_of(name: str) -> PersonName | None:
    """A person's name without a nickname in quotation marks or brackets; None where no letter is in it."""
    return person_name(_NICKNAME.sub("", clean(name)))


def class_of(name: PersonName) -> NameClass:
    """The class of a full name; two of one class may differ in their keys alone."""
    return NameClass("".join(map(romanized, name.keys)), name.suffix, name.keys)


def blocking_word(family: str) -> str:
    """The first letter of a family name and its consonants, each once and sorted, so that most slips make no other word.

    Of a double name it is the last part's.
    """
    word = romanized(family.rpartition("-")[2] or family)
    return word[:1] + "".join(sorted(set(_VOWELS.sub("", word[1:]))))


def organization_letters(name: str) -> str:
    """The initials of an organization's name, or the name where it is one word or an acronym: what a name and its acronym share."""
    keys = organization_keys(name)
    if is_acronym(name) or len(keys) == 1:
        return "".join(keys).replace("-", "")
    large = [part for key in keys for part in key.split("-") if part and part not in SMALL_WORDS]
    return "".join(part[0] for part in large) if len(large) > 1 else "".join(large)


def is_generic(keys: tuple[str, ...]) -> bool:
    """Whether a name says only what kind of body it is and what for (Health Department, Supreme Court), so that many places have one."""
    return all(key in _kinds() or key in SMALL_WORDS for key in keys)


@cache
def _kinds() -> frozenset[str]:
    words = frozenset().union(*map(entries, ("organization_nouns", "kinds_of_body", "role_fields", "body_subjects")))
    return words | {f"{word}s" for word in words} | LEGAL_FORMS


def rarity_of(name: NameClass, first_names: int) -> Rarity:
    """How many people may have a name.

    Args:
        name: A full name.
        first_names: How many first names the family name has in the archive.
    """
    if len(name.keys[0]) == 1 and len(name.keys) == 2:  # noqa: PLR2004  J. Roe may be anybody; J.K. Roe hardly
        return "common"
    if first_names >= MANY_FIRST_NAMES or name.family in _common("common_surnames"):
        middle = any(len(key) > 1 for key in name.keys[1:-1])
        return "common" if romanized(name.keys[0]) in _common("common_first_names") and not middle else "ordinary"
    return "rare" if first_names <= FEW_FIRST_NAMES else "ordinary"


@cache
def _common(names: str) -> frozenset[str]:
    return frozenset(map(romanized, entries(names)))


def difference(one: NameClass, other: NameClass) -> Literal["initials", "variant", "suffix"] | None:
    """How two names differ that may be one person's; None where they may not."""
    first, second = (PersonName("", name.keys, name.suffix) for name in (one, other))
    if not may_be_one(first, second):
        return None
    if one.suffix != other.suffix:
        return "suffix"
    given = {len(name.keys[0]) == 1 for name in (one, other)}
    return "variant" if given == {False} and is_spelling(one.family, other.family) else "initials"


def roots(name: NameClass) -> Iterator[str]:
    """By what a name is found when variants are looked for: the first letter of the first name, and of those that it is a pet name of."""
    first = name.keys[0]
    pets = meanings("nicknames")
    found = {first[0], *(pet[0] for pet in pets.get(first, ())), *(full[0] for full in _full_names().get(first, ()))}
    yield from sorted(found)


@cache
def _full_names() -> dict[str, tuple[str, ...]]:
    """For each pet name the names that it is short for."""
    found: dict[str, tuple[str, ...]] = {}
    for full, pets in meanings("nicknames").items():
        for pet in pets:
            found[pet] = (*found.get(pet, ()), full)
    return found
