"""Shortening: turns an answer or a verification into a brief result with the part that a call asks for."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from msgspec import UNSET

from quoteapi.mcp.calls import Call
from quoteapi.mcp.results import BriefChange, BriefCheck, BriefQuote, Candidate, Check, DraftWords, Extraction, Mentioned, Place
from quoteapi.structs import Answer, Quote, Range, Speaker
from quoteapi.verification_structs import Change, Passage, SpeakerCheck, Verification, VerifiedQuote

LONGEST = 160
"""Maximum length of a text, in characters; its offsets lead to the whole."""
MAX_CHANGES = 8
"""Maximum number of changes, and of places, of a quote."""
MAX_MENTIONED = 40
DIGITS = 3
"""Decimal digits of a probability."""
GAP = " […] "

_Item = TypeVar("_Item")


def brief_answer(answer: Answer, call: Call) -> Extraction:
    """Returns the part of an answer that a call asks for."""
    mentioned = [] if answer.mentioned is UNSET else answer.mentioned
    return Extraction(
        offset_unit=answer.offset_unit,
        total=len(answer.quotes),
        quotes=[_brief_quote(quote) for quote in _part(answer.quotes, call)],
        next_quote=_next_quote(answer.quotes, call),
        mentioned=[_brief_speaker(speaker) for speaker in mentioned[:MAX_MENTIONED]],
        id=answer.id,
    )


def brief_verification(verification: Verification, call: Call) -> Check:
    """Returns the part of a verification that a call asks for; the counts are of the whole draft."""
    return Check(
        offset_unit=verification.offset_unit,
        total=len(verification.quotes),
        statuses=dict(Counter(quote.status for quote in verification.quotes)),
        other_speakers=sum(quote.speaker.status == "different" for quote in verification.quotes),
        quotes=[_brief_check(quote) for quote in _part(verification.quotes, call)],
        next_quote=_next_quote(verification.quotes, call),
    )


def shortened_middle(text: str) -> str:
    """Puts a text on one line, and replaces its middle if it is long."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    tail = (LONGEST - len(GAP)) // 3
    head = LONGEST - len(GAP) - tail
    return f"{words[:head].rstrip()}{GAP}{words[-tail:].lstrip()}"


def _if_any(text: str | None) -> str | None:
    return None if text is None else shortened_middle(text)


def _part(quotes: Sequence[_Item], call: Call) -> Sequence[_Item]:
    return quotes[call.first_quote - 1 :][: call.max_quotes]


def _next_quote(quotes: Sequence[object], call: Call) -> int | None:
    following = call.first_quote + call.max_quotes
    return following if following <= len(quotes) else None


def _brief_quote(quote: Quote) -> BriefQuote:
    alternatives = [] if quote.alternatives is UNSET else quote.alternatives
    return BriefQuote(
        id=quote.id,
        kind=quote.kind,
        text=shortened_middle(quote.text),
        start=quote.start,
        end=quote.end,
        speaker=None if quote.speaker is None else shortened_middle(quote.speaker.name),
        role=None if quote.speaker is None else _if_any(quote.speaker.role),
        confidence=round(quote.confidence, DIGITS),
        spans=[Range(span.start, span.end) for span in quote.spans] if len(quote.spans) > 1 else [],
        modality=quote.modality,
        stance=quote.stance,
        reason=None if quote.reason is UNSET else quote.reason,
        within=quote.within,
        path=None if quote.path is UNSET else quote.path,
        alternatives=[Candidate(_if_any(other.name), round(other.probability, DIGITS)) for other in alternatives],
    )


def _brief_speaker(speaker: Speaker) -> Mentioned:
    return Mentioned(shortened_middle(speaker.name), speaker.type, None if speaker.role is None else shortened_middle(speaker.role.text))


def _brief_check(quote: VerifiedQuote) -> BriefCheck:
    shown = quote.status != "exact"
    return BriefCheck(
        id=quote.id,
        text=shortened_middle(quote.text),
        start=quote.start,
        end=quote.end,
        status=quote.status,
        speaker=SpeakerCheck(quote.speaker.status, _if_any(quote.speaker.draft), _if_any(quote.speaker.source)),
        places=[_brief_place(passage, shown=shown) for passage in quote.passages[:MAX_CHANGES]],
        nearest=None if quote.nearest is None else _brief_place(quote.nearest, shown=shown),
        changes=[_brief_change(change) for change in quote.changes[:MAX_CHANGES]],
        omitted=len(quote.passages[MAX_CHANGES:]) + len(quote.changes[MAX_CHANGES:]),
    )


def _brief_place(passage: Passage, *, shown: bool) -> Place:
    return Place(passage.id, passage.start, passage.end, shortened_middle(passage.text) if shown else None, passage.time)


def _brief_change(change: Change) -> BriefChange:
    draft = None if change.draft is None else DraftWords(shortened_middle(change.draft.text), change.draft.start, change.draft.end)
    return BriefChange(change.kind, draft, None if change.source is None else shortened_middle(change.source.text), change.flags)
