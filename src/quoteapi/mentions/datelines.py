"""Datelines: where a story was filed, in capitals before a dash or a colon (KELBY, Norland (Newswire) —); they mention no speaker."""

from collections.abc import Iterator

from spacy.tokens import Doc

LONGEST = 14
"""Maximum length of a dateline, in tokens."""
PARAGRAPHS = 3
"""Number of paragraphs at the top among which it may stand: a headline and another line may come before it."""
DASHES = frozenset({"—", "–", "--", "-"})


def dateline_end(doc: Doc) -> int:
    """Returns the token after the dash of the dateline that opens the story; 0 if there is none.

    If several paragraphs open this way, the capitals before a dash are labels of turns.
    """
    starts = list(paragraph_starts(doc))
    found = [(k, end) for k, start in enumerate(starts) if (end := behind_dash(doc, start))]
    return found[0][1] if len(found) == 1 and found[0][0] < PARAGRAPHS else 0


def paragraph_starts(doc: Doc) -> Iterator[int]:
    """Yields the first token of each paragraph."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        elif fresh:
            fresh = False
            yield token.i


def behind_dash(doc: Doc, start: int) -> int:
    """Returns the token after a spaced dash or a colon that follows only capitals, numbers and punctuation; otherwise 0."""
    if not (doc[start].is_upper and doc[start].is_alpha and len(doc[start]) > 1):
        return 0
    for token in doc[start + 1 : start + LONGEST]:
        if (token.text in DASHES and token.nbor(-1).whitespace_) or (token.text == ":" and token.nbor(-1).is_upper and token.whitespace_):
            return int(token.i) + 1
        if token.is_space or not (token.text[:1].isupper() or token.like_num or token.is_punct):
            return 0
    return 0
