"""Signatures: the words by which a page names a quote's source, after a dash, in brackets or below it (— Jane Roe, nurse), or above it."""

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from quoteapi.constructions.words import FINITE_TAGS
from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.own_lines import BULLETS, is_in_series
from quoteapi.quotes.reporter_line import DASHES, ReporterLine

LONGEST = 16
"""Maximum length of a signature, in items of the reporter's line."""
TITLE = 4
"""Maximum number of words in a title between the dash and the name that signs."""
OPENING_MENTIONS = 4
"""Number of mentions at the beginning of a quote among which its label may be."""
STOPS = frozenset({",", ":", ";", "."})


def source_mention(quote: FoundQuote, mentions: Sequence[Mention], line: ReporterLine) -> int | None:
    """Returns the mention in the words by which the page names a quote's source; a person's name takes precedence."""
    words = None if quote.source is None else line.doc.char_span(*quote.source, alignment_mode="expand")
    if not words:
        return None
    first = bisect_left(mentions, words.start - LONGEST, key=lambda mention: mention.start)
    last = bisect_left(mentions, words.end + LONGEST, key=lambda mention: mention.start)
    own = [i for i in range(first, last) if mentions[i].quote is None]
    near = [i for i in own if mentions[i].start < words.end and mentions[i].end > words.start]
    heads = [i for i in own if words.start <= mentions[i].head < words.end]
    return next(iter(person_names(near, mentions) or heads or near), None)


def signatures(number: int, mentions: Sequence[Mention], line: ReporterLine) -> list[int]:
    """Returns the mention that signs a quote, on a line without a verb.

    A heading between dashes (– Troubled Waters –) signs nothing.
    """
    mark = line.stretches[number][-1] + 1
    if line.word(mark) in DASHES:
        if line.word(line.paragraph_end(mark) - 1) in DASHES or has_finite_verb(line, mark + 1):
            return []
        first = opening(line, mark + 1, mentions)
        return person_names(first, mentions) or titled(line, mark + 1, mentions) or first
    if line.word(mark) == "(" and line.word(line.paragraph_end(mark) - 1) == ")" and not has_finite_verb(line, mark + 1):
        return person_names(opening(line, mark + 1, mentions), mentions)
    if is_in_series(line, number):
        return person_names(opening(line, mark, mentions), mentions) or titled(line, mark, mentions)
    return signed_below(number, mentions, line)


def cited_sources(quote: FoundQuote, mentions: Sequence[Mention], line: ReporterLine) -> list[int]:
    """Returns the person, or else the organization, that a page's markup names as source (`cite`, a block quote's footer, a caption)."""
    if quote.source is None:
        return []
    start, end = quote.source
    first = bisect_left(mentions, start, key=lambda mention: line.doc[mention.start].idx)
    after = bisect_left(mentions, end, key=lambda mention: line.doc[mention.start].idx)
    within = [i for i in range(first, after) if mentions[i].quote is None and mentions[i].form == "name"]
    return (person_names(within, mentions) or [i for i in within if mentions[i].type == "organization"])[:1]


def transcript_labels(number: int, mentions: Sequence[Mention], quote: FoundQuote, line: ReporterLine) -> list[int]:
    """Returns the name, or the word in capitals, with which a transcript's turn opens inside its quotation mark (“ROE: I will.”)."""
    opening = line.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if opening is None:
        return []
    first = bisect_left(mentions, opening.start, key=lambda mention: mention.start)
    return [
        i
        for i, mention in enumerate(mentions[first : first + OPENING_MENTIONS], start=first)
        if mention.quote == number
        and (mention.form == "name" or line.doc[mention.start : mention.end].text.isupper())
        and mention.start - opening.start <= 1
        and mention.end < len(line.doc)
        and line.doc[mention.end].text == ":"
    ]


def has_finite_verb(line: ReporterLine, place: int, end: int | None = None) -> bool:
    """Whether a finite verb stands between two positions, or before the end of the paragraph; also true after the end of the text."""
    if place >= len(line.items):
        return True
    own = (line.doc[item.token] for item in line.items[place : end or line.paragraph_end(place)] if item.quote is None)
    return any(token.tag_ in FINITE_TAGS and not is_first_part(token) for token in own)


def is_first_part(token: Token) -> bool:
    """Whether a hyphen joins the next word to a token, which then is not a verb (fly-half)."""
    return token.i + 1 < len(token.doc) and token.nbor().text == "-" and not token.whitespace_


def opening(line: ReporterLine, place: int, mentions: Sequence[Mention]) -> list[int]:
    """Returns the mention outside quotes that begins at a position."""
    token = line.items[place].token
    first = bisect_left(mentions, token, key=lambda mention: mention.start)
    return [i for i, mention in enumerate(mentions[first : first + 1], start=first) if mention.quote is None and mention.start == token]


def titled(line: ReporterLine, place: int, mentions: Sequence[Mention]) -> list[int]:
    """Returns the person whose name follows a short title (— Interim auditor Jane Roe)."""
    for i in range(place + 1, min(place + TITLE, line.paragraph_end(place))):
        if line.word(i - 1) in STOPS:
            return []
        if found := person_names(opening(line, i, mentions), mentions):
            return found
    return []


def named_in_heading(number: int, mentions: Sequence[Mention], line: ReporterLine) -> list[int]:
    """Returns the person whose name opens the line before a quote, up to its colon, with no verb (Jane Roe, 41, nurse, Kelby: “…”)."""
    first = line.stretches[number][0]
    start = line.paragraph_start(first)
    start += line.word(start) in BULLETS
    if line.word(first - 1) != ":" or not 0 < first - start <= LONGEST or line.word(start) == ":" or has_finite_verb(line, start, first):
        return []
    found = person_names(opening(line, start, mentions), mentions)
    return found if found and line.word(line.place[mentions[found[0]].end - 1] + 1) == "," else []


def person_names(found: list[int], mentions: Sequence[Mention]) -> list[int]:
    """Keeps only the names of persons."""
    return [i for i in found if mentions[i].form == "name" and mentions[i].type == "person"]


def signed_below(number: int, mentions: Sequence[Mention], line: ReporterLine) -> list[int]:
    """Returns the person whose name opens the line directly below a quote that has a line of its own (Jane Roe, roofer)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    place = last + 1
    if place >= len(line.items) or line.paragraph_start(first) != first or line.paragraph_end(last) != place:
        return []
    end = line.paragraph_end(place)
    close = "\n\n" not in line.text[line.doc[line.items[last].token].idx : line.doc[line.items[place].token].idx]
    stops = line.word(end - 1) in {".", "?", "!", ":"}
    if not close or stops or end - place > LONGEST or has_finite_verb(line, place):
        return []
    return person_names(opening(line, place, mentions), mentions)
