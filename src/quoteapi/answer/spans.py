"""Spans of the answer: spans of the reading text converted to the caller's string and unit."""

from spacy.tokens import Doc

from quoteapi.findings import Chars
from quoteapi.structs import Cue, OffsetUnit, Range, Span
from quoteapi.text import Reading, offset_converter


class Locator:
    """Converts spans of the reading text to spans of the caller's string.

    Args:
        reading: The text as it was read.
        doc: Its document.
        unit: The unit of the answer's offsets.
    """

    def __init__(self, reading: Reading, doc: Doc, unit: OffsetUnit) -> None:
        self.reading = reading
        self.doc = doc
        self.offset = offset_converter(reading.source, unit)

    def span(self, chars: Chars) -> Span:
        """Converts a span in code points of the reading text."""
        return self._span(self.reading.to_source(*chars))

    def spans(self, chars: Chars) -> list[Span]:
        """Like `span`, but split where lines that are not part of the article interrupt it."""
        return [self._span(part) for part in self.reading.to_sources(*chars)]

    def _span(self, source: Chars) -> Span:
        start, end = source
        return Span(start=self.offset(start), end=self.offset(end), text=self.reading.source[start:end])

    def range(self, chars: Chars) -> Range:
        """Converts a span in code points of the reading text, without its words."""
        start, end = self.reading.to_source(*chars)
        return Range(start=self.offset(start), end=self.offset(end))

    def words(self, tokens: tuple[int, int]) -> Span:
        """Converts a span of tokens."""
        return self.span(self.chars(tokens))

    def cue(self, tokens: tuple[int, int]) -> Cue:
        """Converts a cue and adds its lemma; a cue of several words (according to) is its own lemma."""
        span = self.words(tokens)
        first, last = tokens
        lemma = self.doc[first].lemma_ if last - first == 1 else span.text.lower()
        return Cue(start=span.start, end=span.end, text=span.text, lemma=lemma or span.text.lower())

    def chars(self, tokens: tuple[int, int]) -> Chars:
        """Returns the code points that a span of tokens covers."""
        first, last = tokens
        return self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
