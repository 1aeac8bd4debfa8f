"""Finding roles: every mention of a speaker is looked at for what stands beside it, and the best description is chosen."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch, appositions_after, party_tag
from quoteapi.constructions.beside import Pattern, behind_asides, beside_name
from quoteapi.constructions.clauses import coordinated_role, inverse_role, main_role
from quoteapi.constructions.nouns import is_organization_word, is_role_word, singulars
from quoteapi.constructions.phrases import Phrase, role_phrase
from quoteapi.constructions.predicates import that_clause_end
from quoteapi.constructions.preposed import apposition_before
from quoteapi.constructions.titles import kind_before, run_start
from quoteapi.constructions.words import DETERMINERS, POSSESSIVES, bare, is_possessive_mark, word_class
from quoteapi.encoder import Descriptions, TaggedRole
from quoteapi.findings import FoundQuote, FoundRole, FoundSpeaker, Mention, SpeakerRoles
from quoteapi.knowledge import entries
from quoteapi.roles.choice import Described, best_role, worth
from quoteapi.roles.labels import label_roles
from quoteapi.roles.parties import of_tag
from quoteapi.roles.parts import Parts, parts_of
from quoteapi.roles.patterns import pattern_of

PAIRS = {"”": "“", '"': '"', ")": "(", "]": "[", "»": "«", "’": "‘"}
LEAST_BORNE = 0.4
"""The probability that a tagged role is a speaker's, below which nobody gets it."""
PAST = frozenset({"ago", "until", "formerly", "previously"})
"""Words that say that something was so, and is no longer."""
EDGES = ' \t\r\n\u00a0,;:()[]“”"«»–—―'


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
        described: What the encoder says of roles.
        among: Positions of mentions: who has none of them is given no roles; everybody is looked at where None.
    """
    full = fullest_names(doc, mentions, speakers)
    labels = label_roles(doc, quotes)
    members = {mention for speaker in speakers for mention in speaker.members}
    wanted = [among is None or not (among | members).isdisjoint(speaker.mentions) for speaker in speakers]
    found = [
        in_full(roles_of(doc, quotes, mentions, speaker, labels), full) if asked else SpeakerRoles()
        for speaker, asked in zip(speakers, wanted, strict=True)
    ]
    bearers = {mention: number for number, speaker in enumerate(speakers) for mention in speaker.mentions}
    if described is not None:
        lacking = {n for n, roles in enumerate(found) if roles.best is None and wanted[n]}
        for n, role in tagged_roles(doc, described, mentions, bearers).items():
            if n in lacking:
                told = found_role(doc, role, [mentions[i] for i in speakers[n].mentions])
                found[n] = SpeakerRoles(told, (told,))
    return [shared_roles(speaker, bearers, found) or roles for speaker, roles in zip(speakers, found, strict=True)]


def tagged_roles(doc: Doc, described: Descriptions, mentions: Sequence[Mention], bearers: Mapping[int, int]) -> dict[int, TaggedRole]:
    """For each speaker (its position) the role that the encoder tags, points at it for, and takes to say most."""
    order = sorted(bearers, key=lambda number: mentions[number].start - mentions[number].end)
    holders = {i: bearers[number] for number in order for i in range(mentions[number].start, mentions[number].end)}
    found: dict[int, TaggedRole] = {}
    for role in described.roles:
        masses: dict[int, float] = {}
        for token, mass in role.bearers.items():
            if token in holders:
                masses[holders[token]] = masses.get(holders[token], 0.0) + mass
        speaker = max(masses, key=masses.__getitem__, default=None)
        chars = trimmed(doc, (role.start, role.end))
        if speaker is None or masses[speaker] < LEAST_BORNE or chars[0] >= chars[1]:
            continue
        if speaker not in found or role.best > found[speaker].best:
            found[speaker] = role
    return found


def found_role(doc: Doc, role: TaggedRole, own: Sequence[Mention]) -> FoundRole:
    """A tagged role with its parts; `own` are its bearer's mentions."""
    stretch = role.start, role.end
    told = role_of(doc, trimmed(doc, stretch), stretch, pattern_of(doc, role, own), None)
    return replace(told, status=role.status) if told.status == "current" else told


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


