"""Bearers: who, of those that are called alike, may be one.

Two sightings are compared by what their roles tell. They **contradict** each other where both tell something of a kind and nothing of it
is the same: country, field of work, where an office is held, party, pronoun. People change jobs, so it counts only within the same years,
or where years are unknown; another country together with another office always counts. They **support** each other by a quote of many
words that both say, a body, an office in one country or seat, or others who speak beside them and hardly anywhere else; less by the same
role.

How much is asked for depends on how many people have the name. A **rare** one needs no support, and only another country together with
another office separates its bearers; an **ordinary** one needs none, but nothing may contradict; a **common** one needs support, or roles that say where and contradict nowhere. If
several people have a name, it is rare no more, and a sighting without a role goes to one of them only if nearly everything else under the
name is that person's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.audit.facts import Facts
from quoteapi.audit.structs import Pronoun, Sighting

Rarity: TypeAlias = Literal["rare", "ordinary", "common"]
Conflict: TypeAlias = Literal["none", "soft", "hard"]
Support: TypeAlias = Literal["none", "weak", "fair", "medium", "strong", "certain"]
SUPPORTS: tuple[Support, ...] = ("none", "weak", "fair", "medium", "strong", "certain")
SAME_TIME = 1
"""Years between two articles of one time."""
DOMINANT = 0.95
"""The share of the articles with a role under a name that one bearer has if articles without a role are given to it."""
DOMINANT_ARTICLES = 20
"""And in so many articles at least."""
COMPARED = 60
"""Parties of one name that are compared with each other; of more, the rest stay apart."""
LISTED = "list of people"
"""What is told of parties that the list of people knows."""
MOST_OTHERS = 5
"""Others of a name with whom a party is listed: those with most articles."""
_OFFICIAL = frozenset({"politics", "military", "law", "police"})
"""Fields in which a person serves one country."""


class Party(Struct, frozen=True):
    """Sightings that are of one person, as far as is known, and what they tell.

    Args:
        members: Positions of the sightings, rising.
        facts: What their roles tell.
        years: The first and the last year of those with roles; None where one has none.
        pronouns: That the articles use.
        shared: Quotes of many words that stand in several articles.
        company: Who else speaks there.
        same_as: URIs in the list of people.
        outlets: Where the articles were published; left empty where that tells nothing, as it does of people.
    """

    members: tuple[int, ...]
    facts: Facts
    years: tuple[int, int] | None = None
    pronouns: frozenset[Pronoun] = frozenset()
    shared: frozenset[int] = frozenset()
    company: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()


class Settled(Struct, frozen=True):
    """Who bears a name.

    Args:
        parties: Each a person.
        apart: Pairs of them, by their positions, that may be one and were not joined, and what was compared; hard ones first.
        floating: Sightings that may be any of several.
    """

    parties: tuple[Party, ...]
    apart: tuple[tuple[int, int, Conflict, str], ...] = ()
    floating: tuple[int, ...] = ()


def party_of(position: int, sighting: Sighting, facts: Facts) -> Party:
    """The party of one sighting."""
    year = int(sighting.date[:4]) if sighting.date else None
    return Party(
        (position,),
        facts,
        (year, year) if year is not None else None,
        frozenset([sighting.pronoun] if sighting.pronoun else []),
        sighting.shared,
        sighting.company,
        frozenset([sighting.same_as] if sighting.same_as else []),
    )


def conflict(one: Party, other: Party) -> tuple[Conflict, str]:
    """How much two parties contradict each other, and in what."""
    if one.same_as and other.same_as:
        return ("none", "") if one.same_as & other.same_as else ("hard", LISTED)
    kinds = list(_differences(one.facts, other.facts))
    offices = _office_differs(one.facts, other.facts)
    if "country" in kinds and offices:
        return "hard", "country, office"
    same_time = _same_time(one, other)
    found = [kind for kind in kinds if same_time]
    if one.pronouns and other.pronouns and not one.pronouns & other.pronouns and "they" not in one.pronouns | other.pronouns:
        found.append("pronoun")
    return ("soft", ", ".join(found)) if found else ("none", "")


def support(one: Party, other: Party) -> tuple[Support, str]:
    """How much tells that two parties are one, and what."""
    return next(_supports(one, other), ("none", ""))


def _supports(one: Party, other: Party) -> Iterator[tuple[Support, str]]:
    """What tells that two parties are one, the strongest first."""
    if one.same_as & other.same_as:
        yield "certain", LISTED
    if one.shared & other.shared:
        yield "certain", "the same quote"
    a, b = one.facts, other.facts
    if bodies := a.bodies & b.bodies:
        yield "strong", f"both: {', '.join(sorted(bodies))}"
    if a.heads & b.heads and (a.countries & b.countries or a.seats & b.seats):
        yield "strong", "the same office"
    if one.company & other.company:
        yield "strong", "the same others speak"
    if a.texts & b.texts:
        yield "medium", "the same role"
    if a.heads & b.heads:
        yield "fair", "the same job"
    if a.fields & b.fields:
        yield "weak", "the same field"


def parts(found: Conflict, rarity: Rarity) -> bool:
    """Whether a contradiction keeps bearers of a name apart."""
    return found == "hard" or (found == "soft" and rarity != "rare")


def settle(parties: Iterable[Party], rarity: Rarity) -> Settled:
    """Who bears one name, given what is seen of its bearers; the same whatever their order."""
    told = [party for party in parties if party.facts.tells or party.same_as]
    silent = [party for party in parties if not (party.facts.tells or party.same_as)]
    found = _supported(sorted(told, key=lambda party: party.members), rarity)
    found.sort(key=_by_size)
    demands = rarity == "common" and len(found) + len(silent) > 1
    if not demands and not _conflicts(found, rarity):
        return _by_pronoun([*found, *silent], rarity)
    placed = [party for party in found if party.facts.countries or party.facts.bodies or party.facts.seats or party.facts.parties]
    if demands and placed and not _conflicts(placed, rarity):
        found = [whole(placed), *(party for party in found if party not in placed)]
    found, left = _attached(found, sorted(silent, key=lambda party: party.members), rarity)
    found += [party for party in left if len(party.members) > 1]
    silent = [party for party in left if len(party.members) == 1]
    found.sort(key=_by_size)
    first, found, silent = _dominant(found, silent, rarity)
    if not demands:
        rarity = "ordinary"  # several people have the name: it is rare no more
        found = _only_fitting(found, _conflicts(found, rarity))
    found = sorted([*first, *found], key=_by_size)
    return Settled(tuple(found), tuple(_apart(found, rarity)), tuple(member for party in silent for member in party.members))


def _by_size(party: Party) -> tuple[int, tuple[int, ...]]:
    return -len(party.members), party.members


def _by_pronoun(parties: Sequence[Party], rarity: Rarity) -> Settled:
    """All as one, unless some are she and some he: then these are two, and the rest is nobody's or the one's who has nearly all."""
    told: dict[Pronoun, list[Party]] = {"she": [], "he": []}
    for party in parties:
        if len(party.pronouns) == 1 and (pronoun := next(iter(party.pronouns))) != "they":
            told[pronoun].append(party)
    few, most = sorted(told.values(), key=lambda group: sum(len(party.members) for party in group))
    if rarity == "rare" or not few:
        return Settled((whole(parties),) if parties else ())
    taken = {party.members for party in (*few, *most)}
    rest = [party for party in parties if party.members not in taken]
    fewer, larger = whole(few), whole(most)
    if _dominates(larger, len(larger.members) + len(fewer.members)):
        return Settled((whole([*most, *rest]), fewer), ((0, 1, "soft", "pronoun"),))
    floating = tuple(sorted(member for party in rest for member in party.members))
    return Settled((larger, fewer), ((0, 1, "soft", "pronoun"),), floating)


def _dominates(party: Party, total: int) -> bool:
    """Whether a party has nearly all of the articles under a name."""
    return len(party.members) >= max(DOMINANT_ARTICLES, DOMINANT * total)


def _differences(a: Facts, b: Facts) -> Iterator[str]:
    """In which kinds of facts two know something and share nothing."""
    for kind, ours, theirs in (
        ("country", a.countries, b.countries),
        ("field", a.fields, b.fields),
        ("party", a.parties, b.parties),
    ):
        if ours and theirs and not ours & theirs:
            yield kind
    if a.heads & b.heads and (_differ(a.seats, b.seats) or (_differ(a.bodies, b.bodies) and not _abbreviates(a.bodies, b.bodies))):
        yield "place of office"


def _differ(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs and not ours & theirs)


def _abbreviates(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a word of one side may be the acronym of the other side's words (DHS, Homeland Security)."""
    return any(_has_initials(word, rest) for words, rest in ((ours, theirs), (theirs, ours)) for word in words)


