"""Kinds: whether marked words are speech, whether the speech stands by itself, and else why they are nobody's.

The encoder tells it, fitted on marked news articles. What the page sets apart is speech; a quote inside another is what a verb beside it
makes of it.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc

from quoteapi.encoder import Pointing, Source
from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.alone import in_row, is_signed
from quoteapi.quotes.boilerplate import about_sections
from quoteapi.quotes.line import DASHES, Line, read_line
from quoteapi.quotes.modality import modality_of, modality_of_words
from quoteapi.quotes.nicknames import is_nickname
from quoteapi.quotes.reasons import reason_of, shown_as
from quoteapi.quotes.reporting import nested_verb
from quoteapi.structs import Kind, Modality, Reason

SPEECH_FROM = 0.5
"""The probability of speech from which marked words count as such: chosen on marked development articles."""
UNSAID: dict[Modality, Reason] = {"denied": "negated", "hypothetical": "hypothetical"}
"""The reasons of words that a verb of speech hands over and that are nobody's all the same."""


def tell_kinds(doc: Doc, quotes: Sequence[FoundQuote], pointing: Pointing) -> list[FoundQuote]:
    """The same quotes with their kinds, modalities and reasons; `pointing` is what the encoder tells of them."""
    line = read_line(doc, quotes)
    about = about_sections(line.text)
    told = []
    for number, quote in enumerate(quotes):
        if quote.form != "marks":
            told.append(quote)
            continue
        words = doc.char_span(quote.start, quote.end, alignment_mode="expand")
        source = pointing.sources.get(number)
        in_name, in_heading = stands_in_name(doc, quote), stands_in_heading(line, number)
        if quote.within is not None:
            verb = nested_verb(doc, quote, quotes[quote.within])
            speech, modality = verb is not None, "asserted" if verb is None else modality_of(verb)
        else:
            speech = source is None or source.speech >= SPEECH_FROM
            speech = speech or is_signed(line, number, quote) or in_row(line, number)
            speech = speech and not in_name and not in_heading and not stands_in(quote, about)
            speech = speech and shown_as(line, number, words) is None
            speech = speech or quote.source is not None
            modality = "asserted" if in_name else modality_of_words(line, number, words, beside=not speech)
        if speech and modality == "asserted":
            told.append(msgspec.structs.replace(quote, kind=kind_of_speech(source)))
            continue
        reason = UNSAID.get(modality) or ("nickname" if in_name else "headline" if in_heading else reason_of(line, number, words))
        told.append(msgspec.structs.replace(quote, kind="other", modality=modality, reason=reason))
    return told


def stands_in(quote: FoundQuote, sections: Sequence[Chars]) -> bool:
    """Whether marked words stand in one of some stretches, which are in reading order."""
    place = bisect_right(sections, quote.start, key=lambda section: section[0]) - 1
    return place >= 0 and quote.start < sections[place][1]


def stands_in_name(doc: Doc, quote: FoundQuote) -> bool:
    """Whether marked words are a nickname inside a person's name."""
    marked = doc.char_span(*quote.outer, alignment_mode="expand")
    return marked is not None and is_nickname(doc, marked.start, marked.end)


def stands_in_heading(line: Line, number: int) -> bool:
    """Whether marked words stand in a cross-heading that the page sets between dashes (– A ‘lost’ harbour? –)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    start, end = line.paragraph_start(first), line.paragraph_end(last)
    return start < first and last < end - 1 and line.word(start) in DASHES and line.word(end - 1) in DASHES


def kind_of_speech(source: Source | None) -> Kind:
    """Whether speech stands by itself or is a fragment in the reporter's sentence."""
    return "direct" if source is None or source.kinds[0] >= source.kinds[1] else "mixed"