def roles_of(
    doc: Doc,
    quotes: list[FoundQuote],
    mentions: list[Mention],
    speaker: FoundSpeaker,
    labels: Mapping[int, Sequence[tuple[Pattern, Stretch]]],
) -> SpeakerRoles:
    """One speaker's roles; `labels` are those that `label_roles` gives."""
    own = [mentions[i] for i in speaker.mentions]
    longest = max((mention.end - mention.start for mention in own if mention.form == "name"), default=0)
    found: dict[tuple[int, int], Described] = {}
    for position, mention in enumerate(own):
        full = mention.form == "name" and mention.end - mention.start == longest > 1
        beside = list(descriptions(doc, mention, speaker))
        beside += ((pattern, trimmed(doc, stretch), stretch) for pattern, stretch in labels.get(mention.start, ()))
        tag = next((doc.text[start:end] for pattern, (start, end), _ in beside if pattern == "tag"), None)
        for pattern, chars, tokens in beside:
            described = Described(
                role=role_of(doc, chars, tokens, pattern, tag),
                words=sum(token.is_alpha and token.lower_ not in DETERMINERS for token in doc[tokens[0] : tokens[1]]) if tokens else 1,
                pattern=pattern,
                full_name=full,
                first=position == 0,
                standing=tokens is not None and tells_standing(doc, tokens),
                quoted=mention.quote is not None and mention.quote < len(quotes),
            )
            if chars not in found or worth(described) > worth(found[chars]):
                found[chars] = described
    best = best_role(list(found.values()))
    return SpeakerRoles(best=best, all=tuple(each_once([found[chars].role for chars in sorted(found)], best=best)))


def role_of(doc: Doc, chars: tuple[int, int], tokens: Stretch | None, pattern: Pattern, tag: str | None) -> FoundRole:
    """A description with its parts; the tag behind the name tells party and constituency where the description does not."""
    parts = Parts() if tokens is None else parts_of(doc, *tokens)
    party, constituency = of_tag(tag) if tag and pattern in {"tag", "title"} else (None, None)
    return FoundRole(
        chars=chars,
        title=parts.title,
        organization=parts.organization,
        status="former" if parts.status == "current" and tokens is not None and is_over(doc, tokens[0]) else parts.status,
        party=parts.party or party,
        constituency=parts.constituency or constituency,
        pattern=pattern,
    )


def is_over(doc: Doc, start: int) -> bool:
    """Whether the clause of a predicate that begins at token `start` says that it is over: Two months ago Roe was [a clerk]."""
    copula = next((token for token in doc[max(0, start - 2) : start] if token.lower_ in {"was", "were"}), None)
    return copula is not None and any(token.lower_ in PAST for token in copula.sent)


def each_once(roles: Sequence[FoundRole], *, best: FoundRole | None) -> Iterator[FoundRole]:
    """The roles without those that only repeat a part of a longer one (the [harbour master]); the best one always stays."""
    for role in roles:
        start, end = role.chars
        if role == best or not any(other != role and other.chars[0] <= start and end <= other.chars[1] for other in roles):
            yield role


def tells_standing(doc: Doc, stretch: Stretch) -> bool:
    """Whether a description ends in a noun for a party or a fortune: a lifelong Republican, but not the top Republican on the panel."""
    return any(form in entries("standing_nouns") for form in singulars(bare(doc[stretch[1] - 1])))


