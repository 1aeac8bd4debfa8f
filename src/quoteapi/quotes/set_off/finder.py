"""Finds words set off: first by layout, then, with the parsed document, as quotes among those between marks."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.set_off.blocks import blocks
from quoteapi.quotes.set_off.introductions import introducer, is_written
from quoteapi.quotes.set_off.parts import parts_of
from quoteapi.quotes.set_off.posts import posts
from quoteapi.quotes.set_off.signed_paragraphs import SPOKEN, signed_parts
from quoteapi.quotes.set_off.structs import SetOffText

REPORTING_WORDS = frozenset({"said", "says", "saying", "told", "added", "according"})
"""Words that show that the reporter continues."""
_WORD = re.compile(r"[^\W\d_]+")


def find_set_off(text: str, quotes: Sequence[FoundQuote]) -> list[SetOffText]:
    """Returns the words that the layout of a text sets off, in reading order, without overlaps; linear in its length.

    Args:
        text: The normalized text.
        quotes: Its quotes between marks; a paragraph that one of them opens is not a block.
    """
    parts = parts_of(text)
    opened = {quote.outer[0] for quote in quotes} | {start - 1 for quote in quotes for start, _ in quote.spans}
    marked = opened.__contains__
    found: list[SetOffText] = []
    extents: list[Chars] = []
    for one in (*posts(text, parts), *blocks(text, parts, marked), *signed_parts(text, parts, marked)):
        extent = one.spans[0][0], one.spans[-1][1]
        place = bisect_left(extents, extent)
        # Of candidates that overlap, the first wins: posts before blocks before signed parts.
        if (place == 0 or extents[place - 1][1] <= extent[0]) and (place == len(extents) or extents[place][0] >= extent[1]):
            insort(extents, extent)
            found.append(one)
    return sorted(found, key=lambda one: one.spans)


def with_set_off(doc: Doc, quotes: Sequence[FoundQuote], set_off: Sequence[SetOffText]) -> list[FoundQuote]:
    """Merges quotes between marks with the words set off, in reading order; each follows the quote that encloses it.

    Drops words after a colon that attributes nothing, and those that a turn or a quote between marks crosses. Words that are entirely in
    marks are the marked quote, which then gets their source.
    """
    found = list(quotes)
    text = doc.text
    tops = [number for number, quote in enumerate(quotes) if quote.within is None]
    starts = [quotes[number].outer[0] for number in tops]
    holders: dict[int, FoundQuote] = {}
    added: list[FoundQuote] = []
    for one in set_off:
        start, end = one.spans[0][0], one.spans[-1][1]
        first = max(0, bisect_right(starts, start) - 1)
        near = [number for number in tops[first : bisect_left(starts, end)] if quotes[number].outer[1] > start]
        if any(quotes[number].form != "marks" for number in near):
            continue
        if [quotes[number].outer for number in near] == [(start, end)]:
            found[near[0]] = replace(quotes[near[0]], form=one.form, source=one.source)
            continue
        held = [quotes[number] for number in near]
        source = one.source
        token = introducer(doc, one.colon, clear=not one.plain) if source is None and one.colon is not None else None
        if token is not None and (not one.plain or is_firsthand(reporters_words(text, one, held), written=is_written(token))):
            source = token.idx, token.idx + len(token)
        if (one.plain and source is None) or any(not is_inside(quote, one) for quote in held):
            continue
        quote = FoundQuote(one.spans, (start, end), form=one.form, source=source)
        added.append(quote)
        holders |= dict.fromkeys(near, quote)
    return merged(found, added, holders) if added else found


def is_inside(quote: FoundQuote, one: SetOffText) -> bool:
    """Whether a quote between marks lies entirely in words set off."""
    place = bisect_right(one.spans, quote.outer[0], key=lambda span: span[0]) - 1
    return place >= 0 and quote.outer[1] <= one.spans[place][1]


def reporters_words(text: str, one: SetOffText, marked: Sequence[FoundQuote]) -> str:
    """Returns the words set off, without those between marks."""
    edges = [one.spans[0][0], *(edge for quote in marked for edge in quote.outer), one.spans[-1][1]]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def is_firsthand(words: str, *, written: bool) -> bool:
    """Whether the paragraph after a colon is quoted, not the reporter's: it sounds spoken, or is written and has no word like *said*."""
    if SPOKEN.search(words) is not None:
        return True
    return written and not any(word[0].lower() in REPORTING_WORDS for word in _WORD.finditer(words))


def merged(quotes: Sequence[FoundQuote], added: Sequence[FoundQuote], holders: dict[int, FoundQuote]) -> list[FoundQuote]:
    """Merges quotes and added ones in reading order.

    Args:
        quotes: The quotes so far; `within` are indices into them.
        added: The quotes to add.
        holders: Maps the indices of quotes to the added one that now encloses them.
    """
    ordered = sorted([*enumerate(quotes), *((-1, quote) for quote in added)], key=lambda pair: (pair[1].outer[0], -pair[1].outer[1]))
    place = {old: new for new, (old, _) in enumerate(ordered) if old >= 0}
    places = {id(quote): new for new, (old, quote) in enumerate(ordered) if old < 0}
    return [
        replace(quote, within=places[id(holders[old])] if old in holders else None if quote.within is None else place[quote.within])
        for old, quote in ordered
    ]
