"""Record linkage: joins the speaker mentions ("sightings") of all articles into voices, block by block.

Sightings whose names cannot belong to one speaker have different blocking keys (`blocking_key`). `join_block` is a pure function of a
block, so a cluster can join each block on another machine after one shuffle. The order of the sightings does not matter.

Persons are joined by full name. All spellings of the same words are one name, whose bearers `bearers` tells apart. Names that differ in a
middle name, a nickname or a typo are joined if the name is rare or evidence supports it, initials only if evidence supports it, and both
only if nobody else can be meant. A single word (Roe) is never joined across articles: if its article has the full name, the engine has
found it. Organizations are joined by the same words, those that many places have (the Health Department) only with further evidence;
acronyms are not joined with the names they may stand for. Unnamed speakers, groups and documents are never joined.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from quoteapi.audit.bearers import LISTED, RARITIES, SUPPORTS, Party, Rarity, conflict, parts, party_of, settle, support, whole
from quoteapi.audit.facts import facts_of
from quoteapi.audit.naming import (
    NameClass,
    blocking_word,
    class_of,
    difference,
    is_generic,
    organization_letters,
    person_of,
    rarity_of,
    roots,
)
from quoteapi.audit.structs import VOICED, Doubt, Joined, Reason, Sighting, Voice, VoiceRole
from quoteapi.speakers.organization_names import organization_keys
from quoteapi.speakers.person_names import clean, folded

MOST_COMPARED = 400
"""Maximum number of bearers with one first letter in a block that are compared for variants."""
_ASKED: dict[tuple[str, Rarity], str] = {
    ("initials", "rare"): "strong",
    ("initials", "ordinary"): "strong",
    ("initials", "common"): "strong",
    ("variant", "rare"): "none",
    ("variant", "ordinary"): "medium",
    ("variant", "common"): "strong",
    ("suffix", "rare"): "certain",
    ("suffix", "ordinary"): "certain",
    ("suffix", "common"): "certain",
}
"""The least support that joins two names, by how they differ and how common they are."""


class Open(Struct, frozen=True):
    """A join that was not made, with the positions of its sightings."""

    position: int
    other: int
    reason: Reason
    detail: str
    articles: int = 1


def blocking_key(sighting: Sighting) -> str:
    """Returns the key that all sightings of a voice share: no voice has sightings from two blocks."""
    if sighting.type == "person" and (name := person_of(sighting.name)) is not None:
        return f"person:{blocking_word(name.family)}"
    if sighting.type == "organization" and organization_keys(sighting.name):
        return f"organization:{organization_letters(sighting.name)}"
    return f"{sighting.type}:{sighting.article}/{sighting.speaker}"


def known_names(sightings: Iterable[Sighting]) -> dict[str, str]:
    """Returns the most frequent name of each URI in the list of people, which puts all of its sightings into one block."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in sightings:
        if one.same_as is not None:
            counts[one.same_as][one.name] += 1
    return {uri: min(names, key=lambda name: (-names[name], name)) for uri, names in counts.items()}


def join(sightings: Iterable[Sighting]) -> Joined:
    """Joins all sightings into voices, sorted by key; also returns the joins that were not made."""
    sightings = list(sightings)
    named = known_names(sightings)
    blocks: defaultdict[str, list[Sighting]] = defaultdict(list)
    for one in sightings:
        known = named.get(one.same_as or "")
        blocks[blocking_key(one if known is None else _called(one, known))].append(one)
    joined = [join_block(block, named) for _, block in sorted(blocks.items())]
    voices = sorted((voice for one in joined for voice in one.voices), key=lambda voice: voice.key)
    return Joined(tuple(voices), tuple(doubt for one in joined for doubt in one.doubts))


def join_block(sightings: Sequence[Sighting], named: Mapping[str, str]) -> Joined:
    """Joins the sightings of a block into voices.

    Args:
        sightings: All sightings with the block's key, in any order.
        named: The result of `known_names` for the sightings of all blocks.
    """
    ordered = sorted(sightings, key=lambda one: one.order)
    kind = ordered[0].type
    if kind == "person":
        groups, doubts = _persons(ordered, named)
    elif kind == "organization":
        groups, doubts = _organizations(ordered, named)
    else:
        groups, doubts = [(i,) for i in range(len(ordered))], []
    voices = _voices(ordered, groups)
    voice_of = {i: voice for voice, group in zip(voices, groups, strict=True) for i in group}
    listed = [
        Doubt(voice_of[one.position].key, voice_of[one.other].key, *_names(ordered, one), one.reason, one.detail, one.articles)
        for one in doubts
        if voice_of[one.position] is not voice_of[one.other]
    ]
    return Joined(tuple(voices), tuple(sorted(listed, key=lambda doubt: (doubt.voice, doubt.other, doubt.reason))))


