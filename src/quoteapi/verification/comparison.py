"""Comparison: what differs between a quote and the passages that it was aligned with, and the status that follows from it."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, repeat

from msgspec import Struct

from quoteapi.knowledge import entries, meanings
from quoteapi.verification.alignment import Part, Placement
from quoteapi.verification.streams import Searched, Wanted, Words
from quoteapi.verification.tokens import has_ellipsis, punctuation, unedited
from quoteapi.verification_structs import ChangeKind, Flag, QuoteStatus

FOUND = 0.6
"""Minimum share of a quote's weight that a source must have; with less, an unrelated sentence is as close."""
NEAR = 0.35
"""The same for a passage shown as the nearest one."""
MAX_LEFT_OUT = 100
"""Maximum number of words that an ellipsis may stand for: about a paragraph of speech."""
MAX_BRACKETED = 12
"""Maximum number of words that words in brackets may stand for."""
MIN_PART_WEIGHT = 1.5
"""Minimum weight of each passage of a spliced quote."""
_ENDS = frozenset('.?!…\n"“”')
_ASKS = frozenset("?!")


class Stretch(Struct, frozen=True):
    """A passage: the index of its source, and its first and last token there, both included."""

    source: int
    first: int
    last: int


class Difference(Struct, frozen=True):
    """Words that differ: the first and last token in the draft, and the passage of a source; None on a side that lacks them."""

    kind: ChangeKind
    draft: tuple[int, int] | None
    source: Stretch | None
    flags: list[Flag]


class Compared(Struct, frozen=True):
    """The result for a quote.

    Args:
        status: The status.
        passages: Where it occurs, in the quote's order; empty if it is absent.
        nearest: If it is absent, the passage that has most of it, if one has enough.
        differences: The differences in the quote's order; of a spliced quote, those within its passages.
    """

    status: QuoteStatus
    passages: list[Stretch]
    nearest: Stretch | None
    differences: list[Difference]


NOWHERE = Compared("absent", [], None, [])


