"""Signatures: a name with a line of its own and the role in the line below it, as under a letter (Jane Roe / Harbour engineer, Kelby)."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch
from quoteapi.constructions.phrases import role_phrase
from quoteapi.constructions.words import is_break, is_finite

LONGEST = 12
"""Tokens of the line below at most."""


def role_below(doc: Doc, start: int, end: int) -> Stretch | None:
    """The role that fills the line below the name `start`:`end`, up to a comma and a place or a body behind it."""
    alone = (start == 0 or is_break(doc[start - 1])) and end < len(doc) - 1 and is_break(doc[end])
    if not alone or "\n\n" in doc[end].text:
        return None
    last = line_end(doc, end + 1)
    if not 0 < last - end - 1 <= LONGEST or doc[last - 1].text in {".", "?", "!", ":"} or any(map(is_finite, doc[end + 1 : last])):
        return None
    described = role_phrase(doc, end + 1, limit=last)
    if described is None or described.plural:
        return None
    return (described.start, described.end) if described.end == last or doc[described.end].text == "," else None


def line_end(doc: Doc, i: int) -> int:
    """The token behind the last one of the line that goes on at token `i`."""
    return next((j for j in range(i, len(doc)) if is_break(doc[j])), len(doc))