def _names(ordered: Sequence[Sighting], doubt: Open) -> tuple[str, str]:
    return ordered[doubt.position].name, ordered[doubt.other].name


def _called(sighting: Sighting, name: str) -> Sighting:
    """Returns a sighting under another name, for its blocking key."""
    return Sighting(sighting.article, sighting.speaker, sighting.type, name)


class _Bearer(Struct, frozen=True):
    """A candidate person with the class and rarity of the name."""

    party: Party
    name: NameClass
    rarity: Rarity


def _persons(ordered: Sequence[Sighting], named: Mapping[str, str]) -> tuple[list[tuple[int, ...]], list[Open]]:
    """Returns the positions of each person's sightings, and the joins that were not made."""
    spelt: defaultdict[tuple[str, str], list[tuple[NameClass, int]]] = defaultdict(list)
    short: defaultdict[str, list[int]] = defaultdict(list)
    groups: list[tuple[int, ...]] = []
    for i, one in enumerate(ordered):
        called = person_of(named.get(one.same_as or "", one.name))
        if called is None:
            groups.append((i,))
        elif len(called.keys) > 1 or one.same_as is not None:
            full = class_of(called)
            spelt[full.written, full.suffix].append((full, i))
        else:
            short[called.family].append(i)
    classes = {min(name for name, _ in same): [i for _, i in same] for same in spelt.values()}
    givens = _givens(classes)
    bearers: list[_Bearer] = []
    doubts: list[Open] = []
    for name, positions in sorted(classes.items()):
        rarity = rarity_of(name, givens[name.family])
        settled = settle([_party(i, ordered[i], name.keys) for i in positions], rarity)
        bearers += [_Bearer(party, name, rarity) for party in settled.parties]
        for i, j, kind, detail in settled.apart:
            if detail == LISTED:
                continue
            reason: Reason = "other_country_and_office" if kind == "hard" else "contradiction" if kind == "soft" else "common_name"
            if kind == "none" and rarity != "common":
                reason = "several_bearers"
            doubts.append(Open(settled.parties[j].members[0], settled.parties[i].members[0], reason, detail or "nothing in common"))
        groups += [(i,) for i in settled.floating]
        if settled.floating:
            doubts += _floating_doubts(settled.floating, settled.parties, rarity)
    merged, more = _variants(bearers)
    groups += [party.members for party in merged]
    doubts += more
    groups += [(i,) for positions in short.values() for i in positions]
    for family, positions in sorted(short.items()):
        doubts += _short_doubts(family, positions, merged, ordered)
    return groups, doubts


