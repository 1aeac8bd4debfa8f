"""The role finder: from all descriptions that may be a speaker's roles, those that are, and the one that says who the speaker is."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.encoder import Descriptions
from quoteapi.findings import FoundQuote, FoundRole, FoundSpeaker, Mention, SpeakerRoles
from quoteapi.roles.candidates import candidates_of, role_context
from quoteapi.roles.choice import MIN_LISTED_SCORE, MIN_SCORE, Candidate, ranked
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
    context = role_context(doc, quotes, mentions, speakers, described)
    found = [
        with_full_organizations(choose_roles(candidates, speaker.type, encoder_ran=described is not None), full)
        for speaker, candidates in zip(speakers, candidates_of(context, speakers_among(speakers, among)), strict=True)
    ]
    holders = {mention: number for number, speaker in enumerate(speakers) for mention in speaker.mentions}
    return [shared_roles(speaker, holders, found) or roles for speaker, roles in zip(speakers, found, strict=True)]


def speakers_among(speakers: Sequence[FoundSpeaker], among: AbstractSet[int | None] | None) -> list[bool]:
    """Returns which speakers get roles: those with one of the mentions, and the members of groups named by their members."""
    members = {mention for speaker in speakers for mention in speaker.members}
    return [among is None or not (among | members).isdisjoint(speaker.mentions) for speaker in speakers]


def choose_roles(candidates: Sequence[Candidate], kind: SpeakerType, *, encoder_ran: bool) -> SpeakerRoles:
    """Chooses a speaker's roles among candidates, or none."""
    if not encoder_ran:
        return roles_without_encoder(candidates)
    order = ranked(candidates, kind)
    best = order[0][1].role if order and order[0][0] > MIN_SCORE else fallback_role(candidates, kind)
    kept = {candidate.role for score, candidate in order if score > MIN_LISTED_SCORE}
    all_of = sorted(kept if best is None else kept | {best}, key=lambda role: role.chars)
    return SpeakerRoles(best, tuple(without_nested_roles(all_of, best=best)))


def roles_without_encoder(candidates: Sequence[Candidate]) -> SpeakerRoles:
    """Returns all candidates, for when the encoder did not run; the best is unquoted, then a current job, then the longest."""
    order = sorted(candidates, key=lambda one: one.role.chars)

    def order_of(one: Candidate) -> tuple[bool, bool, int]:
        is_job = not one.standing and one.role.pattern != "tag"
        return not one.quoted, is_job and one.role.status != "former", one.words

    best = max(order, key=order_of, default=None)
    if best is None:
        return SpeakerRoles()
    return SpeakerRoles(best.role, tuple(without_nested_roles([one.role for one in order], best=best.role)))


def fallback_role(candidates: Sequence[Candidate], kind: SpeakerType) -> FoundRole | None:
    """Returns the fallback if no description scores high enough: the phrase of a nameless speaker, or a relative clause (who heads it)."""
    pattern = "phrase" if kind in NAMELESS else "relative"
    fitting = [candidate for candidate in candidates if candidate.role.pattern == pattern and not candidate.quoted]
    return max(fitting, key=lambda candidate: candidate.words).role if fitting else None


def shared_roles(speaker: FoundSpeaker, holders: Mapping[int, int], found: Sequence[SpeakerRoles]) -> SpeakerRoles | None:
    """Returns the roles that all members of a group named by its members have (Roe and Doe, the founders of Acme); None if there are none.

    Args:
        speaker: The group.
        holders: For each mention the index of its speaker.
        found: The roles of all speakers.
    """
    members = [found[number].all for number in sorted({holders[mention] for mention in speaker.members if mention in holders})]
    shared = tuple(role for role in members[0] if all(role in roles for roles in members)) if members else ()
    return SpeakerRoles(best=shared[0], all=shared) if shared else None


def with_full_organizations(roles: SpeakerRoles, names: Mapping[str, str]) -> SpeakerRoles:
    """Replaces the acronyms of organizations in roles by their fullest names."""

    def full(role: FoundRole) -> FoundRole:
        name = names.get(role.organization or "")
        return role if name is None else replace(role, organization=name)

    return SpeakerRoles(best=None if roles.best is None else full(roles.best), all=tuple(map(full, roles.all)))


def fullest_names(doc: Doc, mentions: list[Mention], speakers: list[FoundSpeaker]) -> Mapping[str, str]:
    """Maps the acronyms of an article's organizations to the fullest name that the article gives."""
    bodies = [(doc[mentions[i].start : mentions[i].end].text, s.name) for s in speakers if s.type == "organization" for i in s.mentions]
    return {short: name for short, name in bodies if short.isupper() and len(name) > len(short)}


def without_nested_roles(roles: Sequence[FoundRole], *, best: FoundRole | None) -> Iterator[FoundRole]:
    """Yields the roles that are not part of a longer one (the [harbour master]), and always the best one."""
    for role in roles:
        start, end = role.chars
        if role == best or not any(other != role and other.chars[0] <= start and end <= other.chars[1] for other in roles):
            yield role