def _has_initials(acronym: str, words: frozenset[str]) -> bool:
    """Whether the letters of an acronym are the initials of all words but one at most, which has been left out as a general one."""
    initials = Counter(word[0] for word in words)
    return 2 <= len(words) <= len(acronym) <= len(words) + 1 and initials <= Counter(acronym)  # noqa: PLR2004  one initial is no acronym


def _office_differs(a: Facts, b: Facts) -> bool:
    """Whether two hold other offices, given that they are of other countries."""
    if not (a.heads and b.heads):
        return bool(a.fields and b.fields and not a.fields & b.fields)
    return not a.heads & b.heads or bool((a.fields | b.fields) & _OFFICIAL)


def _same_time(one: Party, other: Party) -> bool:
    if one.years is None or other.years is None:
        return True
    return max(one.years[0], other.years[0]) - min(one.years[1], other.years[1]) <= SAME_TIME


def whole(parties: Sequence[Party]) -> Party:
    """Parties as one; in one step, since a name may be in very many articles."""
    if len(parties) == 1:
        return parties[0]
    told = [party.years for party in parties if party.facts.tells]
    known = [years for years in told if years is not None]
    first = min((start for start, _ in known), default=0)
    last = max((end for _, end in known), default=0)
    distinct = {party.facts for party in parties}
    return Party(
        tuple(sorted(member for party in parties for member in party.members)),
        Facts(*(frozenset().union(*(getattr(facts, name) for facts in distinct)) for name in Facts.__struct_fields__)),
        (first, last) if told and len(known) == len(told) else None,
        frozenset().union(*(party.pronouns for party in parties)),
        frozenset().union(*(party.shared for party in parties)),
        frozenset().union(*(party.company for party in parties)),
        frozenset().union(*(party.same_as for party in parties)),
        frozenset().union(*(party.outlets for party in parties)),
    )


