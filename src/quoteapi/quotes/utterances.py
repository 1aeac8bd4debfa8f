"""Utterances: what one speaker says in one go, even if marks or paragraphs divide it.

A quote continues over paragraphs if one leaves its mark open and the next opens with a mark again. An attribution splits a quote if a short
reporting clause stands inside its sentence. Any other span between two marks is an utterance of its own.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from msgspec import Struct

from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.clauses import reporting_clause, splits_a_sentence
from quoteapi.quotes.marks import Family, Mark, find_marks
from quoteapi.quotes.pairs import Pair, pair_marks
from quoteapi.text import paragraphs

_LABEL = re.compile(r"[A-Z][A-Z.,'’ -]{1,40}(?:\([^()\n]{1,40}\) ?)?:")
"""A transcript's speaker label: WALLACE:, SEN. ROE (D-Ore.):"""
_STAGE_DIRECTION = re.compile(r"[(\[][^()\[\]\n]*[)\]]\W*$")
_UNFINISHED = frozenset(",-—–")
"""How the first part of a sentence ends if an attribution splits it."""
_FINISHED = frozenset(".?!…")
_LONGEST_LAST_CLAUSE = 60
"""Maximum characters of a reporting clause that ends a paragraph whose quote seems to continue in the next one."""
_LONGEST_HEADING = 60
"""Maximum characters of a heading between two paragraphs of a quote."""
_CERTAIN = 1.0
"""Maximum cost at which a mark certainly opens, or closes."""


class _Stretch(Struct, frozen=True):
    """A pair of marks that is kept, and what links it to its neighbours.

    Args:
        pair: The pair, with a corrected end if its closing mark is missing.
        holder: The index of the stretch that encloses it.
        opens_paragraph: Whether its mark opens its paragraph.
        runs_on: Whether it was left open and extends to the end of its paragraph.
        paragraph: The index of its paragraph.
    """

    pair: Pair
    holder: int | None
    opens_paragraph: bool
    runs_on: bool
    paragraph: int


def find_quotes(text: str) -> list[FoundQuote]:
    """Returns the quotes of a text in reading order, each after the quote that encloses it.

    Spans are half-open, in code points, and lie between the marks; each contains a letter or a digit. Spans of different quotes do not
    overlap unless one is `within` the other. Accepts any text, and is linear in its length.
    """
    limits = paragraphs(text)
    stretches = _stretches(text, limits)
    tops = [k for k, stretch in enumerate(stretches) if stretch.holder is None]
    joined = {after for before, after in pairwise(tops) if _is_one_utterance(text, limits, stretches[before], stretches[after])}
    quote_of: list[int] = []
    members: list[list[int]] = []
    top = -1
    for k in range(len(stretches)):
        if k in joined:
            quote_of.append(top)
            members[top].append(k)
            continue
        quote_of.append(len(members))
        members.append([k])
        if stretches[k].holder is None:
            top = quote_of[k]
    return [_quote([stretches[k] for k in parts], quote_of) for parts in members]


def _quote(parts: list[_Stretch], quote_of: list[int]) -> FoundQuote:
    holder = parts[0].holder
    return FoundQuote(
        spans=tuple(part.pair.inner for part in parts),
        outer=(parts[0].pair.outer[0], parts[-1].pair.outer[1]),
        within=None if holder is None else quote_of[holder],
    )


def _is_one_utterance(text: str, limits: list[Chars], before: _Stretch, after: _Stretch) -> bool:
    """Whether two neighbouring stretches are one utterance; `limits` are the text's paragraphs."""
    if before.pair.family is not after.pair.family:
        return False
    parted = after.paragraph == before.paragraph + 2 and _is_heading(text, limits[before.paragraph + 1])
    if parted or after.paragraph == before.paragraph + 1:
        return (
            before.runs_on and after.opens_paragraph and not (_is_independent(text, before) or _is_independent(text, after, labelled=True))
        )
    if after.paragraph != before.paragraph:
        return False
    between = text[before.pair.outer[1] : after.pair.outer[0]]
    return _is_unfinished(text, before, after, between) and splits_a_sentence(between)


def _is_unfinished(text: str, before: _Stretch, after: _Stretch, between: str) -> bool:
    """Whether a sentence may continue after a stretch.

    It ends with a comma, on either side of the mark, or without a full stop before a part or a clause in lower case.
    """
    last = text[before.pair.inner[0] : before.pair.inner[1]].rstrip()[-1:]
    lower = text[after.pair.inner[0]].islower() or (last in "?!" and between.lstrip()[:1].islower())
    return last in _UNFINISHED or between.startswith(",") or (last not in ".…" and lower)


def _is_heading(text: str, paragraph: Chars) -> bool:
    """Whether a paragraph is a heading: short, not ended like a sentence, and not an item of a list."""
    start, end = paragraph
    return text[start].isupper() and text[end - 1].isalnum() and end - start <= _LONGEST_HEADING


