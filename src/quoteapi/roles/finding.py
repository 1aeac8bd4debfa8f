"""Finding roles: from all descriptions that may be a speaker's roles, those that are, and the one that says who the speaker is."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.encoder import Descriptions
from quoteapi.findings import FoundQuote, FoundRole, FoundSpeaker, Mention, SpeakerRoles
from quoteapi.roles.candidates import candidates_of, scene_of
from quoteapi.roles.choice import LEAST_LISTED, LEAST_SCORE, Candidate, ranked
from quoteapi.structs import SpeakerType

NAMELESS = frozenset({"unnamed", "group"})
"""Types of speakers without a name."""


def find_roles(  # noqa: PLR0913 - the results of all earlier stages
    doc: Doc,
    quotes: list[FoundQuote],
    mentions: list[Mention],
    speakers: list[FoundSpeaker],
    described: Descriptions | None = None,
    *,
    among: AbstractSet[int | None] | None = None,
) -> list[SpeakerRoles]:
    """Returns the roles that the article gives each speaker anywhere, parallel to `speakers`.

    Args:
        doc: The article; tags, dependencies and names are used if it has them.
        quotes: Its quotes; what others say inside quotes counts less.
        mentions: All mentions.
        speakers: All speakers, with indices into `mentions`.
        described: What the encoder predicts about roles; if None, any description is better than none.
        among: Indices of mentions: speakers with none of them get no roles. If None, all speakers do.
    """
    full = fullest_names(doc, mentions, speakers)
    scene = scene_of(doc, quotes, mentions, speakers, described)
    found = [
        in_full(chosen(candidates, speaker.type, read=described is not None), full)
        for speaker, candidates in zip(speakers, candidates_of(scene, wanted_of(speakers, among)), strict=True)
    ]
    bearers = {mention: number for number, speaker in enumerate(speakers) for mention in speaker.mentions}
    return [shared_roles(speaker, bearers, found) or roles for speaker, roles in zip(speakers, found, strict=True)]


def wanted_of(speakers: Sequence[FoundSpeaker], among: AbstractSet[int | None] | None) -> list[bool]:
    """Returns for which speakers roles are wanted: those with one of the mentions, and the members of groups named by their members."""
    members = {mention for speaker in speakers for mention in speaker.members}
    return [among is None or not (among | members).isdisjoint(speaker.mentions) for speaker in speakers]


def chosen(candidates: Sequence[Candidate], kind: SpeakerType, *, read: bool) -> SpeakerRoles:
    """Chooses a speaker's roles among candidates, or none; `read` is whether the encoder ran."""
    if not read:
        return fullest(candidates)
    order = ranked(candidates, kind)
    best = order[0][1].role if order and order[0][0] > LEAST_SCORE else at_least(candidates, kind)
    kept = {candidate.role for score, candidate in order if score > LEAST_LISTED}
    all_of = sorted(kept if best is None else kept | {best}, key=lambda role: role.chars)
    return SpeakerRoles(best, tuple(each_once(all_of, best=best)))


def fullest(candidates: Sequence[Candidate]) -> SpeakerRoles:
    """Returns all candidates, for when the encoder did not run; the best is unquoted, then a current job, then the longest."""
    order = sorted(candidates, key=lambda one: one.role.chars)

    def order_of(one: Candidate) -> tuple[bool, bool, int]:
        is_job = not one.standing and one.role.pattern != "tag"
        return not one.quoted, is_job and one.role.status != "former", one.words

    best = max(order, key=order_of, default=None)
    if best is None:
        return SpeakerRoles()
    return SpeakerRoles(best.role, tuple(each_once([one.role for one in order], best=best.role)))


def at_least(candidates: Sequence[Candidate], kind: SpeakerType) -> FoundRole | None:
    """Returns the fallback if no description scores high enough: the phrase of a nameless speaker, or a relative clause (who heads it)."""
    pattern = "phrase" if kind in NAMELESS else "relative"
    fitting = [candidate for candidate in candidates if candidate.role.pattern == pattern and not candidate.quoted]
    return max(fitting, key=lambda candidate: candidate.words).role if fitting else None


def shared_roles(speaker: FoundSpeaker, bearers: Mapping[int, int], found: Sequence[SpeakerRoles]) -> SpeakerRoles | None:
    """Returns the roles that all members of a group named by its members have (Roe and Doe, the founders of Acme); None if there are none.

    Args:
        speaker: The group.
        bearers: For each mention the index of its speaker.
        found: The roles of all speakers.
    """
    members = [found[number].all for number in sorted({bearers[mention] for mention in speaker.members if mention in bearers})]
    shared = tuple(role for role in members[0] if all(role in roles for roles in members)) if members else ()
    return SpeakerRoles(best=shared[0], all=shared) if shared else None


def in_full(roles: SpeakerRoles, names: Mapping[str, str]) -> SpeakerRoles:
    """Replaces the acronyms of organizations in roles by their fullest names."""

    def full(role: FoundRole) -> FoundRole:
        name = names.get(role.organization or "")
        return role if name is None else replace(role, organization=name)

    return SpeakerRoles(best=None if roles.best is None else full(roles.best), all=tuple(map(full, roles.all)))


def fullest_names(doc: Doc, mentions: list[Mention], speakers: list[FoundSpeaker]) -> Mapping[str, str]:
    """Maps the acronyms of an article's organizations to the fullest name that the article gives."""
    bodies = [(doc[mentions[i].start : mentions[i].end].text, s.name) for s in speakers if s.type == "organization" for i in s.mentions]
    return {short: name for short, name in bodies if short.isupper() and len(name) > len(short)}


def each_once(roles: Sequence[FoundRole], *, best: FoundRole | None) -> Iterator[FoundRole]:
    """Yields the roles that are not part of a longer one (the [harbour master]), and always the best one."""
    for role in roles:
        start, end = role.chars
        if role == best or not any(other != role and other.chars[0] <= start and end <= other.chars[1] for other in roles):
            yield role
