"""Spans of the answer: stretches of the reading text as stretches of the caller's string, in the caller's unit."""

from spacy.tokens import Doc

from quoteapi.findings import Chars
from quoteapi.structs import Cue, OffsetUnit, Range, Span
from quoteapi.text import Reading, offset_converter


class Locator:
    """Finds stretches again in the caller's string.

    Args:
        reading: The text as it was read.
        doc: Its document.
        unit: What the answer's offsets count.
    """

    def __init__(self, reading: Reading, doc: Doc, unit: OffsetUnit) -> None:
        self.reading = reading
        self.doc = doc
        self.offset = offset_converter(reading.source, unit)

    def span(self, chars: Chars) -> Span:
        """A stretch of code points of the reading text."""
        return self._span(self.reading.to_source(*chars))

    def spans(self, chars: Chars) -> list[Span]:
        """The same in parts, where lines stand in it that are no part of the article."""
        return [self._span(part) for part in self.reading.to_sources(*chars)]

    def _span(self, source: Chars) -> Span:
        start, end = source
        return Span(start=self.offset(start), end=self.offset(end), text=self.reading.source[start:end])

    def range(self, chars: Chars) -> Range:
        """A stretch of code points of the reading text, without its words."""
        start, end = self.reading.to_source(*chars)
        return Range(start=self.offset(start), end=self.offset(end))

    def words(self, tokens: tuple[int, int]) -> Span:
        """A stretch of tokens."""
        return self.span(self.chars(tokens))

    def cue(self, tokens: tuple[int, int]) -> Cue:
        """A cue and its lemma; a cue of several words (according to) is its own lemma."""
        span = self.words(tokens)
        first, last = tokens
        lemma = self.doc[first].lemma_ if last - first == 1 else span.text.lower()
        return Cue(start=span.start, end=span.end, text=span.text, lemma=lemma or span.text.lower())

    def chars(self, tokens: tuple[int, int]) -> Chars:
        """The code points that a stretch of tokens covers."""
        first, last = tokens
        return self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