def descriptions(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> Iterator[tuple[Pattern, tuple[int, int], Stretch | None]]:
    """What stands beside one mention: where it was found, its code points and its tokens (None for a party's tag)."""
    for pattern, whole in stretches(doc, mention, speaker):
        stretch = without_owner(doc, whole)
        chars = trimmed(doc, stretch)
        worded = any(token.is_alpha or token.text[:1].isalpha() for token in doc[stretch[0] : stretch[1]])
        if worded and chars[0] < chars[1] and not names_itself(doc, stretch, speaker):
            yield pattern, chars, stretch
    if mention.form == "name" and speaker.type == "person":
        tag = party_tag(doc, mention.end)
        if tag is not None:
            yield "tag", tag, None


def names_itself(doc: Doc, stretch: Stretch, speaker: FoundSpeaker) -> bool:
    """Whether a description of a person has their own family name in it, and so is somebody else's (Roe's running mate)."""
    family = speaker.name.rpartition(" ")[2]
    own = (token for token in doc[stretch[0] : stretch[1]] if token.text == family)
    return speaker.type == "person" and any(token.ent_type_ in {"PERSON", ""} for token in own)


def stretches(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> Iterator[tuple[Pattern, Stretch]]:
    """The token stretches that describe the speaker beside one mention."""
    plural = speaker.type == "group"
    named = is_named(doc, mention, speaker)
    start, end = name_start(doc, mention, speaker.name) if named else mention.start, mention.end
    if named and speaker.type == "organization":
        kind = kind_before(doc, start)
        if kind is not None:
            yield "kind", kind
        yield from (("apposition", stretch) for stretch in descriptions_of_body(doc, end))
        before = apposition_before(doc, start, end, is_organization_word)
        if before is not None and doc[before[0]].lower_ in DETERMINERS:
            yield "preposed", before
        return
    if named:
        yield from beside_name(doc, start, end, plural=plural)
        inverse = inverse_role(doc, start)
        if inverse is not None:
            yield "predicate", inverse
        end = behind_asides(doc, start, end)
    elif mention.form == "noun":
        own = own_phrase(doc, mention)
        alone = own is not None and speaker.type == "organization" and own[1] - own[0] == 1
        if own is not None and not alone and not is_body(doc, mention, speaker):
            yield "phrase", own
            end = max(end, own[1])
    clause = main_role(doc, start, end, plural=plural, person=speaker.type == "person")
    if clause is None:
        clause = coordinated_role(doc, mention.head, plural=plural)
    if clause is not None:
        yield "predicate", clause


def is_body(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> bool:
    """Whether a noun for a body is all that a body is called: the manufacturer, who has no role besides."""
    return (
        speaker.type == "organization" and is_organization_word(doc, mention.head) and doc[mention.start : mention.end].text == speaker.name
    )


def is_named(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> bool:
    """Whether a mention names the speaker: a name, or a phrase that is the name behind an article (the Centers for Disease Control)."""
    if mention.form == "name":
        return True
    return speaker.type in {"person", "organization"} and doc[mention.start : mention.end].text.removeprefix("the ") == speaker.name


def name_start(doc: Doc, mention: Mention, name: str) -> int:
    """Where a name begins behind a title that was taken for part of it (United Nations Secretary-General Jane Roe, State Jane Roe)."""
    first = name.partition(" ")[0]
    for i in range(mention.start + 1, mention.end):
        if doc[i].text == first and doc[i : mention.end].text == name:
            return i
    for i in range(mention.end - 2, mention.start if mention.type == "person" else mention.end, -1):
        if is_role_word(doc, i):
            return i + 1
    return mention.start


def descriptions_of_body(doc: Doc, end: int) -> Iterator[Stretch]:
    """Appositions with an article after an organization's name: Dove, a relief agency; Acme, the body that licenses ferries.

    A noun for a kind of body alone (Acme, the company) says nothing of it.
    """
    for is_head in (is_organization_word, is_role_word):
        for first, last in appositions_after(doc, end, is_head, plural=False).found:
            if is_head is is_organization_word and last - first == len(("the", "body")):
                whole = that_clause_end(doc, last)
                if whole is not None:
                    yield first, whole
            elif doc[first].lower_ in DETERMINERS or is_head is is_role_word:
                yield first, last


def own_phrase(doc: Doc, mention: Mention) -> Stretch | None:
    """The role that a noun phrase gives by itself, without its determiner: the Brazilian defence minister."""
    if mention.end < len(doc) and is_possessive_mark(doc[mention.end]) and mention.end == mention.head + 1:
        return bare_phrase(doc, mention.start, mention.end) if is_role_word(doc, mention.head) else None
    described = role_phrase(doc, min(mention.start, run_start(doc, mention.start + 1)))
    if described is None or doc[mention.start].lower_ == "both" or described.head < mention.head or is_casual(doc, described):
        return None
    own = bare_phrase(doc, described.bare, described.end)
    party = own is not None and own[1] - own[0] == 1 and described.plural and doc[own[0]].is_title and tells_standing(doc, own)
    return None if party else own


def bare_phrase(doc: Doc, start: int, end: int) -> Stretch | None:
    """A phrase without the determiners and possessive pronouns in front; None where nothing is left."""
    while start < end and (doc[start].lower_ in DETERMINERS or doc[start].lower_ in POSSESSIVES):
        start += 1
    return (start, end) if start < end else None


def is_casual(doc: Doc, described: Phrase) -> bool:
    """Whether a noun says what somebody happens to be in the story: a driver, French tourists; not a bus driver, critics of the plan."""
    head = described.head
    if not any(form in entries("nonrole_nouns") for form in singulars(bare(doc[head]))):
        return False
    compound = described.bare < head and word_class(doc[head - 1]) in {"NOUN", "PROPN"}
    return not compound and not (described.end > head + 1 and doc[head + 1].lower_ in {"of", "for", "at"})


def without_owner(doc: Doc, stretch: Stretch) -> Stretch:
    """The stretch without a possessive pronoun or “fellow” in front, which lead away from the role: his longtime lawyer."""
    start, end = stretch
    while start < end - 1 and (doc[start].lower_ in POSSESSIVES or doc[start].lower_ == "fellow"):
        start += 1
    return start, end


def trimmed(doc: Doc, stretch: Stretch) -> tuple[int, int]:
    """Code points of a token stretch without white space or punctuation at its edges; marks around a work's title stay paired."""
    text = doc[stretch[0] : stretch[1]].text
    start, end = 0, len(text)
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES and not is_paired(text[start:end]):
        end -= 1
    offset = doc[stretch[0]].idx
    return offset + start, offset + end


def is_paired(text: str) -> bool:
    """Whether the text ends in a closing mark or bracket whose opening one it holds."""
    opening = PAIRS.get(text[-1])
    return opening is not None and opening in text[:-1] and (opening != text[-1] or text.count(opening) % 2 == 0)
