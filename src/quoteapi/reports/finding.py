"""Finding reports: the contents that the encoder tags, as quotes of kind `indirect`.

What marks hold alone is left to the quotes; a content that has words outside marks is given whole, its marked words, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.encoder import Encoder, Linked, Tagged, tag
from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import meanings
from quoteapi.mentions.datelines import dateline_end
from quoteapi.quotes.line import with_marks
from quoteapi.reports.adjuncts import adjuncts
from quoteapi.reports.certainty import packaged_certainty

Tokens = tuple[int, int]
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
"""Tags of a finite verb."""


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
    tagged = (link for link in tag(doc, quotes, encoder) if link.content.probability >= certainty.least)
    sure = [link for link in tagged if is_handed_over(doc, link) and not is_shown(doc, link)]
    dateline = dateline_end(doc)
    links = [since(link, dateline) for link in with_beginnings(doc, with_adjuncts(doc, sure))]
    for group in contents(doc, links):
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


def is_shown(doc: Doc, link: Linked) -> bool:
    """Whether a content's source is a thing that shows words (a sign, a clock), which nobody says."""
    if link.source is None:
        return False
    return doc[link.source.start : link.source.end].root.lemma_.lower() in meanings("displays")


def since(link: Linked, start: int) -> Linked:
    """The same link, its content without the tokens before `start`."""
    content = link.content
    return replace(link, content=replace(content, start=start)) if content.start < start < content.end else link


def with_beginnings(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """The contents, and the beginnings of those that go on behind their attribution (the plan, Roe said, will fail)."""
    found: list[Linked] = []
    for link in links:
        beginning = beginning_of(doc, link)
        if beginning is not None and (not found or found[-1].content.end <= beginning.start):
            found.append(replace(link, content=beginning))
        found.append(link)
    return found


def beginning_of(doc: Doc, link: Linked) -> Tagged | None:
    """What stands in a sentence before an attribution between commas, where the content behind it opens with its verb."""
    content = link.content
    if link.source is None or link.cue is None or doc[content.start].tag_ not in FINITE:
        return None
    sentence = doc[content.start].sent
    start, behind = min(link.source.start, link.cue.start), max(link.source.end, link.cue.end)
    apart = start - 1 > sentence.start and doc[start - 1].text == "," and behind < len(doc) and doc[behind].text == ","
    return replace(content, start=sentence.start, end=start - 1) if apart and content.start == behind + 1 else None


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