def _givens(names: Iterable[NameClass]) -> dict[str, int]:
    """Counts the first names of each family name in the block."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        found[name.family].add(name.keys[0])
    return {family: len(firsts) for family, firsts in found.items()}


def _party(position: int, sighting: Sighting, own: Sequence[str]) -> Party:
    party = party_of(position, sighting, facts_of(sighting.roles, name=(*own, *map(folded, sighting.name.split()))))
    if own and party.company:  # neither the speaker nor relatives are company
        return replace(party, company=frozenset(name for name in party.company if name.rpartition(" ")[2] != own[-1]))
    return party


def _floating_doubts(floating: Sequence[int], parties: Sequence[Party], rarity: Rarity) -> Iterator[Open]:
    """Yields doubts about sightings without a role: one for each bearer of the name, or one among themselves if there is none."""
    reason: Reason = "common_name" if rarity == "common" and len(parties) < 2 else "several_bearers"  # noqa: PLR2004  one bearer is not several
    others = [party.members[0] for party in parties] or [floating[0]]
    first = floating[0] if parties else floating[-1]
    for other in others:
        yield Open(first, other, reason, "no role", len(floating))


def _short_doubts(family: str, positions: Sequence[int], people: Sequence[Party], ordered: Sequence[Sighting]) -> Iterator[Open]:
    """Yields doubts about a single word, which may be anybody with that family name; the five with the most articles."""
    bearing = [party for party in people if (name := person_of(ordered[party.members[0]].name)) and name.family == family]
    for party in sorted(bearing, key=lambda party: (-len(party.members), party.members))[:5]:
        yield Open(positions[0], party.members[0], "short_name", "one word", len(positions))


def _variants(bearers: Sequence[_Bearer]) -> tuple[list[Party], list[Open]]:
    """Joins bearers of different names that may be one person's if the evidence suffices and nobody else can be meant."""
    edges: dict[tuple[int, int], bool] = {}
    details: dict[tuple[int, int], str] = {}
    for i, j in _near(bearers):
        one, other = bearers[i], bearers[j]
        kind = difference(one.name, other.name)
        if kind is None:
            continue
        rarity = max(one.rarity, other.rarity, key=RARITIES.index)
        found, told = support(one.party, other.party)
        against, why = conflict(one.party, other.party)
        certain = found == "certain" and why != LISTED
        enough = SUPPORTS.index(found) >= SUPPORTS.index(_ASKED[kind, rarity])
        edges[i, j] = certain or (enough and not parts(against, rarity))
        details[i, j] = f"{kind}; {why or told or 'nothing else is known'}"
    graph: defaultdict[int, set[int]] = defaultdict(set)
    for (i, j), made in edges.items():
        if made:
            graph[i].add(j)
            graph[j].add(i)
    merged: list[Party] = []
    seen: set[int] = set()
    joined: set[tuple[int, int]] = set()
    for i in range(len(bearers)):
        if i in seen:
            continue
        cluster = _reached(graph, i)
        seen |= cluster
        if len(cluster) > 1 and all(edges.get(pair) or _is_mediated(bearers, pair, graph) for pair in combinations(sorted(cluster), 2)):
            merged.append(whole([bearers[k].party for k in sorted(cluster)]))
            joined |= set(combinations(sorted(cluster), 2))
        else:
            merged += [bearers[k].party for k in sorted(cluster)]
    doubts = [
        Open(bearers[j].party.members[0], bearers[i].party.members[0], "several_bearers" if made else "name_differs", details[i, j])
        for (i, j), made in sorted(edges.items())
        if (i, j) not in joined
    ]
    return merged, doubts


def _is_mediated(bearers: Sequence[_Bearer], pair: tuple[int, int], graph: Mapping[int, set[int]]) -> bool:
    """Whether two in a cluster may be one person through a third name (Bill Hart and William A. Hart through William Hart)."""
    one, other = (bearers[i] for i in pair)
    rarity = max(one.rarity, other.rarity, key=RARITIES.index)
    between = graph[pair[0]] & graph[pair[1]]
    same = one.name == other.name or difference(one.name, other.name) is not None
    return bool(between) and one.name != other.name and same and not parts(conflict(one.party, other.party)[0], rarity)


def _near(bearers: Sequence[_Bearer]) -> Iterator[tuple[int, int]]:
    """Yields pairs of bearers with different names whose first names share a lookup key (`roots`)."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, bearer in enumerate(bearers):
        for root in roots(bearer.name):
            found[root].append(i)
    pairs = {
        pair
        for positions in found.values()
        for pair in combinations(positions[:MOST_COMPARED], 2)
        if bearers[pair[0]].name != bearers[pair[1]].name
    }
    yield from sorted(pairs)


def _reached(graph: Mapping[int, set[int]], start: int) -> set[int]:
    found, left = {start}, [start]
    while left:
        for other in graph.get(left.pop(), ()):
            if other not in found:
                found.add(other)
                left.append(other)
    return found


def _organizations(ordered: Sequence[Sighting], named: Mapping[str, str]) -> tuple[list[tuple[int, ...]], list[Open]]:
    """Returns the positions of each organization's sightings, and the joins that were not made."""
    classes: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, one in enumerate(ordered):
        classes[organization_keys(named.get(one.same_as or "", one.name))].append(i)
    groups: list[tuple[int, ...]] = []
    doubts: list[Open] = []
    firsts: list[tuple[tuple[str, ...], int]] = []
    for keys, positions in sorted(classes.items()):
        generic = is_generic(keys)
        rarity: Rarity = "common" if generic else "ordinary"
        seen = [_party(i, ordered[i], ()) for i in positions]
        if generic:
            seen = [replace(party, outlets=frozenset(filter(None, [ordered[party.members[0]].outlet]))) for party in seen]
        settled = settle(seen, rarity)
        groups += [party.members for party in settled.parties] + [(i,) for i in settled.floating]
        entities = [party.members[0] for party in settled.parties] + list(settled.floating)
        firsts.append((keys, entities[0]))
        if len(entities) > 1:
            reason: Reason = "generic_name" if generic else "contradiction"
            doubts.append(Open(entities[1], entities[0], reason, "many places have one" if generic else "country", len(entities) - 1))
    acronyms = [first for first in firsts if len(first[0]) == 1]
    names = [first for first in firsts if len(first[0]) > 1]
    doubts += [Open(short, long, "acronym", "letters", len(classes[keys])) for keys, short in acronyms for _, long in names]
    return groups, doubts


