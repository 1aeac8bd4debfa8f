"""Keystrokes: spaces too many, and marks that were typed with other characters."""

import re
from collections.abc import Iterator, Sequence

from quoteapi.text.edits import Edit
from quoteapi.text.lines import Line

_SPACED_OUT = r"(?<!\S)[^\W\d_](?: {1,3}[^\W\d_]){4,}(?!\S)"
"""A word in single letters (s a i d), perhaps more words, two spaces between them."""
_SPACES = r"(?<=\S) {2,}"
_BEFORE_A_POINT = r"(?<=\w) (?=[,;:.?!](?![\w.,;:?!]| [.]))"
_LOW = r"(?<![\w,]),,(?=[^\W_]|[‘'\[(])"
_ODD = re.compile(f"(?P<letters>{_SPACED_OUT})|(?P<spaces>{_SPACES})|(?P<point>{_BEFORE_A_POINT})|(?P<low>{_LOW})")
_ANGLES = re.compile(r"(?<![<\w])<<(?=\S)|(?<![\s>])>>(?!>)")
_BACKTICKS = re.compile(r"(?<!`)``(?!`)|(?<=[^\s'])''(?!')")
_APOSTROPHES = re.compile("(?P<mark>'')")
_OPENING = re.compile(r"(?<![^\s(\[—–-])''(?=\w)")
_DOUBLE = re.compile(r"[\"“”„«»]|``|'''")
_LOST = "\ufffdâ?"
"""What is left of quotation marks and apostrophes that a converter did not know, one of these for each."""
_SPACE = re.compile(" +")
_WRITTEN = {"<<": "«", ">>": "»", "``": "“", "''": "”", ",,": "„"}


def retyped(text: str, lines: Sequence[Line]) -> Iterator[Edit]:
    """The edits inside the lines, in reading order.

    Of more than one space one is kept, none before a point or a comma; letters that are spaced out are joined; ,, and, where a text opens
    with them, <<, `` and '' are read as the marks that they stand for ('' where there are no other double marks); so are signs that are
    left of marks.
    """
    patterns = [_ODD, *([_ANGLES] if "<<" in text else []), *([_BACKTICKS] if "``" in text else [])]
    patterns += [_APOSTROPHES] if _OPENING.search(text) and not _DOUBLE.search(text) else []
    patterns += [pattern for sign in _LOST if sign in text and (pattern := _lost(text, sign))]
    for line in lines:
        found = [edit for pattern in patterns for match in pattern.finditer(text, line.start, line.end) for edit in _edits(match)]
        yield from sorted(found, key=lambda edit: edit.start) if len(patterns) > 1 else found


def _lost(text: str, sign: str) -> re.Pattern[str] | None:
    """Where a sign stands for marks that are lost; None where it does so nowhere, since no quote begins and none ends with it.

    Behind a word's last letter it closes, unless that is an s, which an apostrophe may follow; a question mark does not.
    """
    lost = re.escape(sign)
    opening, closing = rf"(?<![^\s(—–-]){lost}(?=[^\W\d_])", rf"(?<=[,.!?]){lost}(?=\s|$)"
    if not (re.search(opening, text) and re.search(closing, text)):
        return None
    behind_words = "" if sign == "?" else rf"|(?<=[^\W\d_sS]){lost}(?=\s|$)"
    marks = rf"{opening}|{closing}|(?<=\w){lost}(?=[,.;:!?](?:\s|$)){behind_words}"
    return re.compile(rf"(?P<mark>{marks})|(?P<apostrophe>(?<=[^\W\d_]){lost}(?=(?:s|t|re|ll|ve|d|m)\b))")


def _edits(found: re.Match[str]) -> Iterator[Edit]:
    start, end = found.span()
    words = found[0]
    if found.lastgroup in {"mark", "apostrophe"}:
        yield Edit(start, end, '"' if found.lastgroup == "mark" else "’")
    elif words in _WRITTEN:
        yield Edit(start, end, _WRITTEN[words])
    elif words == " ":
        yield Edit(start, end, "")
    elif words.isspace():
        yield Edit(start + 1, end, "")
    else:
        wide = "  " in words
        for space in _SPACE.finditer(words):
            kept = wide and len(space[0]) > 1
            yield Edit(start + space.start() + kept, start + space.end(), "")
