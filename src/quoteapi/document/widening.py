"""Widening: persons whose names the finder cut short get the first name, the surname or the hyphened part that stands beside them."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from quoteapi.document.name_parts import (
    PERSON,
    is_capital,
    is_family_behind,
    is_first_name,
    is_given_before,
    is_job,
    is_joined,
    may_be_person,
    runs_on,
)
from quoteapi.knowledge import entries

INITIALS = re.compile(r"(?:[A-Z]\.)+")


def widened(doc: Doc) -> Iterator[Span]:
    """Persons whose first name, surname or hyphened part was left outside."""
    for entity in doc.ents:
        if entity.label_ != PERSON:
            continue
        start, end = entity.start, entity.end
        office = start > 0 and doc[start - 1].lower_ in entries("role_nouns") and is_first_name(entity[0])
        while start > 0 and not office and not doc[start - 1].ent_type_ and is_first_name(doc[start - 1]) and doc[start - 1].tag_ == "NNP":
            start -= 1
        if start > 1 and is_capital(doc[start - 1]) and not doc[start - 1].ent_type_ and is_job(doc[start - 2]):
            start -= 1
        while start > 0 and INITIALS.fullmatch(doc[start - 1].text):
            start -= 1
        if len(entity) == 1 and start == entity.start and is_given_before(doc, start):
            start -= 1
        while end < len(doc) and doc[end].ent_type_ == PERSON and is_joined(doc[end]):
            end += 1
        while end < len(doc) and not doc[end].ent_type_ and (runs_on(doc[end]) or (len(entity) == 1 and is_family_behind(doc, start, end))):
            end += 1
        if end - start > len(entity) and may_be_person(doc[start:end]):
            yield Span(doc, start, end, PERSON)
