"""Datelines: where a story was filed, in capitals and before a dash or a colon (KELBY, Norland (Newswire) —), for nobody."""

from collections.abc import Iterator

from spacy.tokens import Doc

LONGEST = 14
"""Tokens of a dateline at most."""
PARAGRAPHS = 3
"""Paragraphs from the top among which it stands: a headline and another line may come before it."""
DASHES = frozenset({"—", "–", "--", "-"})


def dateline_end(doc: Doc) -> int:
    """The token behind the dash of the dateline that opens the story; 0 where there is none.

    Where several paragraphs open so, capitals before a dash are the labels of turns.
    """
    starts = list(paragraph_starts(doc))
    found = [(k, end) for k, start in enumerate(starts) if (end := behind_dash(doc, start))]
    return found[0][1] if len(found) == 1 and found[0][0] < PARAGRAPHS else 0


def paragraph_starts(doc: Doc) -> Iterator[int]:
    """The first token of each paragraph."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        elif fresh:
            fresh = False
            yield token.i


def behind_dash(doc: Doc, start: int) -> int:
    """The token behind a spaced dash or a colon that only capitals, numbers and marks stand before; 0 where something else does."""
    if not (doc[start].is_upper and doc[start].is_alpha and len(doc[start]) > 1):
        return 0
    for token in doc[start + 1 : start + LONGEST]:
        if (token.text in DASHES and token.nbor(-1).whitespace_) or (token.text == ":" and token.nbor(-1).is_upper and token.whitespace_):
            return int(token.i) + 1
        if token.is_space or not (token.text[:1].isupper() or token.like_num or token.is_punct):
            return 0
    return 0
