"""Catalogue faults: what is wrong in the answers to the passages of a catalogue."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import UNSET, Struct

from quoteapi.engine import QuoteEngine
from quoteapi.errors import QuoteapiError
from quoteapi.evaluation.agreement import EDGES, is_same_name, role_words, trimmed
from quoteapi.evaluation.catalogue import Neighbour, Passage, PassageQuote
from quoteapi.structs import Answer, Article, Quote, Range, Role

Stretch = tuple[int, int]
"""Half-open start and end in the text that an answer's offsets refer to."""


class PassageResult(Struct, frozen=True):
    """A passage and the faults of its answer; empty if it is right."""

    passage: Passage
    faults: tuple[str, ...]


def try_catalogue(passages: Sequence[Passage], engine: QuoteEngine) -> list[PassageResult]:
    """The faults of the engine's answer to each passage; a refusal is a fault."""
    return [PassageResult(passage, tuple(faults(passage, engine))) for passage in passages]


def faults(passage: Passage, engine: QuoteEngine) -> Iterator[str]:
    """Yields the faults of the engine's answer to a passage, in words."""
    try:
        answer = engine.extract(article(passage))
    except (QuoteapiError, msgspec.ValidationError) as error:
        yield f"refused: {error}"
        return
    shown = getattr(answer, "text", UNSET)
    text = passage.text if shown is UNSET else shown
    for gold in passage.quotes:
        yield from quote_faults(gold, text, answer.quotes)
    yield from overlap_faults(passage, text, answer.quotes)
    yield from neighbour_faults(passage, answer)


def article(passage: Passage) -> Article:
    """The request, with everything included that is judged.

    Raises:
        msgspec.ValidationError: This version does not know the passage's format.
    """
    indirect = passage.indirect or any(quote.kind == "indirect" for quote in passage.quotes)
    request = {"text": passage.text, "include": ["other", "mentioned", *(["indirect"] if indirect else [])]}
    return msgspec.convert(request if passage.format == "text" else {**request, "format": passage.format}, Article)


def quote_faults(gold: PassageQuote, text: str, quotes: Sequence[Quote]) -> Iterator[str]:
    """Yields what is wrong with a quote of a passage."""
    words = " … ".join(gold.stretches)
    found = quote_at(gold, text, quotes)
    speech = found is not None and found.kind != "other"
    if gold.kind == "other":
        if speech:
            yield f"{words!r} is no speech"
        elif found is None and gold.reasons and not gold.optional:
            yield f"{words!r} is not found"
    elif not speech and not gold.optional:
        yield f"{words!r} is not found"
    if found is None or speech == (gold.kind == "other"):
        return
    if gold.kind is not None and found.kind != gold.kind:
        yield f"{words!r} is {found.kind}, not {gold.kind}"
    yield from source_faults(gold, words, found)
    if gold.reasons and (reason := found.reason) not in gold.reasons:
        yield f"{words!r} has the reason {in_words(reason)}, not {' or '.join(gold.reasons)}"
    if gold.modality and (modality := found.modality) != gold.modality:
        yield f"{words!r} is {in_words(modality)}, not {gold.modality}"


def source_faults(gold: PassageQuote, words: str, found: Quote) -> Iterator[str]:
    """Yields what is wrong with a quote's speaker or, if that is right, with the role."""
    name = found.speaker.name if found.speaker else None
    role = found.speaker.role if found.speaker else None
    if gold.kind == "other" and not gold.reasons:
        return
    if gold.speaker is None:
        if name is not None:
            yield f"{words!r} by {name!r}, not by nobody"
    elif not any(is_same_name(name, right, speaker_type=gold.type) for right in (gold.speaker, *gold.speaker_variants)):
        yield f"{words!r} by {name!r}, not {gold.speaker!r}"
    elif not is_role(role, gold):
        yield f"{gold.speaker!r} has the role {role!r}, not {gold.role!r}"


def quote_at(gold: PassageQuote, text: str, quotes: Sequence[Quote]) -> Quote | None:
    """The returned quote with the gold's characters, ignoring quotation marks, white space and punctuation.

    If the gold has a single span and is not indirect, one matching span is enough.
    """
    places = [(start, start + len(words)) for words in gold.stretches if (start := text.find(words)) >= 0]
    if len(places) < len(gold.stretches):
        return None
    indirect = gold.kind == "indirect"
    whole = characters(places, text, indirect=indirect)
    edges = trimmed(text, *places[0]) if isinstance(gold.words, str) and not indirect else None
    for quote in quotes:
        if (quote.kind == "indirect") == indirect and (
            characters(stretches(quote.spans), text, indirect=indirect) == whole
            or any(trimmed(text, span.start, span.end) == edges for span in quote.spans)
        ):
            return quote
    return None


def overlap_faults(passage: Passage, text: str, quotes: Sequence[Quote]) -> Iterator[str]:
    """Yields what is returned as a quote and is none."""
    for words in passage.not_quotes:
        start = text.find(words)
        kept = characters([(start, start + len(words))] if start >= 0 else [], text)
        touching = (quote for quote in quotes if quote.kind != "other" and kept & characters(stretches(quote.spans), text))
        for quote in touching:
            yield f"{quote.text!r} is no quote"


def stretches(spans: Sequence[Range]) -> list[Stretch]:
    """The positions of spans."""
    return [(span.start, span.end) for span in spans]


def characters(places: Sequence[Stretch], text: str, *, indirect: bool = False) -> set[int]:
    """The positions of a quote's characters, without quotation marks, white space, punctuation and, if indirect, a leading *that*."""
    kept = {at for start, end in places for at in range(start, end) if text[at] not in EDGES}
    if indirect and kept and text[min(kept) :][:5].lower() == "that ":
        kept -= set(range(min(kept), min(kept) + 4))
    return kept


def neighbour_faults(passage: Passage, answer: Answer) -> Iterator[str]:
    """Yields what is wrong with the others that a passage names."""
    everybody = [*answer.speakers, *(answer.mentioned if answer.mentioned is not UNSET else ())]
    for gold in passage.others:
        found = next((one for one in everybody if is_same_name(one.name, gold.name, speaker_type=None)), None)
        if found is None:
            yield f"{gold.name!r} is not found"
        elif not is_role(found.role, gold):
            yield f"{gold.name!r} has the role {found.role.text if found.role else None!r}, not {gold.role!r}"


def is_role(given: Role | str | None, gold: PassageQuote | Neighbour) -> bool:
    """Whether a role is one of the accepted ones; if none is accepted, whether it is missing."""
    words = role_words(given.text if isinstance(given, Role) else given)
    right = [role_words(role) for role in (gold.role, *gold.variants) if role is not None]
    return words in right if right else not words


def in_words(value: object) -> str:
    """A value of the answer in words."""
    return "none" if value is UNSET else str(value)
