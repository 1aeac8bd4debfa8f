"""Signatures: a name on a line of its own and the role in the line below, as under a letter (Jane Roe / Harbour engineer, Kelby)."""

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch
from quoteapi.constructions.phrases import role_phrase
from quoteapi.constructions.words import is_break, is_finite

LONGEST = 12
"""Maximum tokens of the line below."""


def role_below(doc: Doc, start: int, end: int) -> Stretch | None:
    """Returns the role that fills the line below the name `start`:`end`, up to a comma before a place or an organization."""
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
    """Returns the token after the last one of the line that continues at token `i`."""
    return next((j for j in range(i, len(doc)) if is_break(doc[j])), len(doc))
