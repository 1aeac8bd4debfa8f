"""Wording: a result as text, one line per quote, for assistants that read no fields."""

from collections.abc import Iterator

from quoteapi.mcp.results import BriefChange, BriefCheck, BriefQuote, Check, Extraction, Place, Result
from quoteapi.structs import OffsetUnit

_UNITS: dict[OffsetUnit, str] = {"codepoint": "code points", "utf16": "UTF-16 units", "utf8": "bytes of UTF-8"}


def extraction_told(extraction: Extraction) -> str:
    """Describes the quotes of an article: id, offsets, words, speaker, role and confidence."""
    return "\n".join([_counted(extraction), *map(_quote_told, extraction.quotes), *_mentioned_told(extraction), *_more_told(extraction)])


def check_told(check: Check) -> str:
    """Describes a draft's quotes: id, offsets, status, words, what differs, where they are in the sources, and who says them."""
    counts = [f"{number} {status}" for status, number in check.statuses.items()]
    others = [f"{check.other_speakers} with another speaker in the source"] if check.other_speakers else []
    whole = [f"In the whole draft: {', '.join([*counts, *others])}."] if counts else []
    return "\n".join([_counted(check), *whole, *map(_check_told, check.quotes), *_more_told(check)])


def _counted(result: Result) -> str:
    if not result.total:
        return "No quotes."
    part = "" if len(result.quotes) == result.total else f", {len(result.quotes)} of them here"
    return f"{result.total} quote{'' if result.total == 1 else 's'}{part}; start:end in {_UNITS[result.offset_unit]}."


def _more_told(result: Result) -> Iterator[str]:
    if result.next_quote is not None:
        yield f"There are more: call again with first_quote {result.next_quote}."


def _mentioned_told(extraction: Extraction) -> Iterator[str]:
    if extraction.mentioned:
        yield f"Named, not quoted: {'; '.join(_with_role(other.name, other.role) for other in extraction.mentioned)}."


def _quote_told(quote: BriefQuote) -> str:
    words = quote.text if quote.kind == "indirect" else f"“{quote.text}”"
    speaker = "nobody named" if quote.speaker is None else _with_role(quote.speaker, quote.role)
    kind = "" if quote.kind == "direct" else f" {quote.kind}"
    notes = [quote.reason, quote.modality if quote.modality != "asserted" else None, quote.stance if quote.stance != "affirms" else None]
    noted = "".join(f" [{note}]" for note in notes if note)
    others = "".join(f"; or {other.name or 'nobody'} ({other.probability:.2f})" for other in quote.alternatives)
    return f"{quote.id} {quote.start}:{quote.end}{kind} {words}{noted} — {speaker} ({quote.confidence:.2f}){others}"


def _with_role(name: str, role: str | None) -> str:
    return name if role is None else f"{name}, {role}"


def _check_told(quote: BriefCheck) -> str:
    places = "; ".join(map(_place_told, quote.places)) or "no source"
    nearest = "" if quote.nearest is None else f"; nearest: {_place_told(quote.nearest)}"
    changes = f" — {'; '.join(map(_change_told, quote.changes))}" if quote.changes else ""
    omitted = f"; {quote.omitted} more places or changes" if quote.omitted else ""
    draft, source = quote.speaker.draft or "nobody", quote.speaker.source or "nobody"
    speaker = f"speaker {quote.speaker.status}" + ("" if quote.speaker.status == "same" else f" (draft: {draft}, source: {source})")
    return f"{quote.id} {quote.start}:{quote.end} {quote.status} “{quote.text}”{changes}{omitted} — {places}{nearest} — {speaker}"


def _place_told(place: Place) -> str:
    time = "" if place.time is None else f" at {place.time.start:g} s"
    return f"{place.id} {place.start}:{place.end}{time}" + ("" if place.text is None else f" “{place.text}”")


def _change_told(change: BriefChange) -> str:
    flags = f" [{', '.join(change.flags)}]" if change.flags else ""
    draft, source = change.draft.text if change.draft else "", change.source or ""
    words = f"“{source}” became “{draft}”" if draft and source else f"“{draft or source}”"
    return f"{change.kind} {words}{flags}"
