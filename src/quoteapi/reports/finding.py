"""Finding reports: the contents that the encoder tags, as quotes of kind `indirect`, or `other` where the article says they were not said.

What marks hold alone is left to the quotes; a content that has words outside marks is given whole, its marked words, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc, Token

from quoteapi.constructions.words import FINITE_TAGS
from quoteapi.encoder import Encoder, Linked, Tagged, tag
from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import entries
from quoteapi.mentions.datelines import dateline_end
from quoteapi.quotes.grammar import SUBJECTS
from quoteapi.quotes.kinds import UNSAID
from quoteapi.quotes.line import with_marks
from quoteapi.quotes.modality import modality_of
from quoteapi.quotes.reporting import is_reporting
from quoteapi.reports.adjuncts import adjuncts
from quoteapi.reports.certainty import packaged_certainty
from quoteapi.structs import Kind, Modality

Tokens = tuple[int, int]
WITHHOLDING = frozenset({"decline", "refuse"})
"""Verbs that tell that their content, where it is an act of speech, was none."""
VERBS = FINITE_TAGS | {"VB", "VBG", "VBN"}


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
    tagged = (without_addressee(doc, link) for link in tag(doc, quotes, encoder))
    likely = (link for link in tagged if link.content.probability >= (certainty.least if is_clause(doc, link) else certainty.loose))
    sure = [link for link in likely if is_handed_over(doc, link) and reports(doc, link)]
    dateline = dateline_end(doc)
    links = [since(link, dateline) for link in with_beginnings(doc, with_adjuncts(doc, sure))]
    for group in contents(doc, links):
        told = [(span, link) for link in group if (span := mended(doc, link.content, marked)) is not None]
        if not told:
            continue
        spans = tuple(span for span, _ in told)
        link = max((link for _, link in told), key=lambda link: link.source_probability)
        modality = modality_of_report(doc, link)
        kind: Kind = "indirect" if modality == "asserted" else "other"
        outer = spans[0][0], spans[-1][1]
        quote = FoundQuote(spans=spans, outer=outer, kind=kind, modality=modality, reason=UNSAID.get(modality))
        found.append(Report(quote, tokens_of(link.source), tokens_of(link.cue), certainty.of(link)))
    return found


def is_handed_over(doc: Doc, link: Linked) -> bool:
    """Whether a content has a source or a cue, the cue in a sentence that the content begins or ends in."""
    if link.cue is None:
        return link.source is not None
    first, second = sorted([(link.content.start, link.content.end), (link.cue.start, link.cue.end)])
    return not any(token.is_sent_start for token in doc[first[1] : second[0] + 1])


def is_clause(doc: Doc, link: Linked) -> bool:
    """Whether a content has a finite verb and is handed over by a verb of reporting or by words without a verb (according to)."""
    if link.cue is None or not any(token.tag_ in FINITE_TAGS for token in doc[link.content.start : link.content.end]):
        return False
    verbs = [token for token in doc[link.cue.start : link.cue.end] if token.pos_ == "VERB" and token.lower_ != "according"]
    return not verbs or any(is_reporting(verb) for verb in verbs)


def without_addressee(doc: Doc, link: Linked) -> Linked:
    """The same link, its content without whom the cue's verb speaks to ([staff] the timetable had been too ambitious)."""
    content, cue = link.content, link.cue
    if cue is None or cue.end != content.start:
        return link
    told = (child for verb in doc[cue.start : cue.end] for child in verb.children if child.dep_ in {"iobj", "obj"})
    ends = [
        child.right_edge.i + 1 for child in told if child.left_edge.i == content.start and verb_of(child) in entries("addressing_verbs")
    ]
    return since(link, ends[0]) if ends and any(token.tag_ in FINITE_TAGS for token in doc[ends[0] : content.end]) else link


def verb_of(token: Token) -> str:
    """The lemma of what a token hangs on."""
    return token.head.lemma_.lower()


def reports(doc: Doc, link: Linked) -> bool:
    """Whether a content is something that its source can say.

    A sign or a clock shows words; plans, rules and sizes are what things go by; nobody's name, prayer or goodbye tells anything.
    """
    content, source = doc[link.content.start : link.content.end], link.source
    if source is not None:
        noun = doc[source.start : source.end].root
        cue = [] if link.cue is None else [token.lower_ for token in doc[link.cue.start : link.cue.end]]
        standard = "according" in cue and noun.lemma_.lower() in entries("standards")
        if noun.lemma_.lower() in entries("displays") or standard:
            return False
    said = content.root.lemma_.lower() not in entries("unreported_nouns") | entries("person_nouns")
    return said or any(token.tag_ in VERBS for token in content)


