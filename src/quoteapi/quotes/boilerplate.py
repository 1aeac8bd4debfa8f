"""Boilerplate: the section of a press release that says who its sender is (About Kelby Ferries), and quotes nobody."""

import re

from quoteapi.findings import Chars
from quoteapi.knowledge import entries
from quoteapi.text import paragraphs

_HEADING = re.compile(r"(?:#+ |\*\*)?About (?:the )?[^\W\d_][^.?!:;\n]{0,60}")
_END = re.compile(r"(?:# ?# ?#|-30-|ends?|contacts?\b.{0,60}|media contacts?\b.{0,60}|notes? to editors?)\W*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
FIRST = 3
"""Paragraphs from the top among which such a heading is the story's own."""


def about_sections(text: str) -> list[Chars]:
    """The paragraphs below a heading *About …*, to the text's end or the next heading of a release, in reading order.

    A paragraph in which a reporting verb stands is none of them: there somebody speaks.
    """
    found: list[Chars] = []
    inside = False
    for number, (start, end) in enumerate(paragraphs(text) if "About " in text else ()):
        if _HEADING.fullmatch(text, start, end):
            inside = number >= FIRST
        elif _END.fullmatch(text, start, end):
            inside = False
        elif inside and not any(word[0].lower() in entries("reporting_forms") for word in _WORD.finditer(text, start, end)):
            found.append((start, end))
    return found
