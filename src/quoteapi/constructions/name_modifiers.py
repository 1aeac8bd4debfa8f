"""Name modifiers: descriptions beside a person's name: its title, its appositions, the relative clause after it, its affiliation."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch, affiliation, appositions_after
from quoteapi.constructions.clauses import relative_role, role_as
from quoteapi.constructions.lists import shared_apposition
from quoteapi.constructions.nouns import is_role_word
from quoteapi.constructions.preposed import apposition_before
from quoteapi.constructions.signature_lines import role_below
from quoteapi.constructions.titles import title_before

Pattern: TypeAlias = Literal["title", "apposition", "preposed", "relative", "predicate", "as", "affiliation", "tag", "phrase", "kind"]
"""The construction in which a description was found."""


def name_modifiers(doc: Doc, start: int, end: int, *, plural: bool) -> Iterator[tuple[Pattern, Stretch]]:
    """Yields the descriptions before and after a person's name, each with its construction."""
    title = title_before(doc, start)
    if title is not None:
        yield "title", title
    after = appositions_after(doc, end, is_role_word, plural=plural)
    for stretch in after.found:
        yield "apposition", stretch
    shared = shared_apposition(doc, start, end) if not after.found else None
    if shared is not None:
        yield "apposition", shared
    elif not after.found:
        before = apposition_before(doc, start, end, is_role_word)
        if before is not None:
            led = doc[max(0, before[0] - 2) : before[0]].text.lower().split()
            yield "as" if "as" in led else "preposed", before
    signed = role_below(doc, start, end)
    if signed is not None:
        yield "apposition", signed
    relative = relative_role(doc, after.end, plural=plural)
    if relative is not None:
        yield "relative", relative
    office = role_as(doc, start, end)
    if office is not None:
        yield "as", office
    body = affiliation(doc, start, end)
    if body is not None:
        yield "affiliation", body


def after_appositions(doc: Doc, start: int, end: int) -> int:
    """Returns where the clause continues after a name's appositions, or after the name as one: Roe, 34, | is; her cousin, Roe, | is."""
    if start > 0 and end < len(doc) and doc[start - 1].text == "," == doc[end].text:
        return end + 1
    i = appositions_after(doc, end, is_role_word, plural=False).end
    return i + 1 if end < i < len(doc) and doc[i].text in {",", "–", "—"} else i
