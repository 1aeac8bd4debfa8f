"""Questions and answers without labels: an interview in alternating paragraphs, below words that say who is interviewed.

Features ask questions in passing, too. An interview has at least two on lines of their own, says that it is one, and names one person above
them; half of its answers sound like speech.
"""

import re
from itertools import pairwise

from quoteapi.constructions.nouns import names_role
from quoteapi.document.name_parts import is_given_name
from quoteapi.findings import Chars, FoundQuote, Label
from quoteapi.quotes.turns.blocks import is_spoken, is_stopped
from quoteapi.quotes.turns.turn_spans import about_the_page
from quoteapi.text import paragraphs

MIN_QUESTIONS = 2
"""Minimum questions of an interview."""
MAX_QUESTION_WORDS = 60
"""Maximum words of a question."""
MAX_GAP = 8
"""Maximum paragraphs from one question to the next."""
_MARKS = re.compile(r"[“”\"«»]")
_TALK = re.compile(
    r"\binterview(?:ed|s)?\b|\bq&a\b|\bin conversation with\b|\banswer(?:s|ed)? (?:our|your|my|a few|some|readers[’']|\w+) questions\b",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\b(?:we|i) (?:met|spoke|talked|sat down|asked|caught up)\b|\b(?:spoke|talked|talks|speaks) (?:to|with) (?:us|me)\b", re.IGNORECASE
)
"""Words that say that someone is interviewed: an interview, we met her, she spoke to us."""
_NAME = re.compile(r"\b(?=([A-Z][\w’'-]{1,60}+)((?: [A-Z]\.)?(?: (?:[a-z]{1,3} )?[A-Z][\w’'-]++){1,3}))")
"""Where a name of two or more words may begin, even after a title. The length of its first word is limited, since a word with hyphens is
examined to its end from each of them.
"""


def find_answers(text: str) -> list[FoundQuote]:
    """Returns the answers of an interview without labels, in reading order; none if the page is not an interview."""
    parts = paragraphs(text)
    asked = [number for number, part in enumerate(parts) if number and is_question(text[slice(*part)])]
    if len(asked) < MIN_QUESTIONS or any(not 1 < below - above <= MAX_GAP for above, below in pairwise(asked)):
        return []
    above = text[: parts[asked[0]][0]]
    name = interviewee(above) if _TALK.search(above) or _WE.search(above) else None
    if name is None or asked[-1] + 1 == len(parts):
        return []
    answers = [parts[above + 1 : below] for above, below in pairwise([*asked, asked[-1] + 2])]
    openings = [text[slice(*answer[0])] for answer in answers]
    if not all(map(is_stopped, openings)) or 2 * sum(map(is_spoken, openings)) < len(openings) or any(map(about_the_page, openings)):
        return []
    label = Label(name, "name")
    return [FoundQuote(tuple(answer), (answer[0][0], answer[-1][1]), form="turn", label=label) for answer in answers]


def is_question(words: str) -> bool:
    """Whether a paragraph is only a question, without quotation marks."""
    plain = words.strip("*_ ")
    return plain.endswith("?") and plain[0].isupper() and _MARKS.search(plain) is None and len(plain.split()) <= MAX_QUESTION_WORDS


def interviewee(above: str) -> Chars | None:
    """Returns the name of the one person whom the words above the questions mention; None if they name nobody or several."""
    names = (
        name
        for name in _NAME.finditer(above)
        if is_given_name(name[1].lower()) or names_role(above[: name.start()].removesuffix(" ").rpartition(" ")[2])
    )
    found = [(name.start(), name.end(2), name[2].split()[-1]) for name in names]
    return found[0][:2] if len({family for _, _, family in found}) == 1 else None
