"""Nicknames: words between marks inside a person's name (Ervin “Spark” Roe), which are part of the name and not speech."""

from spacy.tokens import Doc

from quoteapi.document.name_parts import is_given_name
from quoteapi.knowledge import entries

MAX_WORDS = 5
"""Maximum words of a nickname."""
SMALL = frozenset({"the", "of", "and"})
"""Words of a nickname that need no capital."""
PARTICLES = frozenset({"de", "da", "del", "der", "di", "du", "la", "van", "von", "bin", "al", "el"})
"""Particles that may begin a family name."""


def is_nickname(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens `start`:`end`, marks included, stand between the parts of one person's name."""
    if not 0 < start < end < len(doc):
        return False
    words = [token for token in doc[start:end] if token.is_alpha]
    capitals = all(token.text[0].isupper() or token.lower_ in SMALL for token in words)
    given, family = doc[start - 1], doc[end]
    listed = is_given_name(given.lower_)
    first = given.text[:1].isupper() and (given.ent_type_ == "PERSON" or listed)
    last = family.text[:1].isupper() and family.pos_ in {"PROPN", ""} and family.lower_ not in entries("titles")
    particle = family.lower_ in PARTICLES and end + 1 < len(doc) and doc[end + 1].text[:1].isupper()
    return 0 < len(words) <= MAX_WORDS and capitals and first and (last or particle)