def _keys(party: Party, rarity: Rarity) -> Iterator[str]:
    """What is the same in parties that support each other: an index of it finds them without comparing all with all.

    That two people of a common name are both a police spokesman tells nothing.
    """
    yield from (f"same_as {one}" for one in party.same_as)
    yield from (f"shared {one}" for one in party.shared)
    facts = party.facts
    yield from (f"body {one}" for one in facts.bodies)
    yield from (f"office {head} {place}" for head in facts.heads for place in facts.countries | facts.seats)
    yield from (f"company {one}" for one in party.company)
    yield from (f"outlet {one}" for one in party.outlets)
    if rarity != "common":
        yield from (f"role {one}" for one in facts.texts)


def _is_beside(key: str) -> bool:
    """Whether a key supports without a role."""
    return key.startswith(("shared ", "company ", "outlet "))


def _supported(parties: Sequence[Party], rarity: Rarity) -> list[Party]:
    """Parties joined where one supports another and nothing contradicts; the same quote joins in spite of that."""
    groups: list[Party | None] = []
    index: dict[str, list[int]] = {}
    moved: list[int] = []

    def root(i: int) -> int:
        while moved[i] != i:
            moved[i] = moved[moved[i]]
            i = moved[i]
        return i

    for party in _merged(parties, rarity):
        here = len(groups)
        groups.append(party)
        moved.append(here)
        for key in sorted(_keys(party, rarity)):
            for other in dict.fromkeys(map(root, index.get(key, ())[:COMPARED])):
                mine = root(here)
                ours, theirs = groups[mine], groups[other]
                if other == mine or ours is None or theirs is None:
                    continue
                certain = key.startswith(("same_as ", "shared "))
                if (certain and conflict(ours, theirs)[1] != LISTED) or conflict(ours, theirs)[0] == "none":
                    groups[other], groups[mine] = whole([theirs, ours]), None
                    moved[mine] = other
            index.setdefault(key, []).append(root(here))
    return [group for group in groups if group is not None]


def _merged(parties: Iterable[Party], rarity: Rarity) -> list[Party]:
    """Parties of the very same facts, pronoun, year and entry in the list as one, so that a name in many articles costs little."""
    alike: dict[object, list[Party]] = {}
    for party in parties:
        specific = any(not _is_beside(key) for key in _keys(party, rarity))
        same = (party.facts, party.pronouns, party.same_as, party.years)
        alike.setdefault(same if specific else party.members, []).append(party)
    return sorted((whole(group) for group in alike.values()), key=lambda party: party.members)


