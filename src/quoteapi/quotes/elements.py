"""Elements: merges the quotes that a page's elements mark (`q`, `blockquote`) with those between quotation marks.

If quotation marks enclose the same words, or much of an element, they win: a block quote may contain a whole report.
"""

from collections.abc import Iterable, Sequence

import msgspec

from quoteapi.findings import FoundQuote, PageQuote
from quoteapi.quotes.clauses import splits_a_sentence
from quoteapi.text import Reading

_COVERED = 0.5
"""Share of an element from which the marks inside it are the quotes."""
_THE_SAME = 0.8
"""Share of the words between marks from which an element inside them is the same quote."""


def with_elements(reading: Reading, quotes: Sequence[FoundQuote], elements: Iterable[PageQuote]) -> list[FoundQuote]:
    """Merges quotes between marks with those of elements, in reading order; each quote follows the one that encloses it.

    Drops an element that begins in a quote and ends outside, and one without a word. An element that gives way to the marks inside it
    leaves its source to the last of them.

    Args:
        reading: The page's main text, normalized.
        quotes: Quotes between marks, with offsets in the normalized text.
        elements: Quotes of elements, with offsets in the main text before normalization.
    """
    added = _joined(reading.text, [found for one in elements if (found := _found(one, reading)) is not None])
    pool = sorted([*((quote, False) for quote in quotes), *((quote, True) for quote in added)], key=lambda one: _order(*one))
    holders, dropped = _held(pool)
    inside: dict[int, list[int]] = {}
    for number, holder in enumerate(holders):
        if holder is not None and not pool[number][1] and pool[holder][1]:
            inside.setdefault(holder, []).append(number)
    for number, held in inside.items():
        if sum(_size(pool[one][0]) for one in held) >= _COVERED * _size(pool[number][0]):
            dropped.add(number)
            if pool[number][0].source is not None:
                last = held[-1]
                pool[last] = (msgspec.structs.replace(pool[last][0], source=pool[number][0].source), False)
    return _kept(pool, holders, dropped)


def _found(element: PageQuote, reading: Reading) -> FoundQuote | None:
    """Returns an element's quote in the normalized text; None if it has no word there."""
    stretches = (reading.from_source(*span) for span in element.spans)
    spans = tuple((start, end) for start, end in stretches if any(map(str.isalnum, reading.text[start:end])))
    source = element.signed and reading.from_source(*element.signed)
    return FoundQuote(spans, (spans[0][0], spans[-1][1]), source=source) if spans else None


def _order(quote: FoundQuote, of_element: bool) -> tuple[int, int, bool]:  # noqa: FBT001  a key's part
    return quote.start, -quote.end, not of_element


def _size(quote: FoundQuote) -> int:
    return sum(end - start for start, end in quote.spans)


def _joined(text: str, quotes: list[FoundQuote]) -> list[FoundQuote]:
    """Joins the two parts of a sentence that an attribution splits."""
    joined: list[FoundQuote] = []
    for quote in quotes:
        before = joined[-1] if joined else None
        if before is not None and before.end <= quote.start and before.source is quote.source is None:
            between = text[before.end : quote.start]
            unfinished = text[before.end - 1] in ",-—–" or between.startswith(",")
            if "\n" not in between and unfinished and splits_a_sentence(between):
                joined[-1] = FoundQuote((*before.spans, *quote.spans), (before.start, quote.end))
                continue
        joined.append(quote)
    return joined


def _held(pool: Sequence[tuple[FoundQuote, bool]]) -> tuple[list[int | None], set[int]]:
    """Returns for each quote the one that encloses it, and the elements to drop: they cross a quote, or repeat what marks enclose."""
    holders: list[int | None] = []
    dropped: set[int] = set()
    stack: list[int] = []
    for number, (quote, of_element) in enumerate(pool):
        while stack and pool[stack[-1]][0].end <= quote.start:
            stack.pop()
        while stack and pool[stack[-1]][0].end < quote.end and pool[stack[-1]][1]:
            dropped.add(stack.pop())  # marks continue past the element's end
        around, holds_element = pool[stack[-1]] if stack else (None, False)
        inside = around is not None and any(start <= quote.start and quote.end <= end for start, end in around.spans)
        holders.append(stack[-1] if inside else None)
        if of_element and around is not None:
            same = quote.spans == around.spans if holds_element else _size(quote) >= _THE_SAME * _size(around)
            if same or not (inside or holds_element):
                dropped.add(number)
                continue
        stack.append(number)
    return holders, dropped


def _kept(pool: Sequence[tuple[FoundQuote, bool]], holders: Sequence[int | None], dropped: set[int]) -> list[FoundQuote]:
    """Returns the remaining quotes, each with the index of the one that encloses it."""
    places: dict[int, int] = {}
    kept: list[FoundQuote] = []
    for number, (quote, _) in enumerate(pool):
        if number in dropped:
            continue
        holder = holders[number]
        while holder is not None and holder in dropped:
            holder = holders[holder]
        places[number] = len(kept)
        kept.append(msgspec.structs.replace(quote, within=None if holder is None else places[holder]))
    return kept
