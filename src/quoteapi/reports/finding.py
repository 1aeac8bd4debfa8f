"""Finding reports: the contents that the encoder tags, as quotes of kind `indirect`.

What marks hold alone is left to the quotes; a content that has words outside marks is given whole, its marked words, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.encoder import Encoder, Linked, Tagged, tag
from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.line import with_marks
from quoteapi.reports.adjuncts import adjuncts
from quoteapi.reports.certainty import packaged_certainty

Tokens = tuple[int, int]


class Report(Struct, frozen=True):
    """A content with the tokens of its source and its cue, half-open, None where it has none.

    `probability` is that of the source, or of its absence, being right.
    """

    quote: FoundQuote
    source: Tokens | None
    cue: Tokens | None
    probability: float


def find_reports(doc: Doc, quotes: Sequence[FoundQuote], encoder: Encoder) -> list[Report]:
    """The reports of an article in reading order; those that the encoder is not sure of are left out."""
    certainty = packaged_certainty()
    marked = marked_stretches(doc.text, quotes)
    found: list[Report] = []
    sure = [link for link in tag(doc, quotes, encoder) if link.content.probability >= certainty.least and is_handed_over(doc, link)]
    for group in contents(doc, with_adjuncts(doc, sure)):
        told = [(span, link) for link in group if (span := mended(doc, link.content, marked)) is not None]
        if not told:
            continue
        spans = tuple(span for span, _ in told)
        link = max((link for _, link in told), key=lambda link: link.source_probability)
        quote = FoundQuote(spans=spans, outer=(spans[0][0], spans[-1][1]), kind="indirect")
        found.append(Report(quote, tokens_of(link.source), tokens_of(link.cue), certainty.of(link)))
    return found


def is_handed_over(doc: Doc, link: Linked) -> bool:
    """Whether a content has a source or a cue, the cue in a sentence that the content begins or ends in."""
    if link.cue is None:
        return link.source is not None
    first, second = sorted([(link.content.start, link.content.end), (link.cue.start, link.cue.end)])
    return not any(token.is_sent_start for token in doc[first[1] : second[0] + 1])


def with_adjuncts(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """The contents, and those that an adjunct hands over where the tagger has found none in the sentence."""
    begins = [link.content.start for link in links]

    def is_free(content: Tagged) -> bool:
        before = bisect_left(begins, content.end)
        return not before or links[before - 1].content.end <= content.start

    return sorted([*links, *(link for link in adjuncts(doc) if is_free(link.content))], key=lambda link: link.content.start)


def tokens_of(stretch: Tagged | None) -> Tokens | None:
    """The tokens of a stretch, where there is one."""
    return None if stretch is None else (stretch.start, stretch.end)


def contents(doc: Doc, links: Sequence[Linked]) -> Iterator[list[Linked]]:
    """The stretches of content, those of one sentence that one cue hands over together."""
    group: list[Linked] = []
    for link in links:
        if group and not continues(doc, group[-1], link):
            yield group
            group = []
        group.append(link)
    if group:
        yield group


def continues(doc: Doc, before: Linked, link: Linked) -> bool:
    """Whether a stretch of content is the rest of the one before it, behind the words that hand both over."""
    if before.cue is None or before.cue != link.cue:
        return False
    between = doc[before.content.end : link.content.start + 1]
    return not any(token.is_sent_start for token in between)


def marked_stretches(text: str, quotes: Sequence[FoundQuote]) -> list[Chars]:
    """The stretches of quotes with their marks, in reading order; those inside others are left to them."""
    return sorted(with_marks(text, span) for quote in quotes if quote.within is None for span in quote.spans)


def mended(doc: Doc, content: Tagged, marked: Sequence[Chars]) -> Chars | None:
    """The code points of a content, with no punctuation at its edges and no mark without its other one; None where only marks hold it.

    A quote that it holds the greater part of belongs to it, one that it holds less of does not.
    """
    words = [(token.idx, token.idx + len(token)) for token in doc[content.start : content.end] if is_word(token.text)]
    if not words:
        return None
    start, end = words[0][0], words[-1][1]
    first = bisect_right(marked, start, key=lambda stretch: stretch[1])
    inside = marked[first : bisect_left(marked, end, key=lambda stretch: stretch[0])]
    for a, b in inside:
        most = 2 * (min(b, end) - max(a, start)) > b - a
        if a < start:
            start = a if most else b
        if end < b:
            end = b if most else a
    edges = [start, *(place for stretch in inside for place in stretch), end]
    outside = list(pairwise(edges))[::2]
    own = [word for word in words if any(a <= word[0] and word[1] <= b for a, b in outside)]
    if not own:
        return None
    kept = [*own, *(stretch for stretch in inside if start <= stretch[0] and stretch[1] <= end)]
    return min(a for a, _ in kept), max(b for _, b in kept)


def is_word(text: str) -> bool:
    """Whether a token is more than punctuation."""
    return any(character.isalnum() for character in text)