def _is_independent(text: str, stretch: _Stretch, *, labelled: bool = False) -> bool:
    """Whether a paragraph of a transcript is independent: a stage direction or, if `labelled`, one with another speaker's label."""
    start, end = stretch.pair.inner
    return bool(_STAGE_DIRECTION.match(text, start, end)) or (labelled and bool(_LABEL.match(text, start, end)))


def _stretches(text: str, limits: list[Chars]) -> list[_Stretch]:
    """Returns the pairs of all paragraphs that contain words, in the order of their opening marks."""
    kept: list[_Stretch] = []
    top = 0
    marks = list(_by_paragraph(find_marks(text), limits))
    firsts = [_first_opening(group, start) for group, (start, _) in zip(marks, limits, strict=True)]
    for number, (group, (start, end)) in enumerate(zip(marks, limits, strict=True)):
        if not group:
            continue
        following = number + 1
        if following + 1 < len(limits) and not marks[following] and _is_heading(text, limits[following]):
            following += 1
        next_opens = firsts[following] if following < len(firsts) else None
        places: dict[int, int] = {}
        pairs = pair_marks(group, end=end, next_opens=next_opens)
        unopened = _unopened(kept[top], group, pairs, (number, start)) if kept else None
        if unopened is not None and _holds_words(text, unopened.pair.inner):
            kept.append(unopened)
        for position, found in enumerate(pairs):
            goes_on = found.holder is None and found.family is next_opens and found.inner[1] == end
            pair = found if found.closed or found.holder is not None else _ended(text, pairs, position, end, goes_on=goes_on)
            if pair is None or not _holds_words(text, pair.inner):
                continue
            places[position] = len(kept)
            holder = None if pair.holder is None else places.get(pair.holder)
            if holder is not None and kept[holder].pair.inner[1] < pair.outer[1]:
                holder = None
            runs_on = not pair.closed and pair.inner[1] == end
            top = len(kept) if holder is None else top
            kept.append(_Stretch(pair, holder, opens_paragraph=pair.outer[0] == start, runs_on=runs_on, paragraph=number))
    return kept


def _unopened(last: _Stretch, marks: list[Mark], pairs: list[Pair], paragraph: tuple[int, int]) -> _Stretch | None:
    """Returns the end of a quote that continues in a paragraph without an opening mark; None if no mark ends such a quote.

    Args:
        last: The top-level stretch before it.
        marks: The paragraph's marks.
        pairs: The paragraph's pairs.
        paragraph: Its index, and where it starts.
    """
    number, start = paragraph
    family = last.pair.family
    if not last.runs_on or last.paragraph != number - 1:
        return None
    mark = next((mark for mark in marks if mark.shape.family is family and mark.neither > _CERTAIN), None)
    # The first character that is certainly a mark must close, and no pair may begin before it.
    if mark is None or mark.closing > _CERTAIN or (pairs and pairs[0].outer[0] <= mark.start):
        return None
    pair = Pair((start, mark.end), (start, mark.start), family, closed=True, holder=None)
    return _Stretch(pair, holder=None, opens_paragraph=True, runs_on=False, paragraph=number)


def _by_paragraph(marks: list[Mark], limits: list[Chars]) -> Iterator[list[Mark]]:
    """Yields the marks of each paragraph."""
    place = 0
    for _, end in limits:
        first = place
        while place < len(marks) and marks[place].start < end:
            place += 1
        yield marks[first:place]


def _first_opening(marks: list[Mark], start: int) -> Family | None:
    """Returns the family of the mark that opens a paragraph."""
    return marks[0].shape.family if marks and marks[0].start == start and marks[0].opening <= _CERTAIN else None


def _ended(text: str, pairs: list[Pair], position: int, paragraph_end: int, *, goes_on: bool) -> Pair | None:
    """Returns a pair without a closing mark, ended where its words do; None if another quote opens before that.

    It ends before the reporting clause that it contains, unless an inner quote does; without one, with its paragraph, or with a sentence
    right before the next quote opens: continued quotation whose paragraph end is lost.
    """
    pair = pairs[position]
    start, end = pair.inner
    clause = reporting_clause(text, start, end)
    held = takewhile(lambda other: other.outer[0] < end, (pairs[k] for k in range(position + 1, len(pairs))))
    if clause is not None and any(other.outer[0] < clause < other.outer[1] for other in held):
        clause = None
    if clause is not None and not (goes_on and paragraph_end - clause > _LONGEST_LAST_CLAUSE):
        return Pair((pair.outer[0], clause), (start, clause), pair.family, closed=False, holder=None)
    if end == paragraph_end:
        return pair
    following = pairs[position + 1] if position + 1 < len(pairs) else None
    last = start + len(text[start:end].rstrip())
    if following is None or following.family is not pair.family or following.outer[0] != end or text[last - 1] not in _FINISHED:
        return None
    return Pair((pair.outer[0], last), (start, last), pair.family, closed=False, holder=None)


def _holds_words(text: str, inner: Chars) -> bool:
    return any(map(str.isalnum, text[slice(*inner)]))
