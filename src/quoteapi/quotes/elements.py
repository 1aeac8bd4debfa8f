"""Elements: the quotes that a page's own markup sets apart (`q`, `blockquote`), put among those between marks.

Where marks say the same, or more, the marks are believed: a block quote may hold a whole report.
"""

from collections.abc import Iterable, Sequence

import msgspec

from quoteapi.findings import FoundQuote, PageQuote
from quoteapi.quotes.clauses import splits_a_sentence

_COVERED = 0.5
"""The share of an element from which marks inside it are what is quoted."""
_THE_SAME = 0.8
"""The share of marked words from which an element inside them is the same quote."""


def with_elements(text: str, quotes: Sequence[FoundQuote], elements: Iterable[PageQuote]) -> list[FoundQuote]:
    """The quotes between marks and those of elements, in reading order, each after the quote that it stands in.

    An element that begins in a quote and ends outside is none, nor is one without a word. What names the source of an element that is
    left to its marks names theirs.
    """
    added = _joined(text, [FoundQuote(one.spans, _outer(one), signed=one.signed) for one in elements if _holds_words(text, one)])
    pool = sorted([*((quote, False) for quote in quotes), *((quote, True) for quote in added)], key=lambda one: _order(*one))
    holders, dropped = _held(pool)
    inside: dict[int, list[int]] = {}
    for number, holder in enumerate(holders):
        if holder is not None and not pool[number][1] and pool[holder][1]:
            inside.setdefault(holder, []).append(number)
    for number, held in inside.items():
        if sum(_size(pool[one][0]) for one in held) >= _COVERED * _size(pool[number][0]):
            dropped.add(number)
            if pool[number][0].signed is not None:
                last = held[-1]
                pool[last] = (msgspec.structs.replace(pool[last][0], signed=pool[number][0].signed), False)
    return _kept(pool, holders, dropped)


def _outer(element: PageQuote) -> tuple[int, int]:
    return element.spans[0][0], element.spans[-1][1]


def _order(quote: FoundQuote, of_element: bool) -> tuple[int, int, bool]:  # noqa: FBT001  a key's part
    return quote.start, -quote.end, not of_element


def _size(quote: FoundQuote) -> int:
    return sum(end - start for start, end in quote.spans)


def _holds_words(text: str, element: PageQuote) -> bool:
    return any(map(str.isalnum, text[slice(*_outer(element))]))


def _joined(text: str, quotes: list[FoundQuote]) -> list[FoundQuote]:
    """The quotes, the two parts of a sentence that its attribution splits as one."""
    joined: list[FoundQuote] = []
    for quote in quotes:
        before = joined[-1] if joined else None
        if before is not None and before.end <= quote.start and before.signed is quote.signed is None:
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
        holder = stack[-1] if stack else None
        holders.append(holder)
        if holder is not None and of_element:
            around, marked = pool[holder][0], not pool[holder][1]
            crosses = quote.end > around.end or not any(a <= quote.start and quote.end <= b for a, b in around.spans)
            if (marked and crosses) or (marked and _size(quote) >= _THE_SAME * _size(around)) or quote.spans == around.spans:
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
