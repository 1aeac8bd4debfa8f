"""Naming: how names of persons and organizations are normalized and compared across articles."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from quoteapi.audit.bearers import Rarity
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.organization_names import LEGAL_FORMS, SMALL_WORDS, is_acronym, organization_keys
from quoteapi.speakers.person_names import PersonName, clean, may_be_one, person_name
from quoteapi.speakers.spellings import is_spelling, romanized

FEW_FIRST_NAMES = 4
"""A family name with at most this many first names in an archive is rare."""
MANY_FIRST_NAMES = 25
"""A family name with at least this many first names is common, even if the list does not have it."""
_NICKNAME = re.compile(r"\s{1,4}(?:[“\"'‘][^“”\"]{1,40}[”\"'’]|\([^()]{1,40}\))(?=\s)")
_VOWELS = re.compile(r"[aeiou]")


class NameClass(Struct, frozen=True, order=True):
    """A full name, standing for all its spellings.

    Args:
        written: Its letters in the canonical spelling, the same for all that sound alike.
        suffix: Jr. or III, folded; empty if there is none.
        keys: Its folded words, in one of the spellings.
    """

    written: str
    suffix: str
    keys: tuple[str, ...]

    @property
    def family(self) -> str:
        """The family name in the canonical spelling."""
        return romanized(self.keys[-1])


@lru_cache(maxsize=1 << 16)
def person_of(name: str) -> PersonName | None:
    """Parses a person's name without a nickname in quotation marks or brackets; None if it has no letters or digits."""
    return person_name(_NICKNAME.sub("", clean(name)))


def class_of(name: PersonName) -> NameClass:
    """Returns the class of a full name; spellings of the same name differ in `keys` alone."""
    return NameClass("".join(map(romanized, name.keys)), name.suffix, name.keys)


def blocking_word(family: str) -> str:
    """Returns the first letter of a family name and its other consonants, each once and sorted, which most typos leave unchanged.

    Only the last part of a double name counts.
    """
    word = romanized(family.rpartition("-")[2] or family)
    return word[:1] + "".join(sorted(set(_VOWELS.sub("", word[1:]))))


def organization_letters(name: str) -> str:
    """Returns the blocking key that a name and its acronym share: the initials, or the name if it is one word or an acronym."""
    keys = organization_keys(name)
    if is_acronym(name) or len(keys) == 1:
        return "".join(keys).replace("-", "")
    large = [part for key in keys for part in key.split("-") if part and part not in SMALL_WORDS]
    return "".join(part[0] for part in large) if len(large) > 1 else "".join(large)


def is_generic(keys: tuple[str, ...]) -> bool:
    """Whether a name says only the kind and subject of an organization (Health Department, Supreme Court), so that many places have one."""
    return all(key in _kinds() or key in SMALL_WORDS for key in keys)


@cache
def _kinds() -> frozenset[str]:
    words = frozenset().union(*map(entries, ("organization_nouns", "kinds_of_body", "role_fields", "body_subjects")))
    return words | {f"{word}s" for word in words} | LEGAL_FORMS


def rarity_of(name: NameClass, first_names: int) -> Rarity:
    """Estimates how common a name is.

    Args:
        name: A full name.
        first_names: Number of first names that the family name has in the archive.
    """
    if len(name.keys[0]) == 1 and len(name.keys) == 2:  # noqa: PLR2004  J. Roe may be anybody, J.K. Roe hardly
        return "common"
    if first_names >= MANY_FIRST_NAMES or name.family in _common("common_surnames"):
        middle = any(len(key) > 1 for key in name.keys[1:-1])
        return "common" if romanized(name.keys[0]) in _common("common_first_names") and not middle else "ordinary"
    return "rare" if first_names <= FEW_FIRST_NAMES else "ordinary"


@cache
def _common(names: str) -> frozenset[str]:
    return frozenset(map(romanized, entries(names)))


def difference(one: NameClass, other: NameClass) -> Literal["initials", "variant", "suffix"] | None:
    """Returns how two names differ that may belong to the same person; None if they cannot."""
    first, second = (PersonName("", name.keys, name.suffix) for name in (one, other))
    if not may_be_one(first, second):
        return None
    if one.suffix != other.suffix:
        return "suffix"
    given = {len(name.keys[0]) == 1 for name in (one, other)}
    return "variant" if given == {False} and is_spelling(one.family, other.family) else "initials"


def roots(name: NameClass) -> Iterator[str]:
    """Yields the keys under which variants are looked up: the first letters of the first name, its nicknames and its full forms."""
    first = name.keys[0]
    pets = meanings("nicknames")
    found = {first[0], *(pet[0] for pet in pets.get(first, ())), *(full[0] for full in _full_names().get(first, ()))}
    yield from sorted(found)


@cache
def _full_names() -> dict[str, tuple[str, ...]]:
    """Returns the full first names of each nickname."""
    found: dict[str, tuple[str, ...]] = {}
    for full, pets in meanings("nicknames").items():
        for pet in pets:
            found[pet] = (*found.get(pet, ()), full)
    return found
