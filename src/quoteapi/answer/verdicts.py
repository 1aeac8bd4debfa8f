"""Verdicts: each quote's speaker, with the probability of all the mentions that are that speaker's."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

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


Confidence = Callable[[int, int, float], float]
"""How sure the speaker of a quote is (positions of quote and speaker), given what the stages give that speaker together."""


def verdicts_of(
    attributions: Sequence[Attribution],
    speakers: Sequence[FoundSpeaker],
    *,
    min_confidence: float,
    confidence: Confidence = lambda quote, speaker, probability: probability,  # noqa: ARG005 - the signature
) -> list[Verdict]:
    """The verdict on each quote; below `min_confidence` a quote has no speaker and its method is `doubtful`.

    Args:
        attributions: One for each quote.
        speakers: All speakers.
        min_confidence: The least confidence of a speaker.
        confidence: Turns what the stages give a speaker into a probability; what is left is shared out among the others.
    """
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
        verdict = verdict_of(attribution, owner, speaker, members)
        if verdict.speaker is not None:
            verdict = calibrated(verdict, confidence(quote, verdict.speaker, verdict.confidence))
            if verdict.confidence < min_confidence:
                doubted = Other(verdict.speaker, attribution.mention, verdict.confidence)
                verdict = Verdict(None, 1.0 - verdict.confidence, "doubtful", (doubted, *verdict.others))
        found.append(verdict)
    return found


def calibrated(verdict: Verdict, confidence: float) -> Verdict:
    """The verdict with another confidence; the others keep their proportions within what is left."""
    if confidence == verdict.confidence:
        return verdict
    total = sum(other.probability for other in verdict.others)
    share = min(1.0, (1.0 - confidence) / total) if total > 0 else 0.0
    others = tuple(replace(other, probability=other.probability * share) for other in verdict.others)
    return replace(verdict, confidence=confidence, others=others)


def verdict_of(
    attribution: Attribution,
    owner: Mapping[int, tuple[int, float]],
    speaker: int | None,
    members: AbstractSet[int | None],
) -> Verdict:
    """The verdict on a quote of a speaker: the probabilities of all the mentions that are the speaker's, or a member's of it, add up.

    A mention that is no speaker's (somebody) counts for nobody.
    """
    summed: dict[int | None, float] = {}
    best: dict[int | None, int | None] = {}
    for candidate in attribution.candidates:
        other, certainty = (None, 1.0) if candidate.mention is None else owner.get(candidate.mention, (None, 1.0))
        summed[other] = summed.get(other, 0.0) + candidate.probability * certainty
        best.setdefault(other, None if other is None else candidate.mention)
    confidence = min(
        1.0, sum(summed[other] for other in members if other in summed) if members & summed.keys() else attribution.probability
    )
    others = tuple(
        Other(other, best[other], min(1.0, probability))
        for other, probability in sorted(summed.items(), key=lambda pair: -pair[1])
        if other not in members
    )
    method = "unattributed" if speaker is None and attribution.mention is not None else attribution.method
    return Verdict(speaker, confidence, method, others)
