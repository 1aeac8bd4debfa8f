"""Elements: the quotes that a page's own markup sets apart (`q`, `blockquote`), put among those between marks.

Where marks say the same, or more, the marks are believed: a block quote may hold a whole report.
"""

from collections.abc import Iterable, Sequence

import msgspec

from quoteapi.findings import FoundQuote, PageQuote
from quoteapi.quotes.clauses import splits_a_sentence
from quoteapi.text import Reading

_COVERED = 0.5
"""The share of an element from which marks inside it are what is quoted."""
_THE_SAME = 0.8
"""The share of marked words from which an element inside them is the same quote."""


def with_elements(reading: Reading, quotes: Sequence[FoundQuote], elements: Iterable[PageQuote]) -> list[FoundQuote]:
    """The quotes between marks and those of elements, in reading order, each after the quote that it stands in.

    An element that begins in a quote and ends outside is none, nor is one without a word. What names the source of an element that is
    left to its marks names theirs.

    Args:
        reading: The page's main text, read.
        quotes: Between marks, in the text that is read.
        elements: Their stretches count the main text as it was before.
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
    """An element's quote in the text that is read; None where it has no word there."""
    stretches = (reading.from_source(*span) for span in element.spans)
    spans = tuple((start, end) for start, end in stretches if any(map(str.isalnum, reading.text[start:end])))
    source = element.signed and reading.from_source(*element.signed)
    return FoundQuote(spans, (spans[0][0], spans[-1][1]), source=source) if spans else None


def _order(quote: FoundQuote, of_element: bool) -> tuple[int, int, bool]:  # noqa: FBT001  a key's part
    return quote.start, -quote.end, not of_element


def _size(quote: FoundQuote) -> int:
    return sum(end - start for start, end in quote.spans)


def _joined(text: str, quotes: list[FoundQuote]) -> list[FoundQuote]:
    """The quotes, the two parts of a sentence that its attribution splits as one."""
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
    """For each quote the one that it stands in, and the elements that are none: they cross a quote, or say what marks say."""
    holders: list[int | None] = []
    dropped: set[int] = set()
    stack: list[int] = []
    for number, (quote, of_element) in enumerate(pool):
        while stack and pool[stack[-1]][0].end <= quote.start:
            stack.pop()
        while stack and pool[stack[-1]][0].end < quote.end and pool[stack[-1]][1]:
            dropped.add(stack.pop())  # marks go on behind the element's end
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
    """What is left, each with the place of its holder among what is left."""
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
