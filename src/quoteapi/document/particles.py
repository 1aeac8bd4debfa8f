"""Particles: family names of several words (van der Berg, el-Sherbini, Roe-Doe), which the finder of names cuts or leaves out."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from quoteapi.document.name_parts import PERSON, is_capital, is_first_name, is_joined
from quoteapi.knowledge import entries

MOST = 4
"""Tokens of particles between two parts of a name at most, hyphens included."""
HYPHENS = frozenset({"-", "‑"})


def particled(doc: Doc, capitals: Sequence[Token]) -> Iterator[Span]:
    """Persons whose names go on behind particles, as whole names."""
    for entity in doc.ents:
        if entity.label_ != PERSON:
            continue
        end = entity.end - trailing(entity)
        while further := family_end(doc, end):
            end = further
        if end == entity.end - 1 and entity.end < len(doc) and is_joined(doc[entity.end]):
            end = entity.end + 1  # a second syllable with a small letter: Choo Kyu-[ho]
        if end > entity.end:
            yield Span(doc, entity.start, end, PERSON)
    for token in capitals:
        if is_first_name(token) and not token.ent_type_ and (family := family_end(doc, token.i + 1)):
            yield Span(doc, token.i, family, PERSON)


def trailing(entity: Span) -> int:
    """How many tokens at the end of a name are particles or hyphens, which belong to what follows (Hala [el]-Sherbini)."""
    found = 0
    for token in reversed(list(entity)):
        if not (is_particle(token) or token.text in HYPHENS):
            break
        found += 1
    return found


def family_end(doc: Doc, start: int) -> int | None:
    """Where the name ends that goes on at a token with particles and a capitalised word; None where it does not go on so."""
    i = start
    while i < len(doc) and i - start < MOST and (is_particle(doc[i]) or doc[i].text in HYPHENS):
        i += 1
    if (
        i == start
        or i >= len(doc)
        or not is_capital(doc[i])
        or doc[i].text in HYPHENS
        or not (is_particle(doc[start]) or is_joined(doc[start]))
    ):
        return None
    if any(token.is_sent_start for token in doc[start + 1 : i + 1]):
        return None
    while i + 2 < len(doc) and doc[i + 1].text in HYPHENS and not doc[i].whitespace_ and is_capital(doc[i + 2]):
        i += 2
    return i + 1


def is_particle(token: Token) -> bool:
    """Whether a token is a particle of names."""
    return token.lower_ in entries("name_particles")
