"""Names of organizations: whether one is an acronym or a short form of another."""

from collections.abc import Sequence

from quoteapi.knowledge import meanings
from quoteapi.speakers.person_names import clean, folded, without_article

SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "at", "a", "an", "de", "du", "la"})
LEGAL_FORMS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "ag", "gmbh", "sa", "nv", "company", "corporation", "group", "holdings"})
SHORTEST_ACRONYM = 2


def organization_keys(text: str) -> tuple[str, ...]:
    """Returns the folded words of an organization's name, without article and legal form."""
    keys = [key for word in without_article(clean(text)).split() if (key := folded(word)) or word == "&"]
    while len(keys) > 1 and keys[-1] in LEGAL_FORMS:
        keys.pop()
    return tuple(key or "and" for key in keys)


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym (SEC, N.A.T.O., HSI)."""
    letters = clean(text).replace(".", "")
    return SHORTEST_ACRONYM <= len(letters) <= 8 and letters.isalpha() and sum(c.isupper() for c in letters) >= len(letters) - 1 > 0  # noqa: PLR2004 - longer ones are names


def acronym_fits(acronym: str, keys: Sequence[str]) -> bool:
    """Whether an acronym consists of the initials of a name's words, with or without small words."""
    letters = clean(acronym).replace(".", "").casefold()
    parts = [part for key in keys for part in key.split("-") if part]
    large = [part for part in parts if part not in SMALL_WORDS]
    return len(large) > 1 and letters in {"".join(part[0] for part in parts), "".join(part[0] for part in large)}


def is_short_form(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is a short form of another: its last words (Capitol Police), or all but generic nouns (Etihad, for Etihad Airways)."""
    if not short or len(short) >= len(long):
        return False
    kinds = meanings("organization_nouns")
    if len(short) == 1 and short[0] in kinds:
        return short[0] == long[-1] or (short[0] == long[0] and long[1] in {"of", "for"})
    if tuple(long[: len(short)]) == tuple(short) and len("".join(short)) > 3:  # noqa: PLR2004 - US, EU, Al begin many names
        return all(word in kinds or word in SMALL_WORDS for word in long[len(short) :]) and short[-1] not in kinds
    return len(short) > 1 and tuple(long[-len(short) :]) == tuple(short)
