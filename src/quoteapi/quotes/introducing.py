"""Introductions: the words with which a reporter says that a title, a name or a term follows (the documentary “…”, known as “…”)."""

from spacy.tokens import Span

from quoteapi.knowledge import entries
from quoteapi.quotes.line import Line

NEAR = 10
"""Items before marked words among which *known* leads to its *as*."""
NAMED_NEAR = 4
"""Items between *what* and such a verb, at most."""
LONGEST_TITLE = 8
"""Words of content that a title has at most."""
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})


def is_what_people_call(line: Line, first: int) -> bool:
    """Whether *what*, people in general and *call* lead to marked words (what engineers call a “closed-loop” system)."""
    before = before_article(line, first)
    near = range(max(line.paragraph_start(first), before - NAMED_NEAR), before)
    plural = before > 0 and line.doc[line.items[before - 1].token].tag_ == "NNS"
    return line.word(before) == "call" and plural and any(line.word(place) == "what" for place in near)


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
