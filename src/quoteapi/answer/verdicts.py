"""Verdicts: each quote's speaker, with the probability of all the mentions that are that speaker's."""

from collections.abc import Sequence

from msgspec import Struct

from quoteapi.findings import Attribution, FoundSpeaker


class Other(Struct, frozen=True):
    """A candidate that was not chosen: a position in the list of speakers, None for nobody, and its most probable mention."""

    speaker: int | None
    mention: int | None
    probability: float


class Verdict(Struct, frozen=True):
    """The speaker of a quote (a position in the list of speakers), how sure, by which method, and who else it may be."""

    speaker: int | None
    confidence: float
    method: str
    others: tuple[Other, ...]


def verdicts_of(attributions: Sequence[Attribution], speakers: Sequence[FoundSpeaker], *, min_confidence: float) -> list[Verdict]:
    """The verdict on each quote; below `min_confidence` a quote has no speaker and its method is `doubtful`."""
    owner = {
        mention: (number, speaker.certainties[i] if speaker.certainties else 1.0)
        for number, speaker in enumerate(speakers)
        for i, mention in enumerate(speaker.mentions)
    }
    return [verdict_of(attribution, owner, min_confidence=min_confidence) for attribution in attributions]


def verdict_of(attribution: Attribution, owner: dict[int, tuple[int, float]], *, min_confidence: float) -> Verdict:
    """The probabilities of a speaker's mentions add up; the attribution's own mention tells the speaker."""
    summed: dict[int | None, float] = {}
    best: dict[int | None, int | None] = {}
    for candidate in attribution.candidates:
        speaker, certainty = (None, 1.0) if candidate.mention is None else owner.get(candidate.mention, (None, 0.0))
        if candidate.mention is not None and speaker is None:
            continue
        summed[speaker] = summed.get(speaker, 0.0) + candidate.probability * certainty
        best.setdefault(speaker, candidate.mention)
    chosen, _ = (None, 1.0) if attribution.mention is None else owner.get(attribution.mention, (None, 1.0))
    confidence = min(1.0, summed.get(chosen, attribution.probability))
    others = tuple(
        Other(speaker, best[speaker], min(1.0, probability))
        for speaker, probability in sorted(summed.items(), key=lambda pair: -pair[1])
        if speaker != chosen
    )
    if chosen is not None and confidence < min_confidence:
        return Verdict(None, 1.0 - confidence, "doubtful", (Other(chosen, attribution.mention, confidence), *others))
    return Verdict(chosen, confidence, attribution.method, others)
