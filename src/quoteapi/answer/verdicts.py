"""Verdicts: each quote's speaker, with the probability of all the mentions that are that speaker's."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

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
    joint = {quote: (number, mentions) for number, speaker in enumerate(speakers) for quote, mentions in speaker.jointly.items()}
    found = []
    for quote, attribution in enumerate(attributions):
        alone = owner.get(attribution.mention, (None,))[0] if attribution.mention is not None else None
        speaker, mentions = joint.get(quote, (alone, ()))
        members = {alone, *(owner[mention][0] for mention in mentions if mention in owner)}
        found.append(verdict_of(attribution, owner, speaker, members, min_confidence=min_confidence))
    return found


def verdict_of(
    attribution: Attribution,
    owner: Mapping[int, tuple[int, float]],
    speaker: int | None,
    members: AbstractSet[int | None],
    *,
    min_confidence: float,
) -> Verdict:
    """The verdict on a quote of a speaker: the probabilities of all the mentions that are the speaker's, or a member's of it, add up."""
    summed: dict[int | None, float] = {}
    best: dict[int | None, int | None] = {}
    for candidate in attribution.candidates:
        other, certainty = (None, 1.0) if candidate.mention is None else owner.get(candidate.mention, (None, 0.0))
        if candidate.mention is not None and other is None:
            continue
        summed[other] = summed.get(other, 0.0) + candidate.probability * certainty
        best.setdefault(other, candidate.mention)
    confidence = min(
        1.0, sum(summed[other] for other in members if other in summed) if members & summed.keys() else attribution.probability
    )
    others = tuple(
        Other(other, best[other], min(1.0, probability))
        for other, probability in sorted(summed.items(), key=lambda pair: -pair[1])
        if other not in members
    )
    if speaker is not None and confidence < min_confidence:
        return Verdict(None, 1.0 - confidence, "doubtful", (Other(speaker, attribution.mention, confidence), *others))
    method = "unattributed" if speaker is None and attribution.method == "label" else attribution.method
    return Verdict(speaker, confidence, method, others)