def _voices(ordered: Sequence[Sighting], groups: Sequence[tuple[int, ...]]) -> list[Voice]:
    """Builds the voices of groups of sightings, in the order of the groups.

    The key of the first bearer of a name is the name alone, so that another archive gives the same key; the keys of later namesakes add a
    hash of their first sighting.
    """
    taken: set[str] = set()
    keys: dict[tuple[int, ...], str] = {}
    for group in sorted(groups):
        first = ordered[group[0]]
        base = f"{first.type}/{_slug(_display(ordered, group))}"
        anchor = blake2b(f"{first.article}\n{first.speaker}".encode(), digest_size=5).hexdigest()
        alone = first.type not in VOICED or _is_short(first)
        keys[group] = f"{base}~{anchor}" if alone or base in taken else base
        if not alone:
            taken.add(base)
    return [_voice(ordered, group, keys[group]) for group in groups]


def _is_short(sighting: Sighting) -> bool:
    """Whether a person's name is a single word and not in the list of people: these are never joined."""
    name = person_of(sighting.name) if sighting.type == "person" else None
    return name is not None and len(name.keys) == 1 and sighting.same_as is None


def _display(ordered: Sequence[Sighting], group: Sequence[int]) -> str:
    """Returns the name that most articles use; among equals one not in capitals, then the one with the most words."""
    counts = Counter(clean(ordered[i].name) for i in group)
    return min(counts, key=lambda name: (-counts[name], name.isupper(), -len(name.split()), name))


def _slug(name: str) -> str:
    """Returns a name as part of a key."""
    return "-".join(filter(None, map(folded, name.split()))) or "?"


def _voice(ordered: Sequence[Sighting], group: Sequence[int], key: str) -> Voice:
    seen = [ordered[i] for i in group]
    forms = Counter(form for one in seen for form in dict.fromkeys((clean(one.name), *one.forms)))
    pronouns = Counter(one.pronoun for one in seen if one.pronoun is not None)
    ranked = pronouns.most_common(2)
    clear = ranked and (len(ranked) == 1 or ranked[0][1] > _CLEARLY * ranked[1][1])
    uris = sorted({one.same_as for one in seen if one.same_as is not None})
    return Voice(
        key,
        _display(ordered, group),
        seen[0].type,
        uris[0] if uris else None,
        ranked[0][0] if clear else None,
        tuple(sorted(forms, key=lambda form: (-forms[form], form))),
        tuple(_roles(seen)),
        tuple((one.article, one.speaker) for one in seen),
    )


_CLEARLY = 9
"""If a voice has two pronouns, one counts only if used more than this many times as often as the other."""


def _roles(seen: Sequence[Sighting]) -> list[VoiceRole]:
    """Returns the roles by the date of their first article; differences in capitalization do not count."""
    found: defaultdict[tuple[str, str], list[tuple[str, str | None, str]]] = defaultdict(list)
    for one in seen:
        for role in dict.fromkeys(one.roles):
            text, key = _shown(role.text)
            found[key, role.status].append((text, one.date, one.article))
    roles = []
    for (_, status), told in found.items():
        texts = Counter(text for text, _, _ in told)
        dates = sorted(date for _, date, _ in told if date is not None)
        text = min(texts, key=lambda text: (-texts[text], text))
        count = len({article for _, _, article in told})
        roles.append(VoiceRole(text, status, dates[0] if dates else None, dates[-1] if dates else None, count))
    return sorted(roles, key=lambda role: (role.first or "~", -role.articles, role.text, role.status))


@lru_cache(maxsize=1 << 16)
def _shown(text: str) -> tuple[str, str]:
    """Returns a role without its article, and its folded form for comparison."""
    words = text.replace("\u00ad", "").split()
    kept = words[1:] if len(words) > 1 and words[0].lower() in {"the", "a", "an"} else words
    return " ".join(kept), " ".join(map(folded, kept))
