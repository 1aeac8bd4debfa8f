"""Alignment: where the words of a quote occur in the sources.

One pass over each source records where the word n-grams (shingles) of the draft's quotes occur. Shingles at the same distance from their
place in the quote vote for a window; rapidfuzz compares the quote word by word with the few windows that have most votes; and the best
path through them is taken: one window, or several if the quote is made of several passages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz.distance import Indel, Levenshtein

from quoteapi.verification.streams import Stream, Wanted

Gram = tuple[int, ...]
Index = Mapping[Gram, Sequence[tuple[int, int]]]
"""Maps each shingle to the streams and positions where it occurs."""

SHINGLE = 3
"""Number of tokens in a shingle."""
SHORT = 8
"""Number of tokens below which shorter shingles of a quote are used, too: one changed word may leave none of three tokens."""
MAX_PLACES = 24
"""Maximum number of occurrences of a shingle that are used, the first ones: a more frequent shingle says little."""
MAX_SHINGLES = 400
"""Approximate maximum number of shingles used of a quote, evenly spread over a longer one."""
MAX_WINDOWS = 8
"""Maximum number of windows that a quote is compared with: those with most votes, then those that cover what the others leave out."""
_MOST_VOTED = 4
PAD = 6
"""Minimum number of tokens by which a window extends what the votes indicate."""
_LONG = 2000
"""Length of a quote, in tokens, above which a replaced word costs no more than a dropped one: rapidfuzz then needs no quadratic memory."""
_LONGEST_DROP = 5
"""Maximum number of words dropped in a row; beyond it, the passages on either side are not adjacent."""
_SWITCH = 2.0
"""Cost of another passage, in words of weight 1: if it were lower, any long source would offer one by chance."""
_SWITCH_AT_SENTENCE = 1.25
"""The same if a sentence of the draft starts there, which is where passages are put together."""
_SWITCH_AT_ELLIPSIS = 0.25
"""The same if the draft marks an omission there."""
_IN_A_ROW = 0.25
"""Bonus for a word that follows the word before it in the source, too: words in a row seldom match by chance."""
_SCATTERED = 0.5
"""Maximum weight of matched words far from all others that are taken for chance."""
_NEAR = 2


class Pair(Struct, frozen=True):
    """A word that quote and source have in common: its position in the quote and in the stream."""

    quote: int
    stream: int


class Part(Struct, frozen=True):
    """A passage of a source that matches a part of a quote.

    Args:
        stream: Index of the stream.
        start: The first position in the quote that belongs to the part.
        end: The position after the last one.
        pairs: The words in common, ascending on both sides; not empty.
    """

    stream: int
    start: int
    end: int
    pairs: list[Pair]


class Placement(Struct, frozen=True):
    """A way to align a quote: its parts in the quote's order, and the share of the quote's weight that they match."""

    parts: list[Part]
    share: float


class _Window(Struct, frozen=True):
    stream: int
    start: int
    end: int


def shingles_of(wanted: Wanted) -> list[tuple[int, Gram]]:
    """Returns the shingles of a quote, each with its position; a few hundred at most of each size."""
    count = len(wanted.ids)
    sizes = [size for size in (1, 2, SHINGLE) if size == SHINGLE or count < SHORT]
    found: list[tuple[int, Gram]] = []
    for size in sizes:
        step = max(1, count // MAX_SHINGLES)
        found += [(at, tuple(wanted.ids[at : at + size])) for at in range(0, count - size + 1, step)]
    return found


def index_of(streams: Sequence[Stream], grams: Iterable[Gram]) -> Index:
    """Records where the shingles occur, in one pass over the streams.

    Args:
        streams: All streams of all sources.
        grams: The shingles of all quotes.
    """
    places: dict[Gram, list[tuple[int, int]]] = {gram: [] for gram in grams}
    sizes = sorted({len(gram) for gram in places})
    for number, stream in enumerate(streams):
        ids = stream.ids
        for size in sizes:
            for at, gram in enumerate(zip(*(ids[shift:] for shift in range(size)), strict=False)):
                found = places.get(gram)
                if found is not None and len(found) < MAX_PLACES:
                    found.append((number, at))
    return places


def placements_of(
    wanted: Wanted, streams: Sequence[Stream], index: Index, *, on_window: Callable[[int], None] | None = None
) -> list[Placement]:
    """Returns the best placement of a quote, and, if it is one passage, others that are as good; none if no shingle occurs anywhere.

    Args:
        wanted: The quote.
        streams: All streams of all sources.
        index: Where shingles occur in them.
        on_window: Called with the number of tokens of each window that is compared, to measure the work.
    """
    if not wanted.ids:
        return []
    if exact := _exact(wanted, streams, index):
        return exact
    matched: list[tuple[_Window, dict[int, int]]] = []
    for window in _windows(wanted, streams, index):
        if on_window is not None:
            on_window(window.end - window.start)
        pairs = _matched(wanted, streams[window.stream], window)
        if pairs:
            matched.append((window, pairs))
    if not matched:
        return []
    best = _placed(wanted, matched)
    placements = [best]
    if len(best.parts) == 1:
        for window, pairs in matched:
            other = _placement([_part(window, pairs, 0, len(wanted.ids))], wanted)
            if other.share >= best.share and other.parts != best.parts:
                placements.append(other)
    return placements


def _exact(wanted: Wanted, streams: Sequence[Stream], index: Index) -> list[Placement]:
    """Returns where all words of the quote occur in a row; each place in a source once, even if several streams contain it."""
    size = len(wanted.ids)
    at, gram = min(shingles_of(wanted), key=lambda one: len(index.get(one[1], ())))
    found: dict[tuple[int, int], Placement] = {}
    for number, place in index.get(gram, ()):
        stream, start = streams[number], place - at
        if start >= 0 and stream.ids[start : start + size] == wanted.ids:
            part = Part(number, 0, size, [Pair(position, start + position) for position in range(size)])
            found.setdefault((stream.source, stream.tokens[start]), Placement([part], 1.0))
    return list(found.values())


def _windows(wanted: Wanted, streams: Sequence[Stream], index: Index) -> list[_Window]:
    """Returns the windows with most votes, then those that cover most of what these leave out."""
    size = len(wanted.ids)
    width = max(16, size // 2)
    votes: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    lines: dict[tuple[int, int], tuple[int, int]] = {}
    for at, gram in shingles_of(wanted):
        for stream, place in index.get(gram, ()):
            line = place - at
            bucket = (stream, line // width)
            votes[bucket].update(range(at, at + len(gram)))
            first, last = lines.get(bucket, (line, line))
            lines[bucket] = min(first, line), max(last, line)
    weights = wanted.weights
    rated = sorted(
        ((sum(weights[at] for at in positions), bucket) for bucket, positions in votes.items()), key=lambda one: (-one[0], one[1])
    )
    chosen = [bucket for _, bucket in rated[:_MOST_VOTED]]
    covered = set().union(*(votes[bucket] for bucket in chosen))
    rest = [bucket for _, bucket in rated[_MOST_VOTED : _MOST_VOTED + MAX_WINDOWS * MAX_PLACES]]
    while rest and len(chosen) < MAX_WINDOWS:
        gain, bucket = max(((sum(weights[at] for at in votes[one] - covered), one) for one in rest), key=lambda pair: pair[0])
        if not gain:
            bucket = rest[0]
        chosen.append(bucket)
        covered |= votes[bucket]
        rest.remove(bucket)
    pad = PAD + size // SHORT
    windows = []
    for bucket in chosen:
        first, last = lines[bucket]
        end = len(streams[bucket[0]].ids)
        windows.append(_Window(bucket[0], max(0, first - pad), min(end, last + size + pad)))
    return windows


def _matched(wanted: Wanted, stream: Stream, window: _Window) -> dict[int, int]:
    """Maps the positions of the quote that occur in a window to positions in the stream."""
    ids = stream.ids[window.start : window.end]
    pairs: list[list[int]] = []
    distance = Indel if len(wanted.ids) <= _LONG else Levenshtein
    for code in distance.opcodes(wanted.ids, ids):
        if code.tag == "equal":
            shift = window.start + code.dest_start - code.src_start
            pairs += [[at, at + shift] for at in range(code.src_start, code.src_end)]
    _drawn_together(pairs, wanted.ids, stream.ids)
    return dict(_without_scattered(pairs, wanted.weights))


def _drawn_together(pairs: list[list[int]], quote: Sequence[int], stream: Sequence[int]) -> None:
    """Moves matches to an equal word directly beside the neighbouring match: first towards what follows, then towards what precedes."""
    for before, after in zip(reversed(pairs[:-1]), reversed(pairs[1:]), strict=True):
        if after[0] == before[0] + 1 and after[1] > before[1] + 1 and stream[after[1] - 1] == quote[before[0]]:
            before[1] = after[1] - 1
    for before, after in pairwise(pairs):
        if after[0] == before[0] + 1 and after[1] > before[1] + 1 and stream[before[1] + 1] == quote[after[0]]:
            after[1] = before[1] + 1


def _without_scattered(pairs: list[list[int]], weights: Sequence[float]) -> list[tuple[int, int]]:
    """Drops pairs at the ends that are far from all others and have little weight."""
    runs: list[list[list[int]]] = []
    for pair in pairs:
        if runs and pair[1] - runs[-1][-1][1] - (pair[0] - runs[-1][-1][0]) <= _NEAR:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    while len(runs) > 1 and sum(weights[at] for at, _ in runs[0]) <= _SCATTERED:
        runs.pop(0)
    while len(runs) > 1 and sum(weights[at] for at, _ in runs[-1]) <= _SCATTERED:
        runs.pop()
    return [(at, place) for run in runs for at, place in run]


def _placed(wanted: Wanted, matched: Sequence[tuple[_Window, Mapping[int, int]]]) -> Placement:
    """Returns the best path through the windows: the most weight, less the cost of every switch to another passage."""
    size, count = len(wanted.ids), len(matched)
    scores = [0.0] * count
    came: list[list[int]] = []
    for at in range(size):
        cost = _SWITCH_AT_ELLIPSIS if at in wanted.ellipses else _SWITCH_AT_SENTENCE if at in wanted.sentences else _SWITCH
        leader = max(range(count), key=scores.__getitem__)
        origins = [leader if at and scores[leader] - cost > scores[window] else window for window in range(count)]
        came.append(origins)
        scores = [
            scores[origin] - (cost if origin != window else 0.0) + _worth(wanted, matched[window][1], at, in_a_row=origin == window)
            for window, origin in enumerate(origins)
        ]
    window = max(range(count), key=scores.__getitem__)
    parts: list[Part] = []
    end = size
    for at in range(size - 1, -1, -1):
        origin = came[at][window]
        if origin != window or not at:
            parts[:0] = _in_passages(wanted, _part(*matched[window], at, end))
            window, end = origin, at
    return _placement(parts, wanted)


def _worth(wanted: Wanted, pairs: Mapping[int, int], at: int, *, in_a_row: bool) -> float:
    """Returns what a word of the quote counts in a window."""
    place = pairs.get(at)
    if place is None:
        return 0.0
    return wanted.weights[at] + (_IN_A_ROW if in_a_row and pairs.get(at - 1) == place - 1 else 0.0)


def _part(window: _Window, pairs: Mapping[int, int], start: int, end: int) -> Part:
    return Part(window.stream, start, end, [Pair(at, pairs[at]) for at in range(start, end) if at in pairs])


def _in_passages(wanted: Wanted, part: Part) -> list[Part]:
    """Splits a part where the source continues elsewhere; returns nothing if the source has none of it."""
    if not part.pairs:
        return []
    cuts = [number for number, pair in enumerate(pairwise(part.pairs), start=1) if _parts(wanted, *pair)]
    edges = [0, *cuts, len(part.pairs)]
    starts = [part.start, *(part.pairs[cut].quote for cut in cuts), part.end]
    return [
        Part(part.stream, starts[number], starts[number + 1], part.pairs[first:last])
        for number, (first, last) in enumerate(pairwise(edges))
    ]


def _parts(wanted: Wanted, before: Pair, after: Pair) -> bool:
    """Whether two matched words belong to two passages: an ellipsis stands between them, or many words that only the source has."""
    left_out = after.stream - before.stream - (after.quote - before.quote)
    between = range(before.quote + 1, after.quote + 1)
    if wanted.ellipses.intersection(between):
        return left_out > 0
    return left_out > _LONGEST_DROP and not wanted.brackets.intersection(between)


def _placement(parts: list[Part], wanted: Wanted) -> Placement:
    have = sum(wanted.weights[pair.quote] for part in parts for pair in part.pairs)
    return Placement(parts, have / sum(wanted.weights))
