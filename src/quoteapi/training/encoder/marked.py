"""Marked articles as cases of the upper storey: who said each quote, what kind it is, whom pronouns and descriptions stand for."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np
from spacy.tokens import Doc, Span

from quoteapi.encoder.grammar import encoded_on
from quoteapi.encoder.kinds import KINDS, SPEECH
from quoteapi.encoder.session import Encoder
from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import entries
from quoteapi.text import read
from quoteapi.training.encoder.antecedents import Referring, Story, refers, right_places
from quoteapi.training.encoder.cases import Pointer, UpperCase, pieces_of
from quoteapi.training.encoder.sources import Asked, asked_case, core
from quoteapi.training.marked import MarkedArticle, MarkedEntity, MarkedQuote

COVERED = 0.8
"""The share of a marked stretch that a quote covers where both are the same, as the benchmark of marked articles asks."""
REASONS = {"heading": "headline", "other": "unclear"}
"""The annotators' words for reasons that the answer calls otherwise."""


def marked_cases(articles: Sequence[MarkedArticle], make_doc: Callable[[str], Doc], encoder: Encoder) -> Iterator[UpperCase]:
    """The articles that hold a quote, with the states that the finished lower storey gives their pieces."""
    for article in articles:
        reading = read(article.text)
        doc = make_doc(reading.text)

        def place(chars: Chars, forth: Callable[[int, int], Chars] = reading.from_source, doc: Doc = doc) -> Span | None:
            start, end = forth(*chars)
            return doc.char_span(start, end, alignment_mode="expand") if start < end else None

        case = marked_case(article, doc, place, encoder)
        if case.windows:
            states = encoded_on(doc, encoder).states
            yield msgspec.structs.replace(case, states=states.astype(np.float16))


def marked_case(article: MarkedArticle, doc: Doc, place: Callable[[Chars], Span | None], encoder: Encoder) -> UpperCase:
    """An article; `place` finds the tokens of a stretch of its text."""
    mentions = referring(article, place)
    carries: dict[str, set[int]] = {}
    for mention in mentions:
        carries.setdefault(mention.entity, set()).update(mention.core)
    marked = [(quote, span) for quote in article.quotes if (span := place((quote.start, quote.end))) is not None]

    def tell(quote: FoundQuote) -> Asked:
        found = matching(quote, marked)
        if found is None or found.kind == "bad":
            return Asked(None, ())
        if found.kind == "other":
            reason = REASONS.get(found.reason or "other", found.reason)
            return Asked(None, (KINDS.index(reason),) if reason in KINDS else ())
        beside = None if found.mention is None else place(found.mention)
        source = frozenset(token for key in found.speakers for token in carries.get(key, ()))
        if beside is not None:
            source = source & frozenset(range(beside.start, beside.end)) or frozenset(carried_by(beside))
        return Asked(source if source or not found.speakers else None, (SPEECH.index(found.kind),))

    return with_antecedents(asked_case(doc, encoder.cutter, tell), Story(doc, mentions), encoder)


def matching(quote: FoundQuote, marked: Sequence[tuple[MarkedQuote, Span]]) -> MarkedQuote | None:
    """The marked stretch that a quote's first span is."""
    start, end = quote.spans[0]
    for candidate, span in marked:
        first, last = max(start, span.start_char), min(end, span.end_char)
        if last - first >= COVERED * max(end - start, span.end_char - span.start_char):
            return candidate
    return None


def referring(article: MarkedArticle, place: Callable[[Chars], Span | None]) -> list[Referring]:
    """The mentions of all entities, in reading order; a name is carried by all its words, a description by its core."""
    found = []
    for key, entity in article.entities.items():
        names = {entity.name, *entity.aliases}
        for chars in entity.mentions:
            span = place(chars)
            if span is None:
                continue
            named = is_name(entity) and article.text[slice(*chars)] in names
            carried = range(span.start, span.end) if named else carried_by(span)
            found.append(Referring(span.start, span.end, tuple(carried), key))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def carried_by(span: Span) -> range:
    """The tokens that carry a phrase."""
    first, last = core([token.text for token in span])
    return range(span.start + first, span.start + last)


def is_name(entity: MarkedEntity) -> bool:
    """Whether an entity's name is a proper one."""
    return entity.type in {"person", "organization"} or entity.name[:1].isupper()


def with_antecedents(case: UpperCase, story: Story, encoder: Encoder) -> UpperCase:
    """The case with the pronouns and descriptions that stand outside marks, in the window that holds the most before each."""
    pieces = pieces_of(story.doc, encoder.cutter)
    asked = [m for m in story.mentions if refers(m, story.doc) or story.doc[m.core[0]].lower_ in entries("pronouns")]
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
