"""Appositions: descriptions after a name, between commas, dashes or brackets, that say who it is.

Either in full (Jane Roe, head of the port, said) or in short: a party and its state (R-Texas), the organization of a person (Jane Roe of
the Red Crescent).
"""

import re

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.constructions.nouns import is_organization_word
from quoteapi.constructions.phrases import HeadTest, Phrase, hides_name, phrase
from quoteapi.constructions.runs import is_time, object_end, prepositional_end
from quoteapi.constructions.words import CONJUNCTIONS, is_break, is_finite, is_person, is_possessive_mark, word_class
from quoteapi.knowledge import entries

SEGMENTS = 4
"""Number of segments between commas after a name that are examined: age, home town, job, party."""
REACH = 40
OPENERS = frozenset({",", "(", "–", "—", "―", "-", "--", "["})
CLOSERS = frozenset({",", ".", ";", ":", ")", "]", "–", "—", "―", "--", "-", "?", "!", "”", '"', "''", "’", "“", "…"})
PAST_LEADS = frozenset({"formerly", "once", "previously", "then", "until", "recently"})
LEADS = PAST_LEADS | {"now", "also", "currently", "himself", "herself", "today", "both"}
TAG = re.compile(
    r"\s*[,(\[–—]\s*((?:R|D|I|Rep|Dem|Ind|Lab|Con|Lib|GOP)\.?\s?[-–—]\s?[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+){0,2})\s*(?=[,)\]–—;.]|$)"
)
GROUP = re.compile(r"\s*\(([A-Z]{2,6}(?:/[A-Z]{2,6})?, [A-Z][a-z]+(?: [A-Z][a-z]+)?)\)")
"""A parliamentary group and a country: (EPP, France)."""
TAG_TOKENS = 12
"""Tokens after a name in which its tag stands: a bracket, a party, a hyphen, a state."""
WRITING = frozenset({"wrote", "writes", "write"})
AFFILIATIONS = frozenset({"of", "from", "at", "with"})

Stretch = tuple[int, int]
"""A half-open span of tokens."""


class Appositions(Struct, frozen=True):
    """What stands between commas after a name: the descriptions, and the token where something else begins."""

    found: tuple[Stretch, ...]
    end: int


def appositions_after(doc: Doc, end: int, is_head: HeadTest, *, plural: bool) -> Appositions:
    """Returns the descriptions between commas, dashes or brackets after the name that ends at token `end`.

    Args:
        doc: The article.
        end: The token after the name.
        is_head: The test for the head of a description.
        plural: Whether the name denotes several.
    """
    found: list[Stretch] = []
    i = end
    for _ in range(SEGMENTS):
        opener = skip_spaces(doc, i)
        if opener + 1 >= len(doc) or doc[opener].text not in OPENERS or is_break(doc[opener + 1]):
            break
        first = opener + 1
        while first < len(doc) and (doc[first].lower_ in LEADS or (doc[first].is_space and not is_break(doc[first]))):
            first += 1
        described = phrase(doc, first, is_head)
        if described is not None and describes(doc, described, plural=plural):
            begin = first
            while doc[begin - 1].lower_ in PAST_LEADS:
                begin -= 1
            i = body_end(doc, described.end)
            found.append((without_age(doc, begin, i), i))
            continue
        closing = segment_end(doc, first)
        if closing is None:
            break
        i = closing
    return Appositions(tuple(found), i)


def body_end(doc: Doc, end: int) -> int:
    """Returns the end of an organization after a role and a comma, at the end of a label or line (Jane Roe, chairman, Kelby Dockers:)."""
    close = object_end(doc, end + 1, len(doc)) if end + 1 < len(doc) and doc[end].text == "," else None
    if close is None or not (close == len(doc) or doc[close].text == ":" or is_break(doc[close])):
        return end
    return close if names_body(doc, end + 1, close) else end


def describes(doc: Doc, described: Phrase, *, plural: bool) -> bool:
    """Whether a phrase after a name's comma is an apposition: it agrees in number, and is not another name's title or a new subject."""
    if (described.plural and not plural) or hides_name(doc, described):
        return False
    may_be_subject = described.bare > described.start or described.plural
    return may_close(doc, described.end) or not may_be_subject


def skip_spaces(doc: Doc, i: int) -> int:
    """Returns the first token from `i` on that is not a space inside its line."""
    while i < len(doc) and doc[i].is_space and not is_break(doc[i]):
        i += 1
    return i


def may_close(doc: Doc, i: int) -> bool:
    """Whether an apposition may end before token `i`; a phrase with a verb of its own is the next clause's subject."""
    if i >= len(doc):
        return True
    token = doc[i]
    if token.is_space or token.text in CLOSERS or token.lower_ in CONJUNCTIONS or is_time(doc, i):
        return True
    return not is_finite(token) and not is_person(token) and word_class(token) not in {"AUX", "PROPN", "NOUN"}


