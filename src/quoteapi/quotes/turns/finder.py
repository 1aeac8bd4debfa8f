"""The turn finder: merges the turns of a page with the quotes between marks."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.turns.blocks import split_blocks
from quoteapi.quotes.turns.dashes import find_dashes
from quoteapi.quotes.turns.evidence import PageEvidence, turns_of
from quoteapi.quotes.turns.questions import find_answers
from quoteapi.quotes.turns.turn_spans import continues_turn, spans_of


def find_turns(text: str) -> list[FoundQuote]:
    """Returns the labelled turns of a text in reading order, none inside another; linear in its length.

    Spans are half-open, in code points, one for each paragraph and each part between stage directions; `outer` begins with the label.
    """
    blocks = split_blocks(text)
    if not blocks:
        return []
    page = PageEvidence(text, blocks)
    numbers = turns_of(page)
    one_label = len({head.key for number in numbers if (head := blocks[number].head)}) == 1
    found = []
    for place, number in enumerate(numbers):
        block = blocks[number]
        if (head := block.head) is None:
            continue
        last = place + 1 == len(numbers)
        spans = spans_of(text, block.words, block.end)
        for other in blocks[number + 1 : len(blocks) if last else numbers[place + 1]]:
            belongs = continues_turn(text, other, head, last=last and bool(spans), asked=one_label)
            if belongs is False:
                break
            if belongs:
                spans += spans_of(text, other.start, other.end)
        if spans:
            found.append(FoundQuote(tuple(spans), (block.start, spans[-1][1]), form="turn", label=page.label(head)))
    return found


def with_turns(text: str, quotes: Sequence[FoundQuote]) -> list[FoundQuote]:
    """Merges quotes between marks and turns in reading order; marked words inside a turn are `within` it.

    A turn of only marked words gives way to its marks. If marks and a turn overlap, the one that begins first stays.
    """
    turns: list[FoundQuote] = []
    found = [*find_turns(text), *find_dashes(text)] or find_answers(text)
    for turn in sorted(found, key=lambda turn: turn.outer):
        if not turns or turns[-1].end <= turn.outer[0]:
            turns.append(turn)
    if not turns:
        return list(quotes)
    tops = [quote for quote in quotes if quote.within is None]
    marked = bytearray(len(text))
    for quote in tops:
        marked[slice(*quote.outer)] = b"\1" * (quote.outer[1] - quote.outer[0])
    turns = [turn for turn in turns if any(text[i].isalnum() and not marked[i] for span in turn.spans for i in range(*span))]
    ends = sorted(quote.outer for quote in tops)
    turns = [turn for turn in turns if not _is_cut(turn, ends)]
    starts = [turn.outer[0] for turn in turns]
    placed: list[tuple[FoundQuote, FoundQuote | None]] = [(turn, None) for turn in turns]
    dropped: set[int] = set()
    for number, quote in enumerate(quotes):
        before = bisect_right(starts, quote.outer[0]) - 1
        holder = turns[before] if before >= 0 and quote.outer[0] < turns[before].end else None
        if quote.within in dropped or (holder is not None and quote.end > holder.end):
            dropped.add(number)
        else:
            placed.append((quote, holder if quote.within is None else quotes[quote.within]))
    placed.sort(key=lambda pair: (pair[0].outer[0], -pair[0].outer[1]))
    place = {id(quote): number for number, (quote, _) in enumerate(placed)}
    return [quote if holder is None else replace(quote, within=place[id(holder)]) for quote, holder in placed]


def _is_cut(turn: FoundQuote, marked: Sequence[Chars]) -> bool:
    """Whether marked words that begin before a turn extend into it; `marked` are the spans with their marks, sorted."""
    before = bisect_right(marked, turn.outer[0], key=lambda chars: chars[0]) - 1
    return before >= 0 and turn.outer[0] < marked[before][1]
