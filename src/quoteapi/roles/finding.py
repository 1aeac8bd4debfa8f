"""Finding roles: of all descriptions that may be a speaker's, those that are, and the one that says who they are."""

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
"""The types of speakers who have no name."""


def find_roles(  # noqa: PLR0913 - what each stage before has found
    doc: Doc,
    quotes: list[FoundQuote],
    mentions: list[Mention],
    speakers: list[FoundSpeaker],
    described: Descriptions | None = None,
    *,
    among: AbstractSet[int | None] | None = None,
) -> list[SpeakerRoles]:
    """The roles that the article gives each speaker anywhere, parallel to `speakers`.

    Args:
        doc: The article; tags, dependencies and names are used where it has them.
        quotes: What is said by others inside quotes counts less.
        mentions: All mentions.
        speakers: Each with positions in `mentions`.
        described: What the encoder says of roles; where there is none, some description is better than none.
        among: Positions of mentions: who has none of them is given no roles; everybody is looked at where None.
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
    """Of which speakers roles are wanted: those who have one of the mentions, and the members of groups that are named by them."""
    members = {mention for speaker in speakers for mention in speaker.members}
    return [among is None or not (among | members).isdisjoint(speaker.mentions) for speaker in speakers]


def chosen(candidates: Sequence[Candidate], kind: SpeakerType, *, read: bool) -> SpeakerRoles:
    """The roles among some candidates; `read` tells whether the encoder had its say, and none of them may be one."""
    if not read:
        return fullest(candidates)
    order = ranked(candidates, kind)
    best = order[0][1].role if order and order[0][0] > LEAST_SCORE else at_least(candidates, kind)
    kept = {candidate.role for score, candidate in order if score > LEAST_LISTED}
    all_of = sorted(kept if best is None else kept | {best}, key=lambda role: role.chars)
    return SpeakerRoles(best, tuple(each_once(all_of, best=best)))


def fullest(candidates: Sequence[Candidate]) -> SpeakerRoles:
    """All candidates where the encoder did not read, and of the current jobs outside quotes the longest."""
    order = sorted(candidates, key=lambda one: one.role.chars)

    def order_of(one: Candidate) -> tuple[bool, bool, int]:
        is_job = not one.standing and one.role.pattern != "tag"
        return not one.quoted, is_job and one.role.status != "former", one.words

    best = max(order, key=order_of, default=None)
    if best is None:
        return SpeakerRoles()
    return SpeakerRoles(best.role, tuple(each_once([one.role for one in order], best=best.role)))


def at_least(candidates: Sequence[Candidate], kind: SpeakerType) -> FoundRole | None:
    """What says who somebody is if no description does: what the nameless are called, a relative clause of others (who heads the board)."""
    pattern = "phrase" if kind in NAMELESS else "relative"
    fitting = [candidate for candidate in candidates if candidate.role.pattern == pattern and not candidate.quoted]
    return max(fitting, key=lambda candidate: candidate.words).role if fitting else None


def shared_roles(speaker: FoundSpeaker, bearers: Mapping[int, int], found: Sequence[SpeakerRoles]) -> SpeakerRoles | None:
    """The roles of a group named by its members: those that all of them have (Roe and Doe, the founders of Acme); None without any.

    Args:
        speaker: The group.
        bearers: For each mention the position of its speaker.
        found: The roles of all speakers.
    """
    members = [found[number].all for number in sorted({bearers[mention] for mention in speaker.members if mention in bearers})]
    shared = tuple(role for role in members[0] if all(role in roles for roles in members)) if members else ()
    return SpeakerRoles(best=shared[0], all=shared) if shared else None


def in_full(roles: SpeakerRoles, names: Mapping[str, str]) -> SpeakerRoles:
    """The roles with their organizations by their fullest names."""

    def full(role: FoundRole) -> FoundRole:
        name = names.get(role.organization or "")
        return role if name is None else replace(role, organization=name)

    return SpeakerRoles(best=None if roles.best is None else full(roles.best), all=tuple(map(full, roles.all)))


def fullest_names(doc: Doc, mentions: list[Mention], speakers: list[FoundSpeaker]) -> Mapping[str, str]:
    """The acronyms of an article's organizations, each with the fullest name that the article gives."""
    bodies = [(doc[mentions[i].start : mentions[i].end].text, s.name) for s in speakers if s.type == "organization" for i in s.mentions]
    return {short: name for short, name in bodies if short.isupper() and len(name) > len(short)}


def each_once(roles: Sequence[FoundRole], *, best: FoundRole | None) -> Iterator[FoundRole]:
    """The roles without those that only repeat a part of a longer one (the [harbour master]); the best one always stays."""
    for role in roles:
        start, end = role.chars
        if role == best or not any(other != role and other.chars[0] <= start and end <= other.chars[1] for other in roles):
            yield role
