"""Candidates: the descriptions that may be a speaker's roles, with the evidence of constructions and encoder for each."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch
from quoteapi.constructions.name_modifiers import Pattern
from quoteapi.constructions.words import DETERMINERS
from quoteapi.encoder import Descriptions, TaggedRole
from quoteapi.encoder.probabilities import sum_by_key
from quoteapi.findings import FoundQuote, FoundRole, FoundSpeaker, Mention
from quoteapi.roles.choice import Candidate, TagEvidence
from quoteapi.roles.descriptions import descriptions, ends_in_standing_noun, trimmed
from quoteapi.roles.labels import label_roles
from quoteapi.roles.parties import party_of_tag
from quoteapi.roles.parts import RoleParts, parts_of
from quoteapi.roles.patterns import pattern_of

NON_FINAL_TAGS = frozenset({"CC", "DT", "IN", "TO", "WDT", "WP"})
"""Tags of words that cannot end a role."""
MIN_HOLDER_PROBABILITY = 0.1
"""Minimum probability that a tagged role belongs to a speaker, to be a candidate for that speaker."""
PAST_ADVERBS = frozenset({"ago", "until", "formerly", "previously"})
"""Words that show that a state has ended."""


class RoleContext(Struct, frozen=True):
    """An article with what the search for roles needs.

    Args:
        doc: The article.
        quotes: Its quotes.
        mentions: All mentions.
        speakers: All speakers, with indices into `mentions`.
        labels: The roles given in the labels of turns, by the token at which a mention begins.
        described: What the encoder predicts about roles; None if it did not run.
        roles_at: The tagged role of each token that belongs to one.
        held_at: For each token the mentions that contain it, except pronouns, each with the index of its speaker.
    """

    doc: Doc
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
    speakers: Sequence[FoundSpeaker]
    labels: Mapping[int, Sequence[tuple[Pattern, Stretch]]]
    described: Descriptions | None
    roles_at: Mapping[int, TaggedRole]
    held_at: Mapping[int, Sequence[tuple[int, Mention]]]

    def own(self, speaker: FoundSpeaker) -> list[Mention]:
        """Returns a speaker's mentions."""
        return [self.mentions[number] for number in speaker.mentions]

    def near(self, stretch: Stretch) -> str:
        """Returns how a span relates to the first tagged role that overlaps it: `same`, `inside`, `around`, `across`; `alone` if none."""
        start, end = stretch
        role = next((self.roles_at[i] for i in range(start, end) if i in self.roles_at), None)
        if role is None:
            return "alone"
        if (role.start, role.end) == stretch:
            return "same"
        if role.start <= start and end <= role.end:
            return "inside"
        return "around" if start <= role.start and role.end <= end else "across"

    def is_held_by_others(self, number: int, stretch: Stretch) -> bool:
        """Whether a span lies inside a mention of a speaker other than `number`."""
        return any(n != number and mention.end >= stretch[1] for n, mention in self.held_at.get(stretch[0], ()))


def role_context(
    doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention], speakers: Sequence[FoundSpeaker], described: Descriptions | None
) -> RoleContext:
    """Builds the context of an article; words that cannot end a role are cut from the tagged roles."""
    if described is not None:
        described = replace(described, roles=[replace(role, end=clipped_end(doc, role)) for role in described.roles])
    roles_at = {} if described is None else {i: role for role in described.roles for i in range(role.start, role.end)}
    held_at: dict[int, list[tuple[int, Mention]]] = {}
    for n, speaker in enumerate(speakers):
        for mention in (mentions[number] for number in speaker.mentions):
            if mention.form != "pronoun":
                for i in range(mention.start, mention.end):
                    held_at.setdefault(i, []).append((n, mention))
    return RoleContext(doc, quotes, mentions, speakers, label_roles(doc, quotes), described, roles_at, held_at)


def clipped_end(doc: Doc, role: TaggedRole) -> int:
    """Returns the end of a tagged role without trailing conjunctions, prepositions and determiners."""
    end = role.end
    while end > role.start + 1 and doc[end - 1].tag_ in NON_FINAL_TAGS:
        end -= 1
    return end


def candidates_of(context: RoleContext, selected: Sequence[bool]) -> list[list[Candidate]]:
    """Returns the candidates of each speaker, parallel to the speakers; none for speakers that are not selected."""
    tagged = tagged_roles(context)
    return [
        with_tags(context, number, constructed_candidates(context, speaker), tagged[number]) if is_selected else []
        for number, (speaker, is_selected) in enumerate(zip(context.speakers, selected, strict=True))
    ]