class Comparison:
    """Compares one quote with its placements.

    Args:
        wanted: The quote.
        draft: The draft.
        searched: The sources.
        is_whole: Whether the quote is a sentence or more, so that a negation next to it in the source was cut off.
    """

    def __init__(self, wanted: Wanted, draft: Words, searched: Searched, *, is_whole: bool) -> None:
        self.wanted = wanted
        self.draft = draft
        self.sources = searched.sources
        self.streams = searched.streams
        self.turns = searched.turns
        self.is_whole = is_whole

    def compare(self, placement: Placement) -> Compared:
        """Returns the result for a placement."""
        parts = self._worthy(placement.parts)
        if sum(map(self._weight, parts)) < FOUND * sum(self.wanted.weights):
            best = max(placement.parts, key=self._weight, default=None)
            near = best is not None and self._weight(best) >= NEAR * sum(self.wanted.weights)
            return Compared("absent", [], self._stretch(best) if best is not None and near else None, [])
        found = [list(self._within(part)) for part in parts]
        differences = [difference for part in found for difference in part]
        spliced = any(not self._adjoin(*pair) for pair in pairwise(parts))
        passages = _joined(_extended(self._stretch(part), changes) for part, changes in zip(parts, found, strict=True))
        if spliced:
            return Compared("spliced", passages, None, differences)
        if differences:
            return Compared("altered", passages, None, differences)
        return Compared("exact" if self._verbatim(parts) else "styled", passages, None, [])

    def _worthy(self, parts: Sequence[Part]) -> list[Part]:
        """Keeps the parts with enough weight, and extends them over those dropped; a word or two beside an unmarked gap match by chance."""
        kept: list[Part] = []
        for part in parts:
            alone = len(parts) == 1 or self._weight(part) >= MIN_PART_WEIGHT or {part.start, part.end} & self.wanted.ellipses
            if alone:
                start = kept[-1].end if kept else 0
                kept.append(Part(part.stream, start, part.end, part.pairs))
        if kept:
            last = kept[-1]
            kept[-1] = Part(last.stream, last.start, len(self.wanted.ids), last.pairs)
        return kept

    def _weight(self, part: Part) -> float:
        return sum(self.wanted.weights[pair.quote] for pair in part.pairs)

    def _token(self, part: Part, place: int) -> int:
        return self.streams[part.stream].tokens[place]

    def _source(self, part: Part) -> Words:
        return self.sources[self.streams[part.stream].source]

    def _stretch(self, part: Part) -> Stretch:
        return Stretch(self.streams[part.stream].source, self._token(part, part.pairs[0].stream), self._token(part, part.pairs[-1].stream))

    def _adjoin(self, before: Part, after: Part) -> bool:
        """Whether the words between two parts may be left out: there are none, or an ellipsis stands for them."""
        first, second = self._stretch(before), self._stretch(after)
        if first.source != second.source or second.first <= first.last:
            return False
        left_out = second.first - first.last - 1
        marked = self.wanted.ellipses.intersection(range(before.pairs[-1].quote + 1, after.pairs[0].quote + 1))
        return left_out == 0 or (bool(marked) and left_out <= MAX_LEFT_OUT)

    def _within(self, part: Part) -> Iterator[Difference]:
        """Yields the differences within a part, its edges included."""
        pairs = part.pairs
        yield from self._leading(part)
        yield from self._spelling(part, 0)
        for number in range(1, len(pairs)):
            yield from self._gap(part, number)
            yield from self._spelling(part, number)
        yield from self._trailing(part)

    def _gap(self, part: Part, number: int) -> Iterator[Difference]:
        """Yields the differences between two matched words."""
        before, after = part.pairs[number - 1], part.pairs[number]
        draft = self.wanted.tokens[before.quote + 1 : after.quote]
        source = self.streams[part.stream].tokens[before.stream + 1 : after.stream]
        marks = range(before.quote + 1, after.quote + 1)
        if not draft and not source:
            yield from self._punctuation(part, number)
        elif not self._is_marked(marks, draft, source):
            yield from self._words(part, draft, source)

    def _is_marked(self, marks: range, draft: Sequence[int], source: Sequence[int]) -> bool:
        """Whether words that only the source has are what an ellipsis or brackets in the draft stand for."""
        if draft:
            return False
        bracketed = self.wanted.brackets.intersection(marks) and len(source) <= MAX_BRACKETED
        return bool(bracketed or (self.wanted.ellipses.intersection(marks) and len(source) <= MAX_LEFT_OUT))

    def _words(self, part: Part, draft: Sequence[int], source: Sequence[int]) -> Iterator[Difference]:
        """Yields a change of words, unless it is only letters in brackets; equal numbers on both sides are changed one for one."""
        if len(draft) == len(source) > 1:
            for one, other in zip(draft, source, strict=True):
                yield from self._words(part, [one], [other])
            return
        words = self._source(part)
        if len(draft) == len(source) == 1:
            kept = unedited(self.draft.tokens.raw(draft[0]))
            key = words.tokens.keys[source[0]]
            if kept and (key.startswith(kept) or key.endswith(kept)):
                return
        kind: ChangeKind = "replaced" if draft and source else "added" if draft else "dropped"
        there = Stretch(self.streams[part.stream].source, source[0], source[-1]) if source else None
        yield Difference(kind, (draft[0], draft[-1]) if draft else None, there, self._flags(draft, source, words))

    def _leading(self, part: Part) -> Iterator[Difference]:
        """Yields what the draft has before the first matched word, or a negation that it cut off there."""
        first = part.pairs[0]
        missing = self.wanted.tokens[part.start : first.quote]
        before = self._beside(part, -1, max(1, len(missing)))
        if missing:
            yield from self._words(part, missing, before[-len(missing) :])
        elif part.start == 0 and self.is_whole and before and self._negates(self._source(part), before[-1]) and 0 not in self._marked:
            yield from self._words(part, [], before[-1:])

    def _trailing(self, part: Part) -> Iterator[Difference]:
        """Yields the same after the last matched word, and the final punctuation if the quote ends there."""
        last = part.pairs[-1]
        missing = self.wanted.tokens[last.quote + 1 : part.end]
        after = self._beside(part, 1, max(1, len(missing)))
        is_end = part.end == len(self.wanted.ids)
        if missing:
            yield from self._words(part, missing, after[: len(missing)])
        elif is_end and self.is_whole and after and self._negates(self._source(part), after[0]) and part.end not in self._marked:
            yield from self._words(part, [], after[:1])
        elif is_end and not self._is_spoken(part, last.stream):
            yield from self._asking(part)

    @property
    def _marked(self) -> frozenset[int]:
        return self.wanted.ellipses | self.wanted.brackets

    def _beside(self, part: Part, step: int, most: int) -> list[int]:
        """Returns at most `most` tokens of the source beside a part, in its order, within the sentence."""
        stream, words = self.streams[part.stream], self._source(part)
        place = part.pairs[0 if step < 0 else -1].stream
        found: list[int] = []
        while len(found) < most and 0 <= place + step < len(stream.tokens):
            one, other = sorted((stream.tokens[place], stream.tokens[place + step]))
            if not _ENDS.isdisjoint(words.tokens.between(one, other)):
                break
            place += step
            found.append(stream.tokens[place])
        return found if step > 0 else found[::-1]

    def _negates(self, words: Words, token: int) -> bool:
        return is_negation(words.tokens.keys[token])

    def _spelling(self, part: Part, number: int) -> Iterator[Difference]:
        """Yields a change of capitals, unless house style sets it; all other differences in spelling between equal keys are style."""
        pair = part.pairs[number]
        token, other = self.wanted.tokens[pair.quote], self._token(part, pair.stream)
        words = self._source(part)
        here, there = self.draft.tokens.raw(token), words.tokens.raw(other)
        if here == there:
            return
        same = unicodedata.normalize("NFKC", here.replace("’", "'")) == unicodedata.normalize("NFKC", there.replace("’", "'"))
        # house style sets capitals at the edges of a quote, beside its omissions and brackets, and where only one side opens a sentence
        at_edge = (
            pair.quote == part.start
            or pair.quote in self.wanted.joints | self._marked
            or "[" in here
            or self.draft.tokens.opens_sentence(token) != words.tokens.opens_sentence(other)
        )
        # in speech and in words set in capitals, the source's case is not the speaker's; other spellings of a key are style
        if same or at_edge or here.casefold() != there.casefold() or there.isupper() or self._is_spoken(part, pair.stream):
            return
        yield self._same_words(part, (token, token), (other, other), "capitals")

    def _punctuation(self, part: Part, number: int) -> Iterator[Difference]:
        """Yields the punctuation between two words if it differs and is the speaker's own."""
        before, after = part.pairs[number - 1], part.pairs[number]
        one, two = self.wanted.tokens[before.quote], self.wanted.tokens[after.quote]
        first, second = self._token(part, before.stream), self._token(part, after.stream)
        words = self._source(part)
        if after.quote in self.wanted.joints | self._marked or two != one + 1 or second != first + 1:
            return
        here, there = self.draft.tokens.between(one, two), words.tokens.between(first, second)
        if punctuation(here) != punctuation(there) and not self._is_spoken(part, after.stream) and not has_ellipsis(there):
            yield self._same_words(part, (one, two), (first, second), "punctuation")

    def _asking(self, part: Part) -> Iterator[Difference]:
        """Yields a final question or exclamation mark that the source lacks, or one dropped for a full stop."""
        words, last = self._source(part), part.pairs[-1]
        token, other = self.wanted.tokens[last.quote], self._token(part, last.stream)
        ends = words.tokens.starts[other + 1] if other + 1 < len(words.tokens) else len(words.tokens.text)
        here = self.draft.tokens.text[self.draft.tokens.ends[token] : self.wanted.spans[-1][1]]
        there = words.tokens.text[words.tokens.ends[other] : ends]
        asked, asks = _ASKS.intersection(here), _ASKS.intersection(there)
        if asked - asks or (asks - asked and "." in here):
            yield self._same_words(part, (token, token), (other, other), "punctuation")

    def _same_words(self, part: Part, draft: tuple[int, int], source: tuple[int, int], flag: Flag) -> Difference:
        """Returns a difference that concerns only capitals or punctuation, from the first to the last word."""
        return Difference("replaced", draft, Stretch(self.streams[part.stream].source, *source), [flag])

    def _is_spoken(self, part: Part, place: int) -> bool:
        """Whether a place was transcribed from speech: subtitles, or a turn of a transcript."""
        words = self._source(part)
        if words.document.is_spoken:
            return True
        turns, start = self.turns[self.streams[part.stream].source], words.tokens.starts[self._token(part, place)]
        turn = bisect_right(turns, start, key=lambda chars: chars[0]) - 1
        return turn >= 0 and start < turns[turn][1]

    def _verbatim(self, parts: Sequence[Part]) -> bool:
        """Whether the source has every span character for character, one after the other."""
        part = parts[0]
        if len(parts) > 1 or len(part.pairs) < len(self.wanted.ids):
            return False
        words = self._source(part)
        tokens = [self._token(part, pair.stream) for pair in part.pairs]
        cuts = [0, *sorted(self.wanted.joints), len(tokens)]
        for (first, last), (start, end) in zip(pairwise(cuts), self.wanted.spans, strict=False):
            lead = self.draft.tokens.starts[self.wanted.tokens[first]] - start
            trail = end - self.draft.tokens.ends[self.wanted.tokens[last - 1]]
            begins, ends = words.tokens.starts[tokens[first]] - lead, words.tokens.ends[tokens[last - 1]] + trail
            if begins < 0 or words.tokens.text[begins:ends] != self.draft.tokens.text[start:end]:
                return False
        return True

    def _flags(self, draft: Sequence[int], source: Sequence[int], words: Words) -> list[Flag]:
        """Returns what a change of words concerns."""
        here = [self.draft.tokens.keys[token] for token in draft]
        there = [words.tokens.keys[token] for token in source]
        flags: list[Flag] = []
        if sum(map(is_negation, here)) != sum(map(is_negation, there)):
            flags.append("negation")
        if sorted(filter(None, map(number_of, here))) != sorted(filter(None, map(number_of, there))):
            flags.append("number")
        if any(map(self._is_name, repeat(self.draft), draft)) or any(map(self._is_name, repeat(words), source)):
            flags.append("name")
        return flags

    def _is_name(self, words: Words, token: int) -> bool:
        """Whether a word is a name: capitalized inside a sentence, or at its start if elsewhere inside one, or before a capital."""
        raw, key = words.tokens.raw(token), words.tokens.keys[token]
        # a capital says nothing in a text of capitals, nor in I
        if not raw[0].isupper() or words.is_shouted or key == "i" or key.startswith("i'"):
            return False
        if not words.tokens.opens_sentence(token) or key in words.names:
            return True
        follows = token + 1 < len(words.tokens) and words.tokens.between(token, token + 1).isspace()
        return follows and words.tokens.raw(token + 1)[0].isupper() and not words.tokens.opens_sentence(token + 1)


def _extended(passage: Stretch, differences: Sequence[Difference]) -> Stretch:
    """Extends a passage over the differing words of the source at its edges."""
    others = [passage, *(difference.source for difference in differences if difference.source is not None)]
    return Stretch(passage.source, min(other.first for other in others), max(other.last for other in others))


def _joined(passages: Iterable[Stretch]) -> list[Stretch]:
    """Merges passages that directly follow each other in a source."""
    found: list[Stretch] = []
    for passage in passages:
        if found and found[-1].source == passage.source and found[-1].last + 1 == passage.first:
            found.append(Stretch(passage.source, found.pop().first, passage.last))
        else:
            found.append(passage)
    return found


def is_negation(key: str) -> bool:
    """Whether a word negates its sentence."""
    return key in entries("negations") or key.endswith("n't")


def number_of(key: str) -> str | None:
    """Returns the number that a word stands for, in one spelling; any other word with a digit (12th) as it is; None for the rest."""
    if told := meanings("number_words").get(key):
        return str(Fraction(told[0]))
    if key.isascii() and key.replace(".", "", 1).isdigit():
        return str(Fraction(key))
    return key if any(map(str.isdigit, key)) else None
