"""Speakers: who says a quote in the draft and in the source, and whether they are the same."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from quoteapi.speakers.organization_names import acronym_fits, is_acronym, is_short_form, organization_keys
from quoteapi.speakers.person_names import clean, may_be_one, person_name
from quoteapi.structs import Answer, Quote, Speaker
from quoteapi.verification_structs import Agreement, SpeakerCheck

_NAMED = frozenset({"person", "organization"})
_SURE = 0.85
"""Minimum confidence of both speakers for calling them different: below it, most contradictions are errors of the engine."""


class AttributedSpeaker(Struct, frozen=True):
    """A speaker, and the confidence that the words are theirs."""

    speaker: Speaker
    confidence: float = 1.0


class Voices(Struct, frozen=True):
    """Who says what in a text.

    Args:
        starts: Start of each span of its quotes, ascending, in code points.
        ends: For each span the highest end of it and all spans before it.
        spans: Each span's start, end and quote, in the same order.
        speakers: The speakers by id.
    """

    starts: list[int]
    ends: list[int]
    spans: list[tuple[int, int, Quote]]
    speakers: dict[str, Speaker]

    def speaker_of(self, quote: Quote) -> AttributedSpeaker | None:
        """Returns the speaker of a quote."""
        return None if quote.speaker is None else AttributedSpeaker(self.speakers[quote.speaker.id], quote.confidence)

    def speaker_at(self, start: int, end: int) -> AttributedSpeaker | None:
        """Returns the speaker of the innermost quote that contains most of a span's code points; None if nobody is named."""
        best, most, size = None, 0, 0
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        for begins, ends, quote in self.spans[first:last]:
            shared = min(end, ends) - max(start, begins)
            if shared > most or (shared == most and best is not None and ends - begins < size):
                best, most, size = quote, shared, ends - begins
        return None if best is None or most <= 0 else self.speaker_of(best)


def voices_of(answer: Answer) -> Voices:
    """Returns who says what, from an answer of the engine in code points."""
    spans = sorted(
        ((span.start, span.end, quote) for quote in answer.quotes if quote.kind != "indirect" for span in quote.spans),
        key=lambda one: one[:2],
    )
    ends: list[int] = []
    for _, end, _ in spans:
        ends.append(max(end, ends[-1]) if ends else end)
    return Voices([start for start, _, _ in spans], ends, spans, {speaker.id: speaker for speaker in answer.speakers})


def tagged_speaker(name: str) -> AttributedSpeaker:
    """Returns the speaker named in a voice tag."""
    return AttributedSpeaker(
        Speaker(id="", name=name, type="person", pronoun=None, same_as=None, role=None, roles=[], mentions=[], quotes=[])
    )


def checked(draft: AttributedSpeaker | None, source: AttributedSpeaker | None) -> SpeakerCheck:
    """Compares the speakers in draft and source."""
    names = [None if one is None else one.speaker.name for one in (draft, source)]
    return SpeakerCheck(agreement(draft, source), *names)


def agreement(draft: AttributedSpeaker | None, source: AttributedSpeaker | None) -> Agreement:
    """Returns whether two speakers are the same, by their names alone.

    `unknown` if either has no name of its own, or if the names differ but an attribution is not sure.
    """
    if draft is None or source is None or not {draft.speaker.type, source.speaker.type} <= _NAMED:
        return "unknown"
    one, other = clean(draft.speaker.name), clean(source.speaker.name)
    if one.casefold() == other.casefold() or is_one_body(one, other) or is_one_person(one, other):
        return "same"
    return "different" if min(draft.confidence, source.confidence) >= _SURE else "unknown"


def is_one_person(first: str, second: str) -> bool:
    """Whether two names can belong to one person.

    A single word must occur in the other name; longer ones must fit as in an article, or one must have all words of the other in order.
    """
    one, other = person_name(first), person_name(second)
    if one is None or other is None:
        return False
    short, long = sorted((one, other), key=lambda name: len(name.keys))
    if len(short.keys) == 1:
        return short.family in long.keys
    starts = range(len(long.keys) - len(short.keys) + 1)
    return may_be_one(one, other) or any(long.keys[start : start + len(short.keys)] == short.keys for start in starts)


def is_one_body(first: str, second: str) -> bool:
    """Whether two names can belong to one organization: the same words, an acronym, or a short form."""
    one, other = organization_keys(first), organization_keys(second)
    if one == other:
        return bool(one)
    return (
        (is_acronym(first) and acronym_fits(first, other))
        or (is_acronym(second) and acronym_fits(second, one))
        or is_short_form(one, other)
        or is_short_form(other, one)
    )


def shared_speaker(speakers: Sequence[AttributedSpeaker | None]) -> bool:
    """Whether passages may have one speaker: none is said by a different one than the first named."""
    named = [speaker for speaker in speakers if speaker is not None]
    return all(agreement(named[0], other) != "different" for other in named[1:])
