"""Labels: words at a line's start that name the speaker of a turn (ROE:, The Chair:, Mr. ROE., Q:, a name on a line of its own).

A label is recognized by its form alone; `evidence` decides whether the page as a whole is a transcript.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quoteapi.constructions.nouns import names_role
from quoteapi.document.name_parts import is_given_name
from quoteapi.findings import Chars, Label, LabelSort
from quoteapi.knowledge import entries

LONGEST = 90
"""Maximum characters of a label, with titles and role."""
LONGEST_OWN_LINE = 48
"""Maximum characters of a label on a line of its own."""
MAX_WORDS = 6
_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_LEAD = re.compile(rf"[ \t]*(?:{_TIME}[ \t]*(?:[-–—|][ \t]*)?)?(?P<bold>\*\*|__|\*|_)?[ \t]*")
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_BEHIND = re.compile(rf"(?:\*\*|__|\*|_)?(?:[ \t]*{_TIME})?(?:[ \t]+|$)")
_PART = re.compile(r"(?P<part>[QA])\d{0,3}(?:[.:](?:\*\*|__|\*|_)?|[ \t]?[—–-])(?=\s)|(?P<alone>[QA])$")
_UPPER = r"[A-Z][A-Z’'-]+"
_RECORD = re.compile(
    rf"(?P<head>(?:[A-Z][a-z]{{1,12}}\.? ){{0,2}}{_UPPER}(?: {_UPPER}){{0,2}})(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?\.[ \t]+(?=[A-Z“\"(\[])"
)
"""A turn in a printed record: Mr. ROE., The CHAIRMAN., Ms. ROE of Norland."""
_ASIDE = re.compile(r"[\[(]([^()\[\]\n]{1,40})[\])]$")
_TIMED = re.compile(rf"[ \t]{_TIME}$")
_PARTY = re.compile(r"[DRI]-[A-Z]|^[A-Z][a-z]*\.?$")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w’'.-]*")
_BREAK = re.compile(r",|\s[–—-]\s")
_EDGES = " \t*_"
UNKNOWN_LABEL = Label((0, 0), "unknown")
ASKS = frozenset({"q", "question"})
ANSWERS = frozenset({"a", "answer"})
UNKNOWN = frozenset({"unidentified", "unknown", "voice", "voices", "audience", "all", "crowd", "questioner", "male", "female"})
NUMBERED = frozenset({"speaker", "witness", "caller", "participant", "respondent", "juror", "student", "interviewer", "person"})


class Head(Struct, frozen=True):
    """The start of a line that looks like the label of a turn.

    Args:
        label: Whom it names.
        key: Equal for all labels of one speaker: the case-folded family name, the office, or the part (Q, A).
        words: Where the words of the turn begin, in code points; the end of the line if nothing follows the label.
        on_own_line: Whether it is a line of its own, without a colon or full stop.
        upper: Whether it is in capitals or bold.
        vouched: Whether its own words show that it names someone: a title, an office, a party, a first name, a role after the name.
        timed: Whether a timestamp stands beside it.
    """

    label: Label
    key: str
    words: int
    on_own_line: bool = False
    upper: bool = False
    self_evident: bool = False
    timed: bool = False


def head_at(text: str, start: int, end: int) -> Head | None:
    """Returns the label with which the line `text[start:end]` opens; None if it opens with other words."""
    if text[start].islower():
        return None
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    if (part := _PART.match(text, first, end)) is not None:
        letter = part["part"] or part["alone"]
        label = Label((first, first + 1), "asks" if letter == "Q" else "answers")
        return Head(label, letter.lower(), _behind(text, part.end(), end), on_own_line=bool(part["alone"]), self_evident=True)
    timed = any(map(str.isdigit, text[start:first]))
    head = Head(UNKNOWN_LABEL, "", end, upper=lead is not None and lead["bold"] is not None, timed=timed)
    record = _RECORD.match(text, first, end)
    if record is not None and record["head"].lower() not in entries("title_abbreviations") | entries("courtesies") | {"dr"}:
        return _named(text, (first, record.end("head")), replace(head, words=record.end(), upper=True))
    colon = _COLON.search(text, first, min(end, first + LONGEST))
    if colon is None:
        on_own_line = end - first <= LONGEST_OWN_LINE and text[end - 1] not in '.?!,;…”"’'
        return _named(text, (first, end), replace(head, on_own_line=True)) if on_own_line else None
    behind = _BEHIND.match(text, colon.end(), end)
    if behind is None:
        return None
    timed = timed or any(map(str.isdigit, behind[0]))
    return _named(text, (first, colon.start()), replace(head, words=_behind(text, behind.end(), end), timed=timed))


def _behind(text: str, start: int, end: int) -> int:
    """Returns where the words after a label begin."""
    while start < end and text[start] in _EDGES:
        start += 1
    return start


def _named(text: str, chars: Chars, head: Head) -> Head | None:
    """Completes a head with the name, title or office in the words of its label; None if they are none of these."""
    start, end = _stripped(text, *chars)
    party = timed = False
    while (aside := _ASIDE.search(text, start, end) or _TIMED.search(text, start, end)) is not None:
        party = party or _PARTY.match(aside[1] if aside.re is _ASIDE else "") is not None
        timed = timed or any(map(str.isdigit, aside[0]))
        start, end = _stripped(text, start, aside.start())
    broken = _BREAK.search(text, start, end)
    role = None if broken is None else _stripped(text, broken.end(), end)
    words = list(re.finditer(r"\S+", text[start : end if broken is None else broken.start()]))
    if not 0 < len(words) <= MAX_WORDS or (role is not None and role[0] >= role[1]):
        return None
    lower = [word[0].strip(".,").casefold() for word in words]
    sort, begin = _classify(lower)
    titles = _offices(words[:begin]) if sort == "name" else []
    written = [word[0] for word in words[begin:]]
    if sort == "office" and len(written) > 1 and not all(word[:1].isupper() or word.isdigit() for word in written):
        return None
    if sort in {"name", "body"} and not all(_is_name_word(word, first=i == 0) for i, word in enumerate(written)):
        return None
    if (
        lower[0] in entries("headings") | entries("prepositions") | entries("reporting_forms")
        or set(lower) <= entries("calendar")
        or not words[0][0][:1].isupper()
    ):
        return None
    if role is not None and not _is_description(text[slice(*role)]):
        return None
    name = start + words[begin].start(), start + words[-1].end()
    shown = text[slice(*name)]
    given = sort == "name" and len(lower) - begin > 1 and is_given_name(lower[begin])
    described = role is not None and any(map(names_role, text[slice(*role)].split()))
    return Head(
        Label(
            name,
            sort,
            (name,)
            if sort == "office" and not lower[-1].isdigit()
            else (*((start + a, start + b) for a, b in titles), *([role] if role and described else [])),
        ),
        " ".join(lower[begin:]) if sort != "name" else lower[-1],
        head.words,
        on_own_line=head.on_own_line,
        upper=head.upper or shown.isupper(),
        self_evident=begin > 0 or sort in {"office", "unknown"} or party or given or described,
        timed=head.timed or timed,
    )


def _classify(words: list[str]) -> tuple[LabelSort, int]:
    """Classifies the lower-case words of a label, and counts the article or titles in front, which are not part of the name."""
    the = words[0] == "the" and len(words) > 1
    rest = words[the:]
    sort: LabelSort = "body" if the else "name"
    if len(rest) == 1 and rest[0] in ASKS | ANSWERS:
        sort = "asks" if rest[0] in ASKS else "answers"
    elif rest[0] in UNKNOWN:
        sort = "unknown"
    # After a first name, a noun for an office is a family name (Grace Baker).
    elif is_numbered(rest) or ((the or len(rest) == 1 or not is_given_name(rest[0])) and is_office(rest[-1])):
        sort = "office"
    elif not the:
        titles = (i + 1 for i, word in enumerate(words[:-1]) if word in entries("titles") | entries("courtesies") or names_role(word))
        return sort, 0 if is_given_name(words[0]) and words[0] not in entries("titles") else max(titles, default=0)
    return sort, int(the)


def is_numbered(words: list[str]) -> bool:
    """Whether words are a speaker's number or letter (Speaker 1, Witness B)."""
    return len(words) > 1 and words[0] in NUMBERED and (words[1].isdigit() or len(words[1]) == 1)


def is_office(word: str) -> bool:
    """Whether a lower-case word denotes someone by office, job or part."""
    return names_role(word) or any(word in entries(name) for name in ("titles", "person_nouns", "nonrole_nouns"))


def _offices(words: Sequence[re.Match[str]]) -> list[Chars]:
    """Returns the span of the words before a name that are an office; none if they are only a form of address."""
    office = [word for word in words if word[0].strip(".,").lower() not in entries("courtesies") | {"dr", "the"}]
    return [(office[0].start(), office[-1].end())] if office else []


def _is_name_word(word: str, *, first: bool) -> bool:
    """Whether a word may be part of a name: capitalized, or a particle after the first word."""
    if _NAME_WORD.fullmatch(word) is None:
        return False
    return word[0].isupper() or (not first and word.lower() in entries("name_particles") | {"of"})


def _is_description(words: str) -> bool:
    """Whether the words after a name may describe its bearer (an age, an office, a place): not a clause, not a dateline."""
    lower = words.lower().split()
    return not any(
        word in entries("clause_words") | entries("reporting_forms") or "n’t" in word or "n't" in word or word in "–—-" for word in lower
    )


def _stripped(text: str, start: int, end: int) -> Chars:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
