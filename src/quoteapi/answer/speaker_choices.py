"""Speaker choices: the speaker of each quote, with the summed probability of all mentions of that speaker."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from quoteapi.findings import Attribution, FoundSpeaker


class OtherCandidate(Struct, frozen=True):
    """A candidate that was not chosen: the index of the speaker, None for nobody, and its most probable mention."""

    speaker: int | None
    mention: int | None
    probability: float


class SpeakerChoice(Struct, frozen=True):
    """The speaker of a quote (an index into the list of speakers), the confidence, the method, and the other candidates."""

    speaker: int | None
    confidence: float
    method: str
    others: tuple[OtherCandidate, ...]


Confidence = Callable[[int, int, float], float]
"""Returns the confidence in the speaker of a quote (indices of quote and speaker), given the summed probability of the speaker."""


def speaker_choices(
    attributions: Sequence[Attribution],
    speakers: Sequence[FoundSpeaker],
    *,
    min_confidence: float,
    confidence: Confidence = lambda quote, speaker, probability: probability,  # noqa: ARG005 - the signature
) -> list[SpeakerChoice]:
    """Returns the speaker chosen for each quote; below `min_confidence` a quote has no speaker and its method is `doubtful`.

    Args:
        attributions: One for each quote.
        speakers: All speakers.
        min_confidence: The minimum confidence of a speaker.
        confidence: Calibrates the summed probability of a speaker; the others share the rest.
    """
    owner = {
        mention: (number, speaker.certainties[i] if speaker.certainties else 1.0)
        for number, speaker in enumerate(speakers)
        for i, mention in enumerate(speaker.mentions)
    }
    joint = {quote: (number, mentions) for number, speaker in enumerate(speakers) for quote, mentions in speaker.jointly.items()}
    found = []
    for quote, attribution in enumerate(attributions):
        single_speaker = owner.get(attribution.mention, (None,))[0] if attribution.mention is not None else None
        speaker, mentions = joint.get(quote, (single_speaker, ()))
        members = {single_speaker, *(owner[mention][0] for mention in mentions if mention in owner)}
        choice = speaker_choice(attribution, owner, speaker, members)
        if choice.speaker is not None:
            choice = calibrated(choice, confidence(quote, choice.speaker, choice.confidence))
            if choice.confidence < min_confidence:
                doubted = OtherCandidate(choice.speaker, attribution.mention, choice.confidence)
                choice = SpeakerChoice(None, 1.0 - choice.confidence, "doubtful", (doubted, *choice.others))
        found.append(choice)
    return found


def calibrated(choice: SpeakerChoice, confidence: float) -> SpeakerChoice:
    """Returns the choice with another confidence; the others keep their proportions within the rest."""
    if confidence == choice.confidence:
        return choice
    total = sum(other.probability for other in choice.others)
    share = min(1.0, (1.0 - confidence) / total) if total > 0 else 0.0
    others = tuple(replace(other, probability=other.probability * share) for other in choice.others)
    return replace(choice, confidence=confidence, others=others)


def speaker_choice(
    attribution: Attribution,
    owner: Mapping[int, tuple[int, float]],
    speaker: int | None,
    members: AbstractSet[int | None],
) -> SpeakerChoice:
    """Returns the speaker chosen for a quote: the summed probability of all mentions of its speaker, or of the members of a group.

    A mention that belongs to no speaker (somebody) counts as nobody.
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
        OtherCandidate(other, best[other], min(1.0, probability))
        for other, probability in sorted(summed.items(), key=lambda pair: -pair[1])
        if other not in members
    )
    method = "unattributed" if speaker is None and attribution.mention is not None else attribution.method
    return SpeakerChoice(speaker, confidence, method, others)
