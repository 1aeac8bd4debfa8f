"""Annotated articles as cases of the upper layers: the source and kind of each quote, and the antecedents of pronouns and descriptions."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import numpy as np
from msgspec import Struct
from spacy.tokens import Doc, Span

from quoteapi.encoder.kinds import KINDS, SPEECH
from quoteapi.encoder.quote_pieces import REPORTED
from quoteapi.encoder.session import Encoder
from quoteapi.encoder.tags import DESCRIPTIONS, NAMES, ROLES, STATUSES
from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import entries
from quoteapi.text import read
from quoteapi.training.encoder.antecedents import Referring, Story, right_places
from quoteapi.training.encoder.cases import UNLABELLED, Pointer, RoleCase, UpperCase, pieces_of
from quoteapi.training.encoder.sources import QuoteLabels, core, labelled_case
from quoteapi.training.marked import MarkedArticle, MarkedEntity, MarkedQuote, MarkedRole

COVERED = 0.8
"""Minimum overlap of an annotated span and a quote for the two to count as the same, as in the benchmark of annotated articles."""
REASONS = {"heading": "headline", "other": "unclear"}
"""The annotators' names for reasons that the answer calls otherwise."""

LABELS = {"person": "PERSON", "organization": "ORG"}


def marked_cases(articles: Sequence[MarkedArticle], make_doc: Callable[[str], Doc], encoder: Encoder) -> Iterator[UpperCase]:
    """The cases of the articles that have a quote."""
    for article in articles:
        reading = read(article.text)
        doc = make_doc(reading.text)

        def place(chars: Chars, forth: Callable[[int, int], Chars] = reading.from_source, doc: Doc = doc) -> Span | None:
            start, end = forth(*chars)
            return doc.char_span(start, end, alignment_mode="expand") if start < end else None

        case = marked_case(article, doc, place, encoder)
        if case.windows:
            yield case


def marked_case(article: MarkedArticle, doc: Doc, place: Callable[[Chars], Span | None], encoder: Encoder) -> UpperCase:
    """The case of an article; `place` finds the tokens of a span of its text."""
    mentions = referring(article, place)
    carries: dict[str, set[int]] = {}
    for mention in mentions:
        carries.setdefault(mention.entity, set()).update(mention.core)
    marked = [(quote, span) for quote in article.quotes if (span := place((quote.start, quote.end))) is not None]

    def labels_of(quote: FoundQuote) -> QuoteLabels:
        found = matching(quote, marked)
        if found is None or found.kind == "bad":
            return QuoteLabels(None, ())
        if found.kind == "other":
            reason = REASONS.get(found.reason or "other", found.reason)
            return QuoteLabels(None, (KINDS.index(reason),) if reason in KINDS else ())
        beside = None if found.mention is None else place(found.mention)
        source = frozenset(token for key in found.speakers for token in carries.get(key, ()))
        if beside is not None:
            source = source & frozenset(range(beside.start, beside.end)) or frozenset(carried_by(beside))
        return QuoteLabels(source if source or not found.speakers else None, (SPEECH.index(found.kind),))

    case = with_antecedents(labelled_case(doc, encoder.cutter, labels_of), Story(doc, mentions), encoder)
    return with_descriptions(case, DescribedArticle(article, doc, mentions, place), encoder)


class DescribedArticle(Struct, frozen=True):
    """An article with its mentions; `place` finds the tokens of a span of its text."""

    article: MarkedArticle
    doc: Doc
    mentions: list[Referring]
    place: Callable[[Chars], Span | None]

    def describes(self, mention: Referring) -> bool:
        """Whether a mention is neither a name nor a pronoun."""
        return not mention.named and self.doc[mention.start].lower_ not in entries("pronouns")

    def names(self) -> list[tuple[int, int, str]]:
        """The tokens of the names of persons and organizations, the longest first."""
        kinds = {key: LABELS.get(entity.type) for key, entity in self.article.entities.items()}
        found = [(m.start, m.end, label) for m in self.mentions if m.named and (label := kinds[m.entity]) is not None]
        return sorted(found, key=lambda name: name[0] - name[1])

    def roles(self) -> list[tuple[int, int, str, MarkedRole]]:
        """The tokens of all roles, their holders, and their annotations, the longest first."""
        found = [
            (span.start, span.end, key, role)
            for key, entity in self.article.entities.items()
            for role in entity.roles
            if (span := self.place((role.start, role.end))) is not None
        ]
        return sorted(found, key=lambda role: role[0] - role[1])


