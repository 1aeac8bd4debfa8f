"""The reporter's line: an article with each quoted span collapsed into one item.

The words that attribute a quote are outside it. On the line, “…,” Roe told reporters reads QUOTE Roe told reporters: neighbours and
distances do not depend on the quote's length, and verbs inside quotes are out of sight.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.findings import Chars, FoundQuote
from quoteapi.text.paragraphs import paragraphs

DASHES = frozenset({"—", "–", "-", "--", "―"})


class Item(Struct, frozen=True):
    """A token outside quotes, or a quoted span; then `token` is its first token and `quote` the index of the quote."""

    token: int
    quote: int | None
    paragraph: int
    sentence: int


class ReporterLine(Struct, frozen=True):
    """The items in reading order, and the positions of tokens and quotes among them.

    Args:
        doc: The article.
        text: Its text, which spaCy would join anew at each access.
        lower: The text in lower case.
        words: For each token of the document, its text in lower case.
        items: The items, without white space.
        place: For each token of the document, its position on the line; for a quoted token, the quote's.
        stretches: For each quote, the positions of its spans; for a nested quote, that of the enclosing one.
        first: For each paragraph, the position of its first item.
    """

    doc: Doc
    text: str
    lower: str
    words: list[str]
    items: list[Item]
    place: list[int]
    stretches: list[list[int]]
    first: list[int]

    def word(self, position: int) -> str:
        """Returns the word at a position: in lower case, `QUOTE` for a quoted span, empty outside the line."""
        if not 0 <= position < len(self.items):
            return ""
        item = self.items[position]
        return "QUOTE" if item.quote is not None else self.words[item.token]

    def paragraph_end(self, position: int) -> int:
        """Returns the position after the last item of the paragraph at `position`."""
        following = self.items[position].paragraph + 1
        return self.first[following] if following < len(self.first) else len(self.items)

    def paragraph_start(self, position: int) -> int:
        """Returns the position of the first item of the paragraph at `position`."""
        return self.first[self.items[position].paragraph]


def reporter_line_of(doc: Doc, quotes: Sequence[FoundQuote]) -> ReporterLine:
    """Builds the reporter's line of an article; nested quotes are part of the quotes that enclose them."""
    text = doc.text
    begins, lengths, spaces, sentence_starts = doc.to_array(["IDX", "LENGTH", "IS_SPACE", "SENT_START"]).T.tolist()
    folded = folded_tokens(begins, lengths, text, quotes)
    starts = [start for start, _ in paragraphs(text)]
    items: list[Item] = []
    place: list[int] = []
    stretches: list[list[int]] = [[] for _ in quotes]
    first: list[int] = []
    sentence = 0
    last: tuple[int, int] | None = None
    for i, begin in enumerate(begins):
        span = folded.get(i)
        if spaces[i] or (span is not None and span == last):
            place.append(max(0, len(items) - 1))
            continue
        paragraph = max(0, bisect_right(starts, begin) - 1)
        while len(first) <= paragraph:
            first.append(len(items))
        sentence += sentence_starts[i] == 1
        last = span
        if span is not None:
            stretches[span[0]].append(len(items))
        place.append(len(items))
        items.append(Item(i, None if span is None else span[0], paragraph, sentence))
    for quote, places in zip(quotes, stretches, strict=True):
        if not places and len(doc):
            places.append(place[max(0, bisect_right(begins, quote.start) - 1)])
    return ReporterLine(doc, text, text.lower(), [token.lower_ for token in doc], items, place, stretches, first)


def folded_tokens(starts: Sequence[int], lengths: Sequence[int], text: str, quotes: Sequence[FoundQuote]) -> dict[int, tuple[int, int]]:
    """Maps each token of a top-level quote, marks included, to the index of the quote and the index of the span."""
    folded: dict[int, tuple[int, int]] = {}
    for number, quote in enumerate(quotes):
        if quote.within is not None:
            continue
        for part, span in enumerate(quote.spans):
            start, end = with_marks(text, span)
            for i in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
                if starts[i] + lengths[i] > start:
                    folded.setdefault(i, (number, part))
    return folded


def with_marks(text: str, span: Chars) -> Chars:
    """Extends a span by up to two characters on each side that may be its marks."""
    start, end = span
    while start > 0 and span[0] - start < len("''") and not (text[start - 1].isalnum() or text[start - 1].isspace()):
        start -= 1
    while end < len(text) and end - span[1] < len("''") and text[end] in "\"'”’»›`“‘":
        end += 1
    return start, end
