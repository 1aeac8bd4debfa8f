"""Signatures as strings: the lines with which sources sign (— Jane Roe, nurse), recognized by form before anything is parsed."""

import re
from collections.abc import Sequence

from msgspec import Struct

from quoteapi.constructions.nouns import names_role
from quoteapi.document.name_parts import is_given_name
from quoteapi.findings import Chars
from quoteapi.knowledge import entries

LONGEST = 100
"""Maximum characters of a signature."""
MAX_WORDS = 5
"""Maximum words of a name."""
MAX_TITLES = 4
"""Maximum words of a title before a name."""
_DASH = re.compile(r"(?:—|–|―|--|-)[ \t]*")
_WORD = re.compile(r"\S+")
_AGE = re.compile(r",? ?\(?\d{1,3}\b(?! [A-Z])")
_BEHIND = re.compile(r"\s*(?:,|\([^()\n]*\)(?:,|$)|\s[—–-]\s)")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w’'-]*\.?")
_UNNAMED = re.compile(
    r"an? (?:[\w’'-]+ ){0,4}[\w’'-]+|(?P<withheld>(?i:names?(?: and address(?:es)?)? (?:withheld|supplied)|anonymous))",
)
_ABBREVIATED = frozenset({"jr.", "sr.", "ltd.", "inc.", "co.", "corp.", "llc.", "plc."})
_STOPS = frozenset('.?!:;…”"')


class Signature(Struct, frozen=True):
    """A signature.

    Args:
        name: The words of the name without titles, or of an unnamed source (a customs officer); empty if it is withheld.
        described: Whether a description follows the name (nurse; 34; chief executive of Kelby Ferries).
        person: Whether its words show that it is a person's: a first name, an age, a job.
    """

    name: Chars
    described: bool
    person: bool


def signature_at(text: str, start: int, end: int) -> Signature | None:
    """Returns the signature that fills `text[start:end]`, without a dash before it; None if the words are not one."""
    dash = _DASH.match(text, start, end)
    first = dash.end() if dash else start
    if not 0 < end - first <= LONGEST or "\n" in text[first:end] or not _ends_openly(text, first, end):
        return None
    if (unnamed := _UNNAMED.fullmatch(text, first, end)) is not None:
        withheld = unnamed["withheld"] is not None
        return Signature((first, first) if withheld else (first, end), described=not withheld, person=True)
    words = _opening_words(text, first, end)
    titles = max((i + 1 for i, (a, b) in enumerate(words[:-1][:MAX_TITLES]) if _is_title(text[a:b])), default=0)
    name = [text[a:b] for a, b in words[titles:]]
    if not name or not _is_name(name, titled=titles > 0):
        return None
    chars = words[titles][0], words[-1][1]
    rest = text[chars[1] : end]
    lower = [word.strip("().,").lower() for word in rest.split()]
    if (lower and _BEHIND.match(rest) is None) or any(word in entries("reporting_forms") for word in lower):
        return None
    person = (
        _is_titled(text[first : chars[0]]) or is_given_name(name[0].lower()) or _AGE.match(rest) is not None or any(map(names_role, lower))
    )
    return Signature(chars, any(map(str.isalnum, rest)), person)


def _opening_words(text: str, start: int, end: int) -> list[Chars]:
    """Returns the words up to the first comma, bracket or dash."""
    words: list[Chars] = []
    for word in _WORD.finditer(text, start, end):
        bare = word[0].rstrip(",")
        if bare.startswith("(") or bare in {"—", "–", "-", ""}:
            break
        words.append((word.start(), word.start() + len(bare)))
        if bare != word[0]:
            break
    return words


def _is_name(words: Sequence[str], *, titled: bool) -> bool:
    """Whether words may be a name; a single word only after a title."""
    if len(words) > MAX_WORDS or (len(words) == 1 and not titled) or words[0].lower() in entries("calendar") or words[-1][0].islower():
        return False
    return all(_is_name_word(word, first=i == 0) for i, word in enumerate(words))


def is_dashed(text: str, start: int, end: int) -> bool:
    """Whether a line begins with a dash."""
    return _DASH.match(text, start, end) is not None


def _ends_openly(text: str, start: int, end: int) -> bool:
    """Whether words do not end like a sentence."""
    return start < end and (text[end - 1] not in _STOPS or text[start:end].rsplit(maxsplit=1)[-1].lower() in _ABBREVIATED)


def _is_title(word: str) -> bool:
    lower = word.rstrip(".").lower()
    office = lower in entries("titles") or lower in entries("courtesies") or lower in entries("role_nouns")
    return lower == "the" or (office and not is_given_name(lower))


def _is_titled(before: str) -> bool:
    """Whether the words before a name are more than an article."""
    return before.strip().lower() not in {"", "the"}


def _is_name_word(word: str, *, first: bool) -> bool:
    """Whether a word may be part of a name: capitalized, or a particle after the first word."""
    if _NAME_WORD.fullmatch(word) is None:
        return False
    return word[0].isupper() or (not first and word.lower() in entries("name_particles"))
