"""The report finder: the contents that the encoder tags, as quotes of kind `indirect`, or `other` if the article says they were not said.

A content entirely in quotation marks is left to the quotes; one with words outside the marks is given whole, quoted words included.
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
from quoteapi.quotes.kinds import NON_SPEECH_REASONS
from quoteapi.quotes.modality import modality_of
from quoteapi.quotes.reporter_line import with_marks
from quoteapi.quotes.reporting import is_reporting
from quoteapi.reports.adjuncts import adjuncts
from quoteapi.reports.calibration import packaged_certainty
from quoteapi.structs import Kind, Modality

Tokens = tuple[int, int]
WITHHOLDING = frozenset({"decline", "refuse"})
"""Verbs that show that their content, if it is an act of speech, was not said (declined to comment)."""
VERBS = FINITE_TAGS | {"VB", "VBG", "VBN"}


class Report(Struct, frozen=True):
    """A content with the half-open token spans of its source and its cue, None where it has none.

    `probability` is the probability that the source, or its absence, is right.
    """

    quote: FoundQuote
    source: Tokens | None
    cue: Tokens | None
    probability: float


def find_reports(doc: Doc, quotes: Sequence[FoundQuote], encoder: Encoder) -> list[Report]:
    """Returns the reports of an article in reading order; those below the encoder's thresholds are left out."""
    certainty = packaged_certainty()
    marked = marked_stretches(doc.text, quotes)
    found: list[Report] = []
    tagged = (without_addressee(doc, link) for link in tag(doc, quotes, encoder))
    likely = (link for link in tagged if link.content.probability >= (certainty.least if is_clause(doc, link) else certainty.loose))
    sure = [link for link in likely if is_attributed(doc, link) and is_reportable(doc, link)]
    dateline = dateline_end(doc)
    links = [without_beginning(link, dateline) for link in with_beginnings(doc, with_adjuncts(doc, sure))]
    for group in contents(doc, links):
        cleaned = [(span, link) for link in group if (span := clean_span(doc, link.content, marked)) is not None]
        if not cleaned:
            continue
        spans = tuple(span for span, _ in cleaned)
        link = max((link for _, link in cleaned), key=lambda link: link.source_probability)
        modality = modality_of_report(doc, link)
        kind: Kind = "indirect" if modality == "asserted" else "other"
        outer = spans[0][0], spans[-1][1]
        quote = FoundQuote(spans=spans, outer=outer, kind=kind, modality=modality, reason=NON_SPEECH_REASONS.get(modality))
        found.append(Report(quote, tokens_of(link.source), tokens_of(link.cue), certainty.of(link)))
    return found


def is_attributed(doc: Doc, link: Linked) -> bool:
    """Whether a content has a cue in a sentence in which it begins or ends, or else a source."""
    if link.cue is None:
        return link.source is not None
    first, second = sorted([(link.content.start, link.content.end), (link.cue.start, link.cue.end)])
    return not any(token.is_sent_start for token in doc[first[1] : second[0] + 1])


def is_clause(doc: Doc, link: Linked) -> bool:
    """Whether a content has a finite verb and is attributed by a reporting verb or by words without a verb (according to)."""
    if link.cue is None or not any(token.tag_ in FINITE_TAGS for token in doc[link.content.start : link.content.end]):
        return False
    verbs = [token for token in doc[link.cue.start : link.cue.end] if token.pos_ == "VERB" and token.lower_ != "according"]
    return not verbs or any(is_reporting(verb) for verb in verbs)


def without_addressee(doc: Doc, link: Linked) -> Linked:
    """Removes the addressee of the cue's verb from the start of the content ([staff] the timetable had been too ambitious)."""
    content, cue = link.content, link.cue
    if cue is None or cue.end != content.start:
        return link
    objects = (child for verb in doc[cue.start : cue.end] for child in verb.children if child.dep_ in {"iobj", "obj"})
    ends = [
        child.right_edge.i + 1 for child in objects if child.left_edge.i == content.start and verb_of(child) in entries("addressing_verbs")
    ]
    return without_beginning(link, ends[0]) if ends and any(token.tag_ in FINITE_TAGS for token in doc[ends[0] : content.end]) else link


def verb_of(token: Token) -> str:
    """Returns the lemma of a token's head."""
    return token.head.lemma_.lower()


