"""Streams: the orders in which the words of a source can be read, and the quotes of a draft as words to search for.

A source is read from beginning to end, and again as only what stands between quotation marks, to find a quote that continues after the
reporter's words interrupt it (“It will,” she said, “take years”). Words in square brackets are left out of both: they are an editor's or a
transcriber's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from spacy.lang.en.stop_words import STOP_WORDS

from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import entries
from quoteapi.quotes import find_quotes
from quoteapi.quotes.turns import with_turns
from quoteapi.structs import Quote
from quoteapi.text import Reading, read
from quoteapi.verification.sources import Document
from quoteapi.verification.tokens import Tokens, bracketed, has_ellipsis, tokens_of, within_any

_INTERRUPTION = 40
"""Maximum number of the reporter's words between two quotes that are read as one stream."""
_FUNCTION_WORD = 0.25
"""Weight of a function word; other words have weight 1."""


class Words(Struct, frozen=True):
    """A document as words.

    Args:
        document: The document.
        reading: Its text, normalized for reading.
        tokens: The tokens of the reading text.
        in_brackets: For each token whether it stands in square brackets.
        names: Keys of words that have a capital inside a sentence.
        is_shouted: Whether the whole text is in capitals, so that capitals mean nothing.
    """

    document: Document
    reading: Reading
    tokens: Tokens
    in_brackets: list[bool]
    names: frozenset[str]
    is_shouted: bool

    def chars(self, first: int, last: int) -> Chars:
        """Returns the span of the document's text from the first token to the last, both included."""
        return self.reading.to_source(self.tokens.starts[first], self.tokens.ends[last])


class Stream(Struct, frozen=True):
    """Tokens of a source in an order in which they can be read.

    Args:
        source: Index of the source.
        tokens: Indices of the tokens, ascending.
        ids: For each token the number of its key in the vocabulary of the quotes; -1 if it has none.
    """

    source: int
    tokens: list[int]
    ids: list[int]


class Wanted(Struct, frozen=True):
    """A quote to search for.

    Args:
        tokens: Indices of its tokens in the draft, without those in brackets.
        ids: The number of each token's key.
        weights: How distinctive each token is.
        ellipses: Positions before which the draft marks an omission; a position equal to the length stands for the end.
        brackets: Positions before which the draft has words in brackets.
        joints: Positions at which a span begins, except the first.
        sentences: Positions at which a sentence begins.
        spans: For each span its span in the draft's reading text.
    """

    tokens: list[int]
    ids: list[int]
    weights: list[float]
    ellipses: frozenset[int]
    brackets: frozenset[int]
    joints: frozenset[int]
    sentences: frozenset[int]
    spans: list[Chars]


class Searched(Struct, frozen=True):
    """The sources in the form in which they are searched.

    Args:
        sources: Their words.
        streams: All streams of all of them.
        turns: For each source the spans of its reading text that are turns of a transcript, in reading order.
    """

    sources: Sequence[Words]
    streams: Sequence[Stream]
    turns: Sequence[Sequence[Chars]]


def words_of(document: Document, is_word: Callable[[str], bool]) -> Words:
    """Splits a document into words, in linear time.

    Args:
        document: The document.
        is_word: Whether a lower-case word is known, for words hyphenated at the end of a line.
    """
    reading = read(document.text, is_word=is_word)
    tokens = tokens_of(reading.text)
    names = (token for token in range(len(tokens)) if tokens.text[tokens.starts[token]].isupper() and not tokens.opens_sentence(token))
    return Words(
        document,
        reading,
        tokens,
        within_any(bracketed(reading.text), tokens),
        frozenset(tokens.keys[token] for token in names),
        reading.text.isupper(),
    )