def with_descriptions(case: UpperCase, described: DescribedArticle, encoder: Encoder) -> UpperCase:
    """The case with its names, and with its roles and descriptions outside quotation marks."""
    pieces = pieces_of(described.doc, encoder.cutter)
    names = tagged(len(described.doc), [(start, end, NAMES.index(f"B-{label}")) for start, end, label in described.names()])
    held_roles = described.roles()
    roles = tagged(len(described.doc), [(start, end, ROLES.index("B-ROLE")) for start, end, _, _ in held_roles])
    carried = np.zeros(len(described.doc), dtype=np.int64)
    for mention in described.mentions:
        if described.describes(mention):
            carried[mention.core[-1]] = DESCRIPTIONS.index(described.article.entities[mention.entity].type)
    firsts = np.isin(np.arange(len(pieces.ids)), pieces.firsts)
    rows = np.where(firsts, np.stack([names, roles, carried])[:, pieces.tokens], UNLABELLED)
    windows = []
    for window in case.windows:
        tags = rows[:, window.pieces].copy()
        tags[1:, window.marked != REPORTED] = UNLABELLED
        place = {int(piece): i for i, piece in enumerate(window.pieces)}
        held = []
        for start, end, key, role in held_roles:
            ends = place.get(int(pieces.firsts[start])), place.get(int(pieces.firsts[end - 1]))
            if ends[0] is None or ends[1] is None or roles[start] != ROLES.index("B-ROLE"):
                continue
            own = [m for m in described.mentions if m.entity == key]
            apart = [m for m in own if m.end <= start or m.start >= end] or own
            carries = np.flatnonzero(np.isin(pieces.tokens[window.pieces], [token for m in apart for token in m.core]))
            if len(carries):
                status = STATUSES.index(role.status) if role.status in STATUSES else 0
                held.append(RoleCase((ends[0], ends[1]), carries, role.best, status))
        windows.append(msgspec.structs.replace(window, tags=tags, roles=held))
    return msgspec.structs.replace(case, windows=windows)


def tagged(total: int, stretches: Iterable[tuple[int, int, int]]) -> np.ndarray:
    """A tag for each of `total` tokens; a span is tagged unless an earlier one overlaps it."""
    found = np.zeros(total, dtype=np.int64)
    for start, end, begins in stretches:
        if not found[start:end].any():
            found[start:end] = begins + 1
            found[start] = begins
    return found


def matching(quote: FoundQuote, marked: Sequence[tuple[MarkedQuote, Span]]) -> MarkedQuote | None:
    """The annotated quote that matches a quote's first span."""
    start, end = quote.spans[0]
    for candidate, span in marked:
        first, last = max(start, span.start_char), min(end, span.end_char)
        if last - first >= COVERED * max(end - start, span.end_char - span.start_char):
            return candidate
    return None


def referring(article: MarkedArticle, place: Callable[[Chars], Span | None]) -> list[Referring]:
    """The mentions of all entities, in reading order; a name's core is all its words, a description's the words that identify it."""
    found = []
    for key, entity in article.entities.items():
        names = {entity.name, *entity.aliases}
        for chars in entity.mentions:
            span = place(chars)
            if span is None:
                continue
            named = is_name(entity) and article.text[slice(*chars)] in names
            carried = range(span.start, span.end) if named else carried_by(span)
            found.append(Referring(span.start, span.end, tuple(carried), key, named))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def carried_by(span: Span) -> range:
    """The core tokens of a phrase."""
    first, last = core([token.text for token in span])
    return range(span.start + first, span.start + last)


def is_name(entity: MarkedEntity) -> bool:
    """Whether an entity's name is a proper name."""
    return entity.type in {"person", "organization"} or entity.name[:1].isupper()


def with_antecedents(case: UpperCase, story: Story, encoder: Encoder) -> UpperCase:
    """The case with the pronouns and descriptions of entities, each in the window with the most context before it."""
    pieces = pieces_of(story.doc, encoder.cutter)
    asked = [m for m in story.mentions if not m.named]
    windows, seen = [], set[int]()
    for window in reversed(case.windows):
        places: dict[int, list[int]] = {}
        for at, token in enumerate(pieces.tokens[window.pieces].tolist()):
            places.setdefault(token, []).append(at)
        own = [m for m in asked if m.core[0] in places and m.core[0] not in seen]
        seen.update(m.core[0] for m in own)
        pointers = [Pointer((places[m.core[0]][0],), right_places(m, story, places)) for m in own]
        windows.append(msgspec.structs.replace(window, mentions=pointers))
    return msgspec.structs.replace(case, windows=windows[::-1])