def since(link: Linked, start: int) -> Linked:
    """The same link, its content without the tokens before `start`."""
    content = link.content
    return replace(link, content=replace(content, start=start)) if content.start < start < content.end else link


def modality_of_report(doc: Doc, link: Linked) -> Modality:
    """What the article makes of a content: that of the verb that hands it over, or that it was not said (declined to comment)."""
    verb = next((token for token in doc[link.cue.start : link.cue.end] if token.pos_ == "VERB"), None) if link.cue is not None else None
    if verb is None or verb.lower_ == "according":
        return "asserted"
    told = doc[link.content.start : link.content.end].root
    withheld = verb.lemma_ in WITHHOLDING and told.lemma_.lower() in entries("reporting_verbs")
    return "denied" if withheld else modality_of(verb)


def with_beginnings(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """The contents, and the beginnings and ends of those that their attribution parts (the plan, Roe said, will fail).

    So are the subjects of those that the tagger begins at the verb (according to the police, Roe, a clerk, took the money).
    """
    found: list[Linked] = []
    for link in (since_subject(doc, link) for link in links):
        beginning = beginning_of(doc, link)
        if beginning is not None and (not found or found[-1].content.end <= beginning.start):
            found.append(replace(link, content=beginning))
        found.append(link)
    last = len(found) - 1
    return [link for k, link in enumerate(found) if k == last or not overlap(link.content, found[k + 1].content)]


def since_subject(doc: Doc, link: Linked) -> Linked:
    """The same link, its content from its subject on, where that stands between the attribution and the content's finite verb."""
    content = link.content
    verb = doc[content.start : content.end].root
    subject = next((child for child in reversed(list(verb.lefts)) if child.dep_ in SUBJECTS), None)
    behind = max((part.end for part in (link.source, link.cue) if part is not None and part.end <= content.start), default=None)
    if subject is None or behind is None or doc[content.start].tag_ not in FINITE_TAGS or subject.i >= content.start:
        return link
    start = next((token.i for token in subject.subtree if not token.is_punct), subject.i)
    alone = start >= behind and doc[start - 1].text == "," and not any(token.is_sent_start for token in doc[start : content.start])
    return replace(link, content=replace(content, start=start)) if alone else link


def beginning_of(doc: Doc, link: Linked) -> Tagged | None:
    """What stands in a sentence before an attribution between commas, where the content behind it opens with its verb."""
    content = link.content
    if link.source is None or link.cue is None or doc[content.start].tag_ not in FINITE_TAGS:
        return None
    sentence = doc[content.start].sent
    start, behind = min(link.source.start, link.cue.start), max(link.source.end, link.cue.end)
    apart = start - 1 > sentence.start and doc[start - 1].text == "," and behind < len(doc) and doc[behind].text == ","
    return replace(content, start=sentence.start, end=start - 1) if apart and content.start == behind + 1 else None


def with_adjuncts(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """The contents, and those that an adjunct hands over where the tagger has found none, or only one side of an adjunct in the middle."""
    found = list(links)
    for _, group in groupby(adjuncts(doc), key=lambda link: link.cue):
        parts = list(group)
        near = found[bisect_left(found, parts[0].content.start, key=lambda link: link.content.end) :]
        beside = near[: bisect_left(near, parts[-1].content.end, key=lambda link: link.content.start)]
        touched = [link for link in beside if any(overlap(link.content, part.content) for part in parts)]
        if not touched or (len(parts) > 1 and all(same_cue(link, parts[0]) for link in touched)):
            found = sorted([*(link for link in found if link not in touched), *parts], key=lambda link: link.content.start)
    return found


def overlap(one: Tagged, other: Tagged) -> bool:
    """Whether two stretches share a token."""
    return one.start < other.end and other.start < one.end


def same_cue(link: Linked, other: Linked) -> bool:
    """Whether one cue hands both over."""
    return link.cue is not None and other.cue is not None and overlap(link.cue, other.cue)


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
