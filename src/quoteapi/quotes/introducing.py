"""Introductions: the words with which a reporter says that a title, a name or a term follows (the documentary “…”, known as “…”)."""

from spacy.tokens import Span

from quoteapi.knowledge import entries
from quoteapi.quotes.line import Line
from quoteapi.quotes.reporting import is_reporting

INTRODUCING = frozenset({"so-called", "entitled", "titled", "headlined", "nicknamed", "subtitled"})
INTRODUCING_PAIRS = frozenset({("known", "as"), ("so", "called"), ("the", "term"), ("the", "word")})
NEAR = 10
"""Items before marked words among which *known* leads to its *as*."""
REPORTED = 15
"""Items before *so-called* among which a reporting verb makes it somebody's word."""
NAMED_NEAR = 4
"""Items between *what* and such a verb, at most."""
LONGEST_TERM = 3
"""Words of a term at most."""
BARE = frozenset({"NOUN", "PROPN", "ADJ"})
"""Parts of speech of a noun without an article and of its modifiers."""
LONGEST_TITLE = 8
"""Words of content that a title has at most."""
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})


def is_introduced(line: Line, number: int, words: Span | None) -> bool:
    """Whether the reporter says that a title, a nickname or a term follows (known as “…”, the documentary “…”, CNN's “…”)."""
    first = line.stretches[number][0]
    start = line.paragraph_start(first)
    before = words_before(line, first)
    if before[1] in INTRODUCING or before in INTRODUCING_PAIRS or is_so_called(line, first) or is_known_as(line, first):
        return True
    if is_spoken_of(line, first, words) or is_what_people_call(line, first):
        return True
    if before[1] in {"called", "named"} and work_before(line, first - 1, start) == "right":
        return True
    return is_title_case(words) and (before[1] in APOSTROPHES or work_before(line, first, start) == "right")


def is_spoken_of(line: Line, first: int, words: Span | None) -> bool:
    """Whether marked words are what people in general speak of (doctors speak of “winter lung”): a bare noun with a modifier."""
    verb = line.doc[line.items[first - 2].token] if first > 1 and line.word(first - 1) == "of" else None
    general = verb is not None and verb.lemma_.lower() in {"speak", "talk"} and verb.tag_ == "VBP"
    inside = [token for token in words or () if token.is_alpha]
    return general and 1 < len(inside) <= LONGEST_TERM and inside[-1].pos_ == "NOUN" and all(token.pos_ in BARE for token in inside)


def is_what_people_call(line: Line, first: int) -> bool:
    """Whether *what*, people in general and *call* lead to marked words (what engineers call a “closed-loop” system)."""
    before = before_article(line, first)
    near = range(max(line.paragraph_start(first), before - NAMED_NEAR), before)
    plural = before > 0 and line.doc[line.items[before - 1].token].tag_ == "NNS"
    return line.word(before) == "call" and plural and any(line.word(place) == "what" for place in near)


def is_so_called(line: Line, first: int) -> bool:
    """Whether *so-called*, in its three tokens, stands right before a place, and no verb before it reports what somebody said of it."""
    start, here = line.paragraph_start(first), first - 3
    if here < start or [line.word(place) for place in range(here, first)] != ["so", "-", "called"]:
        return False
    before = (line.items[place] for place in range(max(start, here - REPORTED), here) if line.items[place].quote is None)
    return not any(item.sentence == line.items[here].sentence and is_reporting(line.doc[item.token]) for item in before)


def is_known_as(line: Line, first: int) -> bool:
    """Whether *known as*, with a few words between, leads to a place (known to fans as “…”, known as a “…”)."""
    near = range(max(line.paragraph_start(first), first - NEAR), first)
    return line.word(before_article(line, first)) == "as" and any(line.word(place) == "known" for place in near)


def before_article(line: Line, first: int) -> int:
    """The place before another one, an article between them passed over."""
    return first - 2 if line.word(first - 1) in {"a", "an", "the"} else first - 1


def words_before(line: Line, first: int) -> tuple[str, str]:
    """The two words before a place, in its paragraph; empty where there are none."""
    start = line.paragraph_start(first)
    return line.word(first - 2) if first - 2 >= start else "", line.word(first - 1) if first - 1 >= start else ""


def is_title_case(words: Span | None) -> bool:
    """Whether every word that carries content begins with a capital or a figure, as in titles of works; short phrases alone."""
    content = [token for token in words or () if (token.is_alpha or token.like_num) and token.pos_ not in {"ADP", "DET", "CCONJ", "PART"}]
    return 0 < len(content) <= LONGEST_TITLE and all(token.text[0].isupper() or token.text[0].isdigit() for token in content)


def work_before(line: Line, position: int, start: int) -> str:
    """How a noun of works, or a word for terms, stands before a position: right before it, within three words, or not."""
    works = entries("works")
    for distance, i in enumerate(range(position - 1, max(start, position - 4) - 1, -1)):
        item = line.items[i]
        token = line.doc[item.token]
        if item.quote is None and (token.lower_ in works or token.lemma_.lower() in works):
            return "right" if distance == 0 else "near"
    return "no"