def wanted_of(quote: Quote, draft: Words, vocabulary: dict[str, int]) -> Wanted:
    """Returns a quote of the draft as words; new keys get their numbers in `vocabulary`.

    Args:
        quote: The quote; its offsets count code points of the draft's text.
        draft: The draft.
        vocabulary: Keys and their numbers, of all quotes of a draft.
    """
    spans = [draft.reading.from_source(span.start, span.end) for span in quote.spans]
    inside = [list(_tokens_in(draft.tokens, *span)) for span in spans]
    spoken = [[token for token in tokens if not draft.in_brackets[token]] for tokens in inside]
    if not any(spoken):
        spoken = inside
    tokens = [token for part in spoken for token in part]
    ellipses, brackets, joints = set(), set(), set()
    position = 0
    for span, part in zip(spans, spoken, strict=True):
        if position and part:
            joints.add(position)
        edges = [span[0], *(edge for token in part for edge in (draft.tokens.starts[token], draft.tokens.ends[token])), span[1]]
        for number, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
            gap = draft.tokens.text[start:end]
            if has_ellipsis(gap):
                ellipses.add(position + number)
            if "[" in gap and "]" in gap:
                brackets.add(position + number)
        position += len(part)
    keys = [draft.tokens.keys[token] for token in tokens]
    return Wanted(
        tokens,
        [vocabulary.setdefault(key, len(vocabulary)) for key in keys],
        [weight_of(key) for key in keys],
        frozenset(ellipses),
        frozenset(brackets),
        frozenset(joints),
        frozenset(at for at, token in enumerate(tokens) if draft.tokens.opens_sentence(token)),
        spans,
    )


def weight_of(key: str) -> float:
    """Returns how distinctive a word is."""
    told = key in entries("negations") or key in entries("number_words") or key not in STOP_WORDS
    return 1.0 if told else _FUNCTION_WORD


def searched(sources: Sequence[Words], vocabulary: Mapping[str, int]) -> Searched:
    """Prepares the sources for a search for the keys of a vocabulary."""
    streams = [stream for number, source in enumerate(sources) for stream in streams_of(source, number, vocabulary)]
    return Searched(sources, streams, [turns_of(source) for source in sources])


def streams_of(source: Words, number: int, vocabulary: Mapping[str, int]) -> list[Stream]:
    """Returns the streams of a source: all of its words, then the quoted words that the reporter interrupts."""
    ids = [vocabulary.get(key, -1) for key in source.tokens.keys]
    whole = [token for token, out in enumerate(source.in_brackets) if not out]
    return [Stream(number, order, [ids[token] for token in order]) for order in (whole, *_interrupted(source))]


def turns_of(source: Words) -> list[Chars]:
    """Returns the spans of a transcript's reading text that are turns, without marks, in reading order."""
    turns = [quote for quote in with_turns(source.reading.text, find_quotes(source.reading.text)) if quote.form in {"turn", "dash"}]
    return sorted((quote.start, quote.end) for quote in turns)


def _interrupted(source: Words) -> Iterator[list[int]]:
    """Yields the tokens of quotes that the reporter's words interrupt but do not end."""
    outer = [quote for quote in find_quotes(source.reading.text) if quote.within is None]
    run: list[Chars] = []
    for before, quote in pairwise([None, *outer, None]):
        if run and (quote is None or before is None or not _goes_on(source, before, quote)):
            if len(run) > 1:
                yield [token for span in run for token in _tokens_in(source.tokens, *span) if not source.in_brackets[token]]
            run = []
        if quote is not None:
            run += quote.spans


def _goes_on(source: Words, before: FoundQuote, after: FoundQuote) -> bool:
    """Whether two quotes stand in one paragraph with few words between them."""
    between = source.reading.text[before.end : after.start]
    return "\n" not in between and len(between.split()) <= _INTERRUPTION


def _tokens_in(tokens: Tokens, start: int, end: int) -> Sequence[int]:
    """Returns the tokens inside a span of the text."""
    return range(bisect_left(tokens.starts, start), bisect_right(tokens.ends, end))
