"""Turn spans: the spans of a page that a turn consists of, with its later paragraphs and without stage directions."""

import re

from quoteapi.findings import Chars
from quoteapi.knowledge import entries, meanings
from quoteapi.quotes.turns.blocks import Block, is_about, is_spoken, is_stage_direction, is_stopped, without_marked
from quoteapi.quotes.turns.labels import Head

_BRACKET = re.compile(r"[\[(]([^()\[\]\n]{1,60})[\])]")
_STAGED = re.compile(r"(?:He|She|They)\b[^?!]*\.$")
"""A stage direction in the form of a sentence."""
_SHORT = 3
"""Maximum words of a stage direction that only its first word identifies (shakes her head)."""
_BEFORE = 4
"""Characters before a bracket in which the sentence before it must end."""
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ABOUT_THE_PAGE = re.compile(
    r"\b(?:interview|transcript|conversation|edited|condensed|clarity|podcast|subscribe|follow us|share|comments? below|read more)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 12
"""Maximum words of a line between turns that is a heading."""


def spans_of(text: str, start: int, end: int) -> list[Chars]:
    """Returns the spoken spans of `text[start:end]`, without stage directions, times in brackets, and markers of bold type.

    Square brackets between sentences are the page's own; inside a sentence they contain an inserted word ([the wall]), unless it is a known
    stage direction.
    """
    found: list[Chars] = []
    place = start
    for bracket in _BRACKET.finditer(text, start, end):
        between_sentences = bracket.start() == start or is_stopped(text[max(start, bracket.start() - _BEFORE) : bracket.start()])
        if is_transcript_note(bracket[1]) or (between_sentences and (bracket[0][0] == "[" or _STAGED.match(bracket[1]))):
            found.append((place, bracket.start()))
            place = bracket.end()
    found.append((place, end))
    return [span for one in found if (span := _trimmed(text, *one)) is not None]


def is_transcript_note(words: str) -> bool:
    """Whether words in brackets are the transcript's own (laughs, through an interpreter, 00:12), not part of the speech."""
    if _TIME.fullmatch(words.strip()):
        return True
    lower = [found[0].lower() for found in _WORD.finditer(words)]
    if not lower or is_spoken(words) or not entries("clause_words").isdisjoint(lower):
        return False
    known = meanings("stage_directions")
    return (lower[0] in known and len(lower) <= _SHORT) or any("in" in known.get(word, ()) for word in lower)


def continues_turn(text: str, block: Block, head: Head, *, last: bool, asked: bool) -> bool | None:
    """Whether a block without a label belongs to the turn before it; None if it is only skipped.

    Args:
        text: The page.
        block: The block.
        head: The turn's label.
        last: Whether no other turn follows; then the block must sound like speech, since the narration may resume.
        asked: Whether unlabelled questions are another speaker's, because the page labels only one.
    """
    words = text[block.start : block.end]
    if is_stage_direction(words):
        return None
    if asked and words.rstrip("*_ ").endswith("?"):
        return False
    plain = without_marked(words)
    own = [found[0] for found in _WORD.finditer(plain)]
    spoken = is_spoken(plain)
    if not is_stopped(words) and len(own) <= _LONGEST_HEADING:
        return None
    reports = plain != words and any(word.lower() in entries("reporting_forms") for word in own)
    if (reports or is_about(plain, head)) and not spoken:
        return False
    return not last or (spoken and not about_the_page(words) and not reports)


def about_the_page(words: str) -> bool:
    """Whether words are an editorial note (This interview has been edited)."""
    return _ABOUT_THE_PAGE.search(words) is not None


def _trimmed(text: str, start: int, end: int) -> Chars | None:
    """Returns a span without white space and type markers at its edges; None if it contains no word."""
    while start < end and (text[start].isspace() or text[start] in "*_.,;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None
