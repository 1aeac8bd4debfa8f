"""Scores: each gold quote with the returned quote that covers it best, and which of its properties are right."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from quoteapi.evaluation.agreement import HALF, is_same_name, may_be_same_entity, role_words, shared_words, trimmed
from quoteapi.evaluation.gold import GoldArticle, GoldQuote, ResultQuote
from quoteapi.structs import Kind

SPEECH: tuple[Kind, ...] = ("direct", "mixed")
"""Kinds of quotes that are speech between quotation marks."""

NON_SPEECH: tuple[Kind, ...] = ("other",)
"""Kinds of quotes that are not speech."""

FOUND = 0.8
"""The share of a gold quote that one span must cover for it to count as found."""

EXACT = 1
"""The tolerance, in characters, within which an edge counts as exact."""


class ReturnedSpan(Struct, frozen=True):
    """A span of a returned quote, with its edges trimmed."""

    start: int
    end: int
    quote: ResultQuote


class QuoteScore(Struct, frozen=True):
    """What is right about one gold quote.

    Args:
        gold: The annotated quote.
        start: Its start, with its edges trimmed.
        end: Its end.
        covering: The index, among the spans returned as speech, of the span that overlaps it most (the first of several); None if none
            does.
        found: That span covers enough of it.
        exact: That span has the same edges.
        returned: The returned quote, if found.
        name: The speaker's name matches the gold's.
        bearer: The speaker's name may refer to the same entity.
        role_exact: The role has the same words as one that the gold accepts.
        role_overlap: The role overlaps by at least half with one that the gold accepts.
    """

    gold: GoldQuote
    start: int
    end: int
    covering: int | None
    found: bool
    exact: bool
    returned: ResultQuote | None
    name: bool
    same_entity: bool
    role_exact: bool
    role_overlap: bool

    @property
    def is_speech(self) -> bool:
        """Whether the gold says that it is speech."""
        return self.gold.kind != "other"

    @property
    def has_role(self) -> bool:
        """Whether the gold gives a role for its speaker."""
        return bool(accepted_roles(self.gold))

    @property
    def returned_role(self) -> list[str]:
        """The words of the role in the answer."""
        return role_words(self.returned.speaker.role_text) if self.returned and self.returned.speaker else []


def returned_spans(text: str, quotes: Sequence[ResultQuote], *, kinds: Collection[Kind] = SPEECH) -> list[ReturnedSpan]:
    """The spans of an answer's quotes of these kinds, in order."""
    return [ReturnedSpan(*trimmed(text, span.start, span.end), quote) for quote in quotes if quote.kind in kinds for span in quote.spans]


def score_quotes(article: GoldArticle, spans: Sequence[ReturnedSpan]) -> Iterator[QuoteScore]:
    """The score of every gold quote that contains a word, in the gold's order."""
    for gold in article.quotes:
        start, end = trimmed(article.text, gold.start, gold.end)
        if start < end:
            yield _score(gold, start, end, spans)


def accepted_roles(gold: GoldQuote) -> list[list[str]]:
    """The words of every role that counts as right."""
    return [role_words(role) for role in (gold.role, *gold.role_variants) if role]


def _score(gold: GoldQuote, start: int, end: int, spans: Sequence[ReturnedSpan]) -> QuoteScore:
    overlaps = [min(end, span.end) - max(start, span.start) for span in spans]
    overlap = max(overlaps, default=0)
    covering = overlaps.index(overlap) if overlap > 0 else None
    best = None if covering is None else spans[covering]
    returned = best.quote if best and overlap >= FOUND * (end - start) else None
    speaker = returned.speaker if returned else None
    name = speaker.name if speaker else None
    role = role_words(speaker.role_text) if speaker else []
    accepted = accepted_roles(gold)
    return QuoteScore(
        gold=gold,
        start=start,
        end=end,
        covering=covering,
        found=returned is not None,
        exact=best is not None and abs(best.start - start) <= EXACT and abs(best.end - end) <= EXACT,
        returned=returned,
        name=gold.speaker is not None and is_same_name(name, gold.speaker, speaker_type=gold.speaker_type),
        same_entity=gold.speaker is not None and may_be_same_entity(name, gold.speaker, speaker_type=gold.speaker_type),
        role_exact=role in accepted,
        role_overlap=any(shared_words(role, one) >= HALF for one in accepted),
    )