def is_reportable(doc: Doc, link: Linked) -> bool:
    """Whether a content is something that its source can say.

    A sign or a clock displays words; plans, rules and sizes are standards; a name, a prayer or a goodbye reports nothing.
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


def without_beginning(link: Linked, start: int) -> Linked:
    """Removes the tokens before `start` from the content of a link."""
    content = link.content
    return replace(link, content=replace(content, start=start)) if content.start < start < content.end else link


def modality_of_report(doc: Doc, link: Linked) -> Modality:
    """Returns the modality of a content: that of the verb that attributes it, or `denied` if nothing was said (declined to comment)."""
    verb = next((token for token in doc[link.cue.start : link.cue.end] if token.pos_ == "VERB"), None) if link.cue is not None else None
    if verb is None or verb.lower_ == "according":
        return "asserted"
    content = doc[link.content.start : link.content.end].root
    withheld = verb.lemma_ in WITHHOLDING and content.lemma_.lower() in entries("reporting_verbs")
    return "denied" if withheld else modality_of(verb)


def with_beginnings(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """Adds the beginnings of contents that their attribution splits (the plan, Roe said, will fail).

    Also extends contents to their subject if the tagger begins them at the verb (according to the police, Roe, a clerk, took the money).
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
    """Extends a content to its subject if that stands between the attribution and the content's finite verb."""
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
    """Returns the part of a sentence before an attribution between commas, if the content after it opens with its verb."""
    content = link.content
    if link.source is None or link.cue is None or doc[content.start].tag_ not in FINITE_TAGS:
        return None
    sentence = doc[content.start].sent
    start, behind = min(link.source.start, link.cue.start), max(link.source.end, link.cue.end)
    between_commas = start - 1 > sentence.start and doc[start - 1].text == "," and behind < len(doc) and doc[behind].text == ","
    return replace(content, start=sentence.start, end=start - 1) if between_commas and content.start == behind + 1 else None


def with_adjuncts(doc: Doc, links: Sequence[Linked]) -> list[Linked]:
    """Adds contents that an adjunct attributes if the tagger finds none there, or only one side of an adjunct in mid-sentence."""
    found = list(links)
    for _, group in groupby(adjuncts(doc), key=lambda link: link.cue):
        parts = list(group)
        near = found[bisect_left(found, parts[0].content.start, key=lambda link: link.content.end) :]
        overlapping = near[: bisect_left(near, parts[-1].content.end, key=lambda link: link.content.start)]
        touched = [link for link in overlapping if any(overlap(link.content, part.content) for part in parts)]
        if not touched or (len(parts) > 1 and all(same_cue(link, parts[0]) for link in touched)):
            found = sorted([*(link for link in found if link not in touched), *parts], key=lambda link: link.content.start)
    return found


def overlap(one: Tagged, other: Tagged) -> bool:
    """Whether two spans share a token."""
    return one.start < other.end and other.start < one.end


def same_cue(link: Linked, other: Linked) -> bool:
    """Whether the same cue attributes both contents."""
    return link.cue is not None and other.cue is not None and overlap(link.cue, other.cue)


def tokens_of(stretch: Tagged | None) -> Tokens | None:
    """Returns the tokens of a tagged span, or None without one."""
    return None if stretch is None else (stretch.start, stretch.end)


def contents(doc: Doc, links: Sequence[Linked]) -> Iterator[list[Linked]]:
    """Yields the contents, grouped if they are parts of one sentence with the same cue."""
    group: list[Linked] = []
    for link in links:
        if group and not continues(doc, group[-1], link):
            yield group
            group = []
        group.append(link)
    if group:
        yield group


def continues(doc: Doc, before: Linked, link: Linked) -> bool:
    """Whether a content continues the one before it, after the words that attribute both."""
    if before.cue is None or before.cue != link.cue:
        return False
    between = doc[before.content.end : link.content.start + 1]
    return not any(token.is_sent_start for token in between)


def marked_stretches(text: str, quotes: Sequence[FoundQuote]) -> list[Chars]:
    """Returns the spans of quotes with their marks, in reading order, except those of nested quotes."""
    return sorted(with_marks(text, span) for quote in quotes if quote.within is None for span in quote.spans)


def clean_span(doc: Doc, content: Tagged, marked: Sequence[Chars]) -> Chars | None:
    """Returns the code points of a content, without punctuation at its edges and without unpaired marks; None if only marks contain it.

    It includes a quote of which it contains more than half, and excludes one of which it contains less.
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
