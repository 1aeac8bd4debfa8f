"""Parties and constituencies: R-TX is a Republican from Texas; the Labour MP for Kelby belongs to Labour and represents Kelby."""

import re

from spacy.tokens import Doc

from quoteapi.constructions.words import bare
from quoteapi.knowledge import entries, meanings

HYPHEN = re.compile(r"[-–—]")
LEADING = frozenset({"for", "from"})
"""Prepositions after the noun for an office that introduce the constituency."""
MAX_WORDS = 3
"""Maximum number of words in the name of a party or a state."""


def full_name(words: str, kind: str) -> str | None:
    """Returns the full name that the list `kind` has for a party or a state, ignoring full stops and case; None if it has none."""
    found = meanings(kind).get(" ".join(words.replace(".", "").lower().split()))
    return " ".join(found) if found else None


def party_of_tag(tag: str) -> tuple[str | None, str | None]:
    """Returns the party and the constituency of a tag: R-TX, D-Calif., Lab - Kelby."""
    party, *behind = HYPHEN.split(tag, maxsplit=1)
    seat = "".join(behind).lstrip()
    return full_name(party, "parties"), full_name(seat, "states") or seat or None


def party_of_role(doc: Doc, start: int, end: int, head: int) -> tuple[str | None, str | None]:
    """Returns the party and the constituency expressed in the role of tokens `start`:`end`, whose noun is at `head`."""
    if bare(doc[head]) not in entries("seats"):
        return party_in(doc, start, end), None
    behind = head + 1
    while behind < end and doc[behind].lower_ in {".", "of", "parliament", "congress", "assembly", "the"}:
        behind += 1
    seat = None
    if behind < end - 1 and doc[behind].lower_ in LEADING:
        seat = proper_name(doc, behind + 1, end)
    return party_in(doc, start, head), seat or state_before(doc, start, head)


def party_in(doc: Doc, start: int, end: int) -> str | None:
    """Returns the capitalized party name among the tokens; a longer name takes precedence over a shorter one."""
    for length in range(MAX_WORDS, 0, -1):
        for i in range(start, end - length + 1):
            words = doc[i : i + length].text
            alone = i + length >= end or is_word_of_office(doc, i + length)
            if words[:1].isupper() and len(words) > 1 and alone and (found := full_name(words, "parties")) is not None:
                return found
    return None


def is_word_of_office(doc: Doc, i: int) -> bool:
    """Whether a token continues a role rather than a name (Labour leader, Green MP; not Green Bay)."""
    return not doc[i].text[:1].isupper() or bare(doc[i]) in entries("seats") | entries("titles") | {"party", "leader"}


def proper_name(doc: Doc, start: int, end: int) -> str | None:
    """Returns the capitalized words from token `start` on: Kelby North, Bethnal Green and Stepney."""
    i = start + (doc[start].lower_ == "the")
    first = i
    while i < end and (
        doc[i].text[:1].isupper() or (doc[i].lower_ in {"and", "-", "upon"} and i + 1 < end and doc[i + 1].text[:1].isupper())
    ):
        i += 1
    name = doc[first:i].text
    return (full_name(name, "states") or name) if i > first else None


def state_before(doc: Doc, start: int, head: int) -> str | None:
    """Returns the state named before the noun for an office: Texas Senator."""
    for length in range(MAX_WORDS, 0, -1):
        for i in range(start, head - length + 1):
            words = doc[i : i + length].text
            if words[:1].isupper() and (found := full_name(words, "states")) is not None and found.lower() == words.lower().rstrip("."):
                return found
    return None