def _attached(found: list[Party], silent: list[Party], rarity: Rarity) -> tuple[list[Party], list[Party]]:
    """The parties, with those without a role given to the one that they share a quote or company with, and those that are left."""
    index: dict[str, set[int]] = {}
    for i, party in enumerate(found):
        for key in _keys(party, rarity):
            if _is_beside(key):
                index.setdefault(key, set()).add(i)
    taken: dict[int, list[Party]] = {}
    left: list[Party] = []
    for party in silent:
        near = {i for key in _keys(party, rarity) for i in index.get(key, ())}
        fits = [i for i in near if conflict(found[i], party)[0] == "none"]
        if len(near) == len(fits) == 1:
            taken.setdefault(fits[0], []).append(party)
        else:
            left.append(party)
    return [whole([party, *taken.get(i, ())]) for i, party in enumerate(found)], _supported_silent(left, rarity)


def _supported_silent(parties: Sequence[Party], rarity: Rarity) -> list[Party]:
    """Those without a role, joined where they share a quote or company."""
    with_keys = [party for party in parties if party.shared or party.company or party.outlets]
    return [*_supported(with_keys, rarity), *(party for party in parties if not (party.shared or party.company or party.outlets))]


def _conflicts(found: Sequence[Party], rarity: Rarity) -> set[tuple[int, int]]:
    """The pairs that contradict each other; of very many parties, the largest are compared with all."""
    return {
        (i, j)
        for j, party in enumerate(found)
        for i, other in enumerate(found[: min(j, COMPARED)])
        if parts(conflict(other, party)[0], rarity)
    }


def _only_fitting(found: list[Party], blocking: set[tuple[int, int]]) -> list[Party]:
    """Parties joined with those that support them most, if these may be one; nobody gets into a party that contradicts another in it."""
    most = min(len(found), COMPARED)
    links: list[tuple[int, int, int]] = []
    for i in range(most):
        fits = [j for j in range(most) if j != i and _pair(i, j) not in blocking]
        levels = {j: SUPPORTS.index(support(found[i], found[j])[0]) for j in fits}
        best = [j for j in fits if levels[j] == max(levels.values()) and levels[j] > 0]
        if best and not any(pair in blocking for pair in combinations(best, 2)):
            links.append((-levels[best[0]], i, best[0]))
    group = {i: [i] for i in range(len(found))}
    for _, i, j in sorted(links):
        ours, theirs = group[i], group[j]
        if ours is not theirs and not any(_pair(a, b) in blocking for a in ours for b in theirs):
            theirs += ours
            group |= dict.fromkeys(ours, theirs)
    distinct = {min(members): members for members in group.values()}
    return [whole([found[i] for i in sorted(members)]) for _, members in sorted(distinct.items())]


def _pair(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def _dominant(found: list[Party], silent: list[Party], rarity: Rarity) -> tuple[list[Party], list[Party], list[Party]]:
    """The bearer who has nearly everything under a name, with all that may be that one's, if there is one; the other parties; the rest.

    All that does not contradict may be; what another party supports more is that one's. Under a common name, something has to support.
    """
    if not found:
        return [], found, silent
    core, rest = found[:1], list[Party]()
    for party in found[1:]:
        near = core[:COMPARED]
        blocked = any(parts(conflict(other, party)[0], "rare" if rarity == "rare" else "ordinary") for other in near)
        fits = not blocked and (rarity != "common" or _most_support(party, near) > 0)
        (core if fits else rest).append(party)
    others = [party for party in core[1:] if _most_support(party, rest[:COMPARED]) > _most_support(party, core[:COMPARED])]
    moved = {party.members for party in others}
    core = [party for party in core if party.members not in moved]
    main = whole(core)
    if not _dominates(main, sum(len(party.members) for party in found)):
        return [], found, silent
    fitting = [party for party in silent if conflict(main, party)[0] == "none"]
    taken = {party.members for party in fitting}
    return [whole([main, *fitting])], [*rest, *others], [party for party in silent if party.members not in taken]


def _most_support(party: Party, others: Sequence[Party]) -> int:
    """How much the one of others supports a party that does most; itself left out."""
    return max((SUPPORTS.index(support(party, other)[0]) for other in others if other is not party), default=0)


def _apart(found: Sequence[Party], rarity: Rarity) -> list[tuple[int, int, Conflict, str]]:
    """The pairs that were not joined, each party with the largest others, and in what they differ."""
    pairs: list[tuple[int, int, Conflict, str]] = []
    for j, party in enumerate(found):
        for i, other in enumerate(found[: min(j, MOST_OTHERS)]):
            kind, detail = conflict(other, party)
            pairs.append((i, j, kind if parts(kind, rarity) else "none", detail))
    return sorted(pairs, key=lambda pair: (pair[2] == "none", pair[0], pair[1]))
