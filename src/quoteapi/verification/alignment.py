"""Alignment: where the words of a quote stand in the sources.

Each source is gone through once, to note where the word n-grams (shingles) of the draft's quotes stand in it. Shingles that lie in one
line with the quote vote for a window; rapidfuzz compares the quote with the few windows that have most votes, word by word; and the best
way through them is taken: one window, or several where the quote is made of several passages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz.distance import Indel, Levenshtein

from quoteapi.verification.streams import Stream, Wanted

Gram = tuple[int, ...]
Index = Mapping[Gram, Sequence[tuple[int, int]]]
"""For each shingle the streams and positions where it stands."""

SHINGLE = 3
"""Tokens of a shingle."""
SHORT = 8
"""Tokens of a quote below which shingles of fewer tokens are looked for, too: one changed word may leave none of three."""
MOST_PLACES = 24
"""Places of a shingle that are looked at, the first ones: what is said more often tells little."""
MOST_SHINGLES = 400
"""Shingles of a quote that are looked for, evenly spread over a longer one."""
MOST_WINDOWS = 8
"""Windows that a quote is compared with: those with most votes, then those that cover what the others leave out."""
_MOST_VOTED = 4
PAD = 6
"""Tokens around what the votes tell, at least, that a window has."""
_LONG = 2000
"""Tokens of a quote from which a word for another is no dearer than one dropped: rapidfuzz then needs no memory of their product."""
_LONGEST_DROP = 5
"""Words dropped in a row from which the passages on either side are not adjacent any more."""
_SWITCH = 2.0
"""What another passage costs, in words of weight 1: less would be won by chance in any long source."""
_SWITCH_AT_SENTENCE = 1.25
"""The same where a sentence of the draft starts: it is there that passages are put together."""
_SWITCH_AT_ELLIPSIS = 0.25
"""The same where the draft marks an omission."""
_IN_A_ROW = 0.25
"""What a word counts more behind one that is in the same place of the source: words in a row are not there by chance."""
_SCATTERED = 0.5
"""The weight up to which matched words that are far from all others are there by chance."""
_NEAR = 2


class Pair(Struct, frozen=True):
    """A word of the quote that the source has, too: its position in the quote and in the stream."""

    quote: int
    stream: int


class Part(Struct, frozen=True):
    """A passage of a source that a part of a quote stands in.

    Args:
        stream: Position of the stream.
        start: The first position in the quote that belongs to the part.
        end: The position behind the last one.
        pairs: The words that both have, rising in both; not empty.
    """

    stream: int
    start: int
    end: int
    pairs: list[Pair]


class Placement(Struct, frozen=True):
    """A way to place a quote: its parts in the quote's order, and the share of the quote's weight that the source has in them."""

    parts: list[Part]
    share: float


class _Window(Struct, frozen=True):
    stream: int
    start: int
    end: int


def shingles_of(wanted: Wanted) -> list[tuple[int, Gram]]:
    """The shingles of a quote with the position of each, at most a few hundred."""
    count = len(wanted.ids)
    sizes = [size for size in (1, 2, SHINGLE) if size == SHINGLE or count < SHORT]
    found: list[tuple[int, Gram]] = []
    for size in sizes:
        step = max(1, count // MOST_SHINGLES)
        found += [(at, tuple(wanted.ids[at : at + size])) for at in range(0, count - size + 1, step)]
    return found


def index_of(streams: Sequence[Stream], grams: Iterable[Gram]) -> Index:
    """Where the shingles that are looked for stand; one pass over the streams.

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
                if found is not None and len(found) < MOST_PLACES:
                    found.append((number, at))
    return places


def placements_of(
    wanted: Wanted, streams: Sequence[Stream], index: Index, *, on_window: Callable[[int], None] | None = None
) -> list[Placement]:
    """The best placement of a quote, and behind it, if it is one passage, others that are as good; none if no shingle stands anywhere.

    Args:
        wanted: The quote.
        streams: All streams of all sources.
        index: Where shingles stand in them.
        on_window: Is told the tokens of each window that is compared, for who counts the work.
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
    """Where all words of the quote stand in a row; each stretch of a source once, though several streams have it."""
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
    """The windows with most votes, then those that cover most of what these leave out."""
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
    rest = [bucket for _, bucket in rated[_MOST_VOTED : _MOST_VOTED + MOST_WINDOWS * MOST_PLACES]]
    while rest and len(chosen) < MOST_WINDOWS:
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
    """The quote's positions that a window has, each with the position in the stream."""
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
    """Where the same word stands nearer to its neighbour, take that one: first towards what follows, then towards what precedes."""
    for before, after in zip(reversed(pairs[:-1]), reversed(pairs[1:]), strict=True):
        if after[0] == before[0] + 1 and after[1] > before[1] + 1 and stream[after[1] - 1] == quote[before[0]]:
            before[1] = after[1] - 1
    for before, after in pairwise(pairs):
        if after[0] == before[0] + 1 and after[1] > before[1] + 1 and stream[before[1] + 1] == quote[after[0]]:
            after[1] = before[1] + 1


def _without_scattered(pairs: list[list[int]], weights: Sequence[float]) -> list[tuple[int, int]]:
    """The pairs without those at the ends that are far from all others and weigh little."""
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
    """The best way through the windows: most weight, another passage costing what it costs."""
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
    """What a word of the quote counts in a window."""
    place = pairs.get(at)
    if place is None:
        return 0.0
    return wanted.weights[at] + (_IN_A_ROW if in_a_row and pairs.get(at - 1) == place - 1 else 0.0)


def _part(window: _Window, pairs: Mapping[int, int], start: int, end: int) -> Part:
    return Part(window.stream, start, end, [Pair(at, pairs[at]) for at in range(start, end) if at in pairs])


def _in_passages(wanted: Wanted, part: Part) -> list[Part]:
    """A part, cut where the source goes on elsewhere; none if the source has none of it."""
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
    """Whether two words that both have stand in two passages: an ellipsis is between them, or many words of the source alone."""
    left_out = after.stream - before.stream - (after.quote - before.quote)
    between = range(before.quote + 1, after.quote + 1)
    if wanted.ellipses.intersection(between):
        return left_out > 0
    return left_out > _LONGEST_DROP and not wanted.brackets.intersection(between)


def _placement(parts: list[Part], wanted: Wanted) -> Placement:
    have = sum(wanted.weights[pair.quote] for part in parts for pair in part.pairs)
    return Placement(parts, have / sum(wanted.weights))