def constructed_candidates(context: RoleContext, speaker: FoundSpeaker) -> list[Candidate]:
    """Returns the descriptions that constructions find beside a speaker's mentions."""
    doc, own = context.doc, context.own(speaker)
    longest = max((mention.end - mention.start for mention in own if mention.form == "name"), default=0)
    found: dict[tuple[int, int], Candidate] = {}
    for position, mention in enumerate(own):
        adjacent = list(descriptions(doc, mention, speaker))
        adjacent += ((pattern, trimmed(doc, stretch), stretch) for pattern, stretch in context.labels.get(mention.start, ()))
        tag = next((doc.text[start:end] for pattern, (start, end), _ in adjacent if pattern == "tag"), None)
        full = mention.form == "name" and mention.end - mention.start == longest > 1
        for pattern, chars, tokens in adjacent:
            candidate = Candidate(
                role_of(doc, chars, tokens, pattern, tag),
                tokens,
                words=1 if tokens is None else words_of(doc, tokens),
                full_name=full,
                first=position == 0,
                standing=tokens is not None and ends_in_standing_noun(doc, tokens),
                quoted=mention.quote is not None and mention.quote < len(context.quotes),
            )
            if chars not in found or (candidate.full_name, candidate.first) > (found[chars].full_name, found[chars].first):
                found[chars] = candidate
    return list(found.values())


def tagged_roles(context: RoleContext) -> list[list[tuple[TaggedRole, float]]]:
    """Returns, for each speaker, the tagged roles that the encoder points to one of their mentions, with the probability of each."""
    found: list[list[tuple[TaggedRole, float]]] = [[] for _ in context.speakers]
    if context.described is None:
        return found
    holders = {number: n for n, speaker in enumerate(context.speakers) for number in speaker.mentions}
    order = sorted(holders, key=lambda number: context.mentions[number].start - context.mentions[number].end)
    speaker_at = {i: holders[number] for number in order for i in range(context.mentions[number].start, context.mentions[number].end)}
    for role in context.described.roles:
        probabilities = sum_by_key((speaker_at[token], probability) for token, probability in role.holders.items() if token in speaker_at)
        for speaker, probability in probabilities.items():
            if probability >= MIN_HOLDER_PROBABILITY:
                found[speaker].append((role, probability))
    return found


def with_tags(context: RoleContext, number: int, found: Sequence[Candidate], tagged: Sequence[tuple[TaggedRole, float]]) -> list[Candidate]:
    """Merges the candidates of speaker `number` from constructions with those that the encoder tags, and adds the encoder's evidence."""
    if context.described is None:
        return list(found)
    doc = context.doc
    tagged_spans = {trimmed(doc, (role.start, role.end)): (role, TagEvidence(probability, role.best)) for role, probability in tagged}
    candidates = {candidate.role.chars: candidate for candidate in found}
    for chars, (role, evidence) in tagged_spans.items():
        if chars[0] >= chars[1]:
            continue
        stretch = role.start, role.end
        new = Candidate(found_role(doc, role, context.own(context.speakers[number])), stretch, built=False, words=words_of(doc, stretch))
        candidates[chars] = replace(candidates.get(chars, new), tagged=evidence)
    return [
        candidate
        if candidate.tokens is None
        else replace(
            candidate,
            near=context.near(candidate.tokens),
            belief=float(np.mean(context.described.beliefs[slice(*candidate.tokens)])),
            others=context.is_held_by_others(number, candidate.tokens),
        )
        for candidate in candidates.values()
    ]


def words_of(doc: Doc, stretch: Stretch) -> int:
    """Counts the words of a description, without determiners."""
    return sum(token.is_alpha and token.lower_ not in DETERMINERS for token in doc[stretch[0] : stretch[1]])


def found_role(doc: Doc, role: TaggedRole, own: Sequence[Mention]) -> FoundRole:
    """Returns a tagged role with its parts; `own` are the mentions of its holder."""
    stretch = role.start, role.end
    found = role_of(doc, trimmed(doc, stretch), stretch, pattern_of(doc, role, own), None)
    return replace(found, status=role.status) if found.status == "current" else found


def role_of(doc: Doc, chars: tuple[int, int], tokens: Stretch | None, pattern: Pattern, tag: str | None) -> FoundRole:
    """Returns a description with its parts; the party tag after the name supplies the party and constituency that the description lacks."""
    parts = RoleParts() if tokens is None else parts_of(doc, *tokens)
    party, constituency = party_of_tag(tag) if tag and pattern in {"tag", "title"} else (None, None)
    return FoundRole(
        chars=chars,
        title=parts.title,
        organization=parts.organization,
        status="former" if parts.status == "current" and tokens is not None and is_past(doc, tokens[0]) else parts.status,
        party=parts.party or party,
        constituency=parts.constituency or constituency,
        pattern=pattern,
    )


def is_past(doc: Doc, start: int) -> bool:
    """Whether the clause of the predicate that begins at token `start` puts it in the past: Two months ago Roe was [a clerk]."""
    copula = next((token for token in doc[max(0, start - 2) : start] if token.lower_ in {"was", "were"}), None)
    return copula is not None and any(token.lower_ in PAST_ADVERBS for token in copula.sent)