def without_age(doc: Doc, begin: int, end: int) -> int:
    """Returns the start of a description after an age: a 34-year-old teacher is a teacher."""
    for i in range(begin, min(end - 1, begin + 8)):
        if doc[i].lower_ == "old" and i > begin and doc[i - 1].text in {"-", "‑", "–"}:
            return i + 1
        if doc[i].lower_.endswith("-old"):
            return i + 1
    return begin


def segment_end(doc: Doc, first: int) -> int | None:
    """Returns the comma after an age or a home town, which a job may still follow; None if the segment is something else."""
    for i in range(first, min(len(doc), first + 8)):
        token = doc[i]
        if is_break(token) or is_finite(token) or is_person(token) or token.lower_ in CONJUNCTIONS or token.text in {".", ";", ":", "“"}:
            return None
        if token.text in {",", ")", "–", "—"}:
            if token.text == ")":
                return i + 1
            return i if is_aside(doc, first, i) else None
    return None


def is_aside(doc: Doc, first: int, end: int) -> bool:
    """Whether a segment between commas is an age, a place or a party's state, not the next item of a list."""
    if any(token.like_num for token in doc[first:end]):
        return True
    if doc[first].lower_ in {"of", "from", "a", "an", "the", "his", "her", "their", "aged", "jr", "jr.", "sr", "sr.", "himself", "herself"}:
        return True
    if end - first == 1 and (doc[first].is_upper or "." in doc[first].text):
        return True
    return all(token.ent_type_ in {"GPE", "LOC"} for token in doc[first:end]) or TAG.match("," + doc[first:end].text) is not None


def party_tag(doc: Doc, end: int) -> tuple[int, int] | None:
    """Returns the code points of a party and its state right after the name: (R-Texas), D-Calif."""
    last = len(doc[end - 1])
    window = doc[end - 1 : end + TAG_TOKENS].text
    match = TAG.match(window, last) or GROUP.match(window, last)
    if match is None:
        return None
    offset = doc[end - 1].idx
    return offset + match.start(1), offset + match.end(1)


def affiliation(doc: Doc, start: int, end: int) -> Stretch | None:
    """Returns the organization of a name, with its preposition: Jane Roe [of the Palestinian Red Crescent]; not a place, nor a venue."""
    possessor = owning_body(doc, start)
    if possessor is not None:
        return possessor
    i = skip_spaces(doc, end)
    if i + 1 >= len(doc) or doc[i].lower_ not in AFFILIATIONS:
        comma = i < len(doc) - 2 and doc[i].text == "," and doc[i + 1].lower_ in AFFILIATIONS
        if not comma:
            return None
        i += 1
    written = start > 0 and doc[start - 1].lower_ in WRITING
    if doc[i].lower_ in {"at", "with"} and not (written or is_subject_like(doc, start)):
        return None
    verb = doc[start - 1] if start > 0 else None
    # After a verb that is not a reporting verb, *from* is the verb's (hired Roe from …).
    moved = doc[i].lower_ == "from" and verb is not None and verb.pos_ == "VERB" and verb.lower_ not in entries("reporting_forms")
    close = object_end(doc, i + 1, len(doc))
    if close is None or moved or doc[i + 1].tag_ == "VBG" or not names_body(doc, i + 1, close):
        return None
    further = prepositional_end(doc, close, len(doc)) if doc[close - 1].text[0].isupper() else None
    close = further if further is not None and further - close <= REACH // 8 else close
    # *At* and *with* may belong to another word, unless a comma or the name's verb follows.
    if doc[i].lower_ in {"at", "with"} and not written and not (close < len(doc) and (doc[close].text == "," or is_finite(doc[close]))):
        return None
    return i, close


def owning_body(doc: Doc, start: int) -> Stretch | None:
    """Returns the organization in a possessive right before the name: ESPN's Jane Roe."""
    last = start - 2
    if last < 0 or not is_possessive_mark(doc[start - 1]) or doc[last].ent_type_ != "ORG":
        return None
    first = last
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    return first, last + 1


def is_subject_like(doc: Doc, start: int) -> bool:
    """Whether the name opens its sentence or clause."""
    return start == 0 or is_break(doc[start - 1]) or doc[start - 1].is_punct or bool(doc[start].is_sent_start)


def names_body(doc: Doc, first: int, end: int) -> bool:
    """Whether a span names an organization, and neither a place nor a person."""
    names = [token for token in doc[first:end] if token.text[0].isupper()]
    if not names and doc[first - 1].lower_ == "of":
        return doc[first].lower_ == "the" and is_organization_word(doc, end - 1)
    if not names or any(token.ent_type_ in {"PERSON", "GPE", "LOC"} and token.i == names[-1].i for token in names):
        return False
    if doc[first].lower_ == "the" and len(names) > 1 and names[-1].ent_type_ in {"", "ORG"}:
        return True
    return names[-1].ent_type_ == "ORG" or any(
        is_organization_word(doc, token.i) or token.lower_ in {"university", "church"} for token in names
    )
