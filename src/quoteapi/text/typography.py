"""Typography: superfluous spaces, and quotation marks that were typed with other characters."""

import re
from collections.abc import Iterator, Sequence

from quoteapi.text.edits import Edit
from quoteapi.text.lines import Line

_SPACED_OUT = r"(?<!\S)[^\W\d_](?: {1,3}[^\W\d_]){4,}(?!\S)"
"""A word in single letters (s a i d), and further words if two or more spaces separate them."""
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
"""Characters that converters leave in place of unknown quotation marks and apostrophes, one for each."""
_SPACE = re.compile(" +")
_WRITTEN = {"<<": "«", ">>": "»", "``": "“", "''": "”", ",,": "„"}


def typography_edits(text: str, lines: Sequence[Line]) -> Iterator[Edit]:
    """Yields the edits inside lines, in reading order.

    Collapses repeated spaces, drops spaces before punctuation, joins spaced-out letters, and replaces these with the marks that they stand
    for: ,, always; << >> and `` '' if the text has the opening one; '' on both sides if the text has no other double marks; and characters
    left over from lost marks.
    """
    patterns = [_ODD, *([_ANGLES] if "<<" in text else []), *([_BACKTICKS] if "``" in text else [])]
    patterns += [_APOSTROPHES] if _OPENING.search(text) and not _DOUBLE.search(text) else []
    patterns += [pattern for sign in _LOST if sign in text and (pattern := _lost(text, sign))]
    for line in lines:
        found = [edit for pattern in patterns for match in pattern.finditer(text, line.start, line.end) for edit in _edits(match)]
        yield from sorted(found, key=lambda edit: edit.start) if len(patterns) > 1 else found


def _lost(text: str, sign: str) -> re.Pattern[str] | None:
    """Returns the pattern of the marks that a character replaces; None unless some quote begins and some quote ends with it.

    After the last letter of a word it closes a quote, except after an s, where it may be an apostrophe; a question mark never does.
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
