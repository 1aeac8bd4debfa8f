"""Mistakes: what is wrong in an answer, by the stage that causes it.

A quote that is not found has no speaker to judge, and a wrong speaker no role: each quote counts under the first cause that applies to its
speaker, and separately under its kind and its edges.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from quoteapi.evaluation.agreement import is_same_mention, may_be_same_name
from quoteapi.evaluation.gold import GoldArticle
from quoteapi.evaluation.scores import QuoteScore, ReturnedSpan

Cause = Literal["detection", "kind", "mention", "coreference", "name form", "role"]
Fault: TypeAlias = tuple[Cause, str | None, str | None]
CAUSES: tuple[Cause, ...] = get_args(Cause)


class Mistake(Struct, frozen=True):
    """One thing that is wrong.

    Args:
        cause: `detection`: not found, found with other edges, or returned where no quote is annotated; `kind`: speech or not, direct or
            mixed; `mention`: the wrong mention, none, or one where the article does not name a speaker; `coreference`: the right mention
            (he) resolved to the wrong entity or not at all; `name form`: the right entity under another form of its name; `role`: a role
            other than the article's, or one that the article does not give.
        article: The article's id.
        start: First code point of the span, with its edges trimmed.
        end: The code point after it.
        text: The text of the span.
        gold: The annotation.
        given: The answer.
    """

    cause: Cause
    article: str
    start: int
    end: int
    text: str
    gold: str | None
    given: str | None


def mistakes_in(
    article: GoldArticle, spans: Sequence[ReturnedSpan], kept_out: Sequence[ReturnedSpan], scores: Sequence[QuoteScore]
) -> Iterator[Mistake]:
    """What is wrong in the answer to one article: gold quotes in order, then spans that are no gold quote's best match.

    Args:
        article: The gold article.
        spans: The spans returned as speech.
        kept_out: The spans returned as not speech, if they were requested.
        scores: The scores of the article's gold quotes, based on `spans`.
    """
    for score in scores:
        faults = (*_faults_of_span(article.text, spans, kept_out, score), *_faults_of_speaker(article.text, score))
        for cause, gold, given in faults:
            words = article.text[score.start : score.end]
            yield Mistake(cause, article.id, score.start, score.end, words, gold, given)
    covering = {score.covering for score in scores}
    for position, span in enumerate(spans):
        if position not in covering:
            yield Mistake("detection", article.id, span.start, span.end, article.text[span.start : span.end], None, span.quote.kind)


def _faults_of_span(text: str, spans: Sequence[ReturnedSpan], kept_out: Sequence[ReturnedSpan], score: QuoteScore) -> Iterator[Fault]:
    gold = score.gold
    best = None if score.covering is None else spans[score.covering]
    if not score.is_speech:
        if best:
            yield "kind", gold.kind, best.quote.kind
    elif best is None and any(span.start < score.end and score.start < span.end for span in kept_out):
        yield "kind", gold.kind, "other"
    else:
        if not score.exact:
            yield "detection", text[gold.start : gold.end], text[best.start : best.end] if best else None
        if score.returned and score.returned.kind != gold.kind:
            yield "kind", gold.kind, score.returned.kind


def _faults_of_speaker(text: str, score: QuoteScore) -> Iterator[Fault]:
    gold, given = score.gold, score.returned
    if not score.is_speech or given is None:
        return
    name, role = (given.speaker.name, given.speaker.role_text) if given.speaker else (None, None)
    if not gold.speaker:
        if given.speaker:
            yield "mention", None, name
    elif not score.name:
        yield _cause_of_name(text, score, name, gold.speaker), gold.speaker, name
    elif score.returned_role if not score.has_role else not score.role_overlap:
        yield "role", gold.role, role


def _cause_of_name(text: str, score: QuoteScore, name: str | None, speaker: str) -> Cause:
    """Why a name is not the gold's; if both have the same mention and their names share a word, they count as one entity."""
    if score.same_entity:
        return "name form"
    if not _is_gold_mention(text, score):
        return "mention"
    return "name form" if may_be_same_name(name, speaker) else "coreference"


def _is_gold_mention(text: str, score: QuoteScore) -> bool:
    mention = score.returned.mention if score.returned else None
    if mention is None or not score.gold.mention:
        return False
    return is_same_mention(text[mention.start : mention.end], score.gold.mention)
