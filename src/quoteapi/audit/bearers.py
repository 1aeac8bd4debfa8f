"""Namesakes: decides which speaker mentions ("sightings") with the same name belong to the same person.

Two sightings are compared by the facts in their roles. They **conflict** where both have facts of a kind (country, field of work, place of
office, party) and share none. People change jobs, so this counts only if the articles are at most a year apart or undated; different
pronouns, and a different country together with a different office, always count. They **support** each other by a long quote that both
say, an organization, an office in the same country or seat, or company (others who speak beside both and hardly anywhere else); less by
the same role.

The evidence required depends on how many people may have the name. A **rare** name needs no support, and only a different country together
with a different office separates its bearers. An **ordinary** name needs no support, but no conflict either. A **common** name needs
support, or roles that name a place or body and nowhere conflict. Once several people have a name, it no longer counts as rare, and a
sighting without a role is assigned to one of them only if that person has nearly everything else under the name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from quoteapi.audit.facts import Facts
from quoteapi.audit.structs import Sighting
from quoteapi.structs import Pronoun

Rarity: TypeAlias = Literal["rare", "ordinary", "common"]
Conflict: TypeAlias = Literal["none", "soft", "hard"]
Support: TypeAlias = Literal["none", "weak", "fair", "medium", "strong", "certain"]
RARITIES: tuple[Rarity, ...] = get_args(Rarity)
SUPPORTS: tuple[Support, ...] = get_args(Support)
SAME_TIME = 1
"""Maximum number of years between two articles whose facts have to agree."""
DOMINANT = 0.95
"""The least share of the articles with a role that one bearer of a name must have to get the articles without a role."""
DOMINANT_ARTICLES = 20
"""The least number of articles that this bearer must have."""
COMPARED = 60
"""Maximum number of candidate persons of one name that are compared with each other; the rest stay apart."""
LISTED = "list of people"
"""The detail given for candidate persons whom the list of people identifies."""
MOST_OTHERS = 5
"""Maximum number of namesakes that a candidate person is reported with: those with the most articles."""
_OFFICIAL = frozenset({"politics", "military", "law", "police"})
"""Fields of work in which a person serves one country, so that the same office in another country is another office."""


class Party(Struct, frozen=True):
    """A candidate person: sightings that belong together as far as is known, and their evidence.

    Args:
        members: Positions of the sightings, ascending.
        facts: The facts in their roles.
        years: The first and the last year of the sightings with facts; None if one of these is undated.
        pronouns: The pronouns that the articles use.
        shared: Numbers of long quotes that occur in several articles.
        company: Folded names of others who speak in the same articles.
        same_as: URIs in the list of people.
        outlets: Where the articles were published; empty where that is no evidence, as for people.
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
    """The bearers of a name.

    Args:
        parties: One for each person.
        apart: Pairs of their positions that were not joined, with the conflict and what was compared; pairs without a conflict last.
        floating: Positions of sightings that may belong to any of several bearers.
    """

    parties: tuple[Party, ...]
    apart: tuple[tuple[int, int, Conflict, str], ...] = ()
    floating: tuple[int, ...] = ()


def party_of(position: int, sighting: Sighting, facts: Facts) -> Party:
    """Returns the candidate person with a single sighting."""
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
    """Returns how strongly two candidate persons conflict, and in which kinds of facts."""
    if one.same_as and other.same_as:
        return ("none", "") if one.same_as & other.same_as else ("hard", LISTED)
    kinds = list(_differences(one.facts, other.facts))
    offices = _office_differs(one.facts, other.facts)
    if "country" in kinds and offices:
        return "hard", "country, office"
    same_time = _same_time(one, other)
    found = [kind for kind in kinds if same_time]
    # “they” may refer to anybody
    if one.pronouns and other.pronouns and not one.pronouns & other.pronouns and "they" not in one.pronouns | other.pronouns:
        found.append("pronoun")
    return ("soft", ", ".join(found)) if found else ("none", "")


def support(one: Party, other: Party) -> tuple[Support, str]:
    """Returns the strongest evidence that two candidate persons are the same: its level, and what it is."""
    return next(_supports(one, other), ("none", ""))


def _supports(one: Party, other: Party) -> Iterator[tuple[Support, str]]:
    """Yields the evidence that two candidate persons are the same, strongest first."""
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
    """Whether a conflict separates the bearers of a name."""
    return found == "hard" or (found == "soft" and rarity != "rare")


def settle(parties: Iterable[Party], rarity: Rarity) -> Settled:
    """Groups the candidate persons of one name into its bearers, regardless of their order."""
    told = [party for party in parties if party.facts.tells or party.same_as]
    silent = [party for party in parties if not (party.facts.tells or party.same_as)]
    found = _supported(sorted(told, key=lambda party: party.members), rarity)
    found.sort(key=_by_size)
    demands = rarity == "common" and len(found) + len(silent) > 1
    if not demands and not _conflicts(found, rarity):
        return _by_pronoun([*found, *silent], rarity)
    # a role that says where or for whom it is held is evidence enough if none contradicts it
    placed = [party for party in found if party.facts.countries or party.facts.bodies or party.facts.seats or party.facts.parties]
    if demands and placed and not _conflicts(placed, rarity):
        found = [whole(placed), *(party for party in found if party not in placed)]
    found, left = _attached(found, sorted(silent, key=lambda party: party.members), rarity)
    found += [party for party in left if len(party.members) > 1]
    silent = [party for party in left if len(party.members) == 1]
    found.sort(key=_by_size)
    first, found, silent = _dominant(found, silent, rarity)
    if not demands:
        rarity = "ordinary"  # several people have the name, so it no longer counts as rare
        found = _only_fitting(found, _conflicts(found, rarity))
    found = sorted([*first, *found], key=_by_size)
    return Settled(tuple(found), tuple(_apart(found, rarity)), tuple(member for party in silent for member in party.members))


def _by_size(party: Party) -> tuple[int, tuple[int, ...]]:
    return -len(party.members), party.members


def _by_pronoun(parties: Sequence[Party], rarity: Rarity) -> Settled:
    """Returns one bearer, or two if a name that is not rare has both she and he; the rest join the dominant one, or float."""
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
    """Whether a candidate person has nearly all of the articles under a name."""
    return len(party.members) >= max(DOMINANT_ARTICLES, DOMINANT * total)


def _differences(a: Facts, b: Facts) -> Iterator[str]:
    """Yields the kinds of facts that both have and in which they share nothing."""
    for kind, ours, theirs in (
        ("country", a.countries, b.countries),
        ("field", a.fields, b.fields),
        ("party", a.parties, b.parties),
    ):
        if _differ(ours, theirs):
            yield kind
    if a.heads & b.heads and (_differ(a.seats, b.seats) or (_differ(a.bodies, b.bodies) and not _abbreviates(a.bodies, b.bodies))):
        yield "place of office"


def _differ(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs and not ours & theirs)


def _abbreviates(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a word on one side may be an acronym of the words on the other (DHS, Homeland Security)."""
    return any(_has_initials(word, rest) for words, rest in ((ours, theirs), (theirs, ours)) for word in words)


def _has_initials(acronym: str, words: frozenset[str]) -> bool:
    """Whether an acronym has the initials of all words; it may have one letter more, for a general word that `facts` has left out."""
    initials = Counter(word[0] for word in words)
    return 2 <= len(words) <= len(acronym) <= len(words) + 1 and initials <= Counter(acronym)  # noqa: PLR2004  one initial is no acronym


def _office_differs(a: Facts, b: Facts) -> bool:
    """Whether two people of different countries hold different offices."""
    if not (a.heads and b.heads):
        return _differ(a.fields, b.fields)
    return not a.heads & b.heads or bool((a.fields | b.fields) & _OFFICIAL)


def _same_time(one: Party, other: Party) -> bool:
    if one.years is None or other.years is None:
        return True
    return max(one.years[0], other.years[0]) - min(one.years[1], other.years[1]) <= SAME_TIME


def whole(parties: Sequence[Party]) -> Party:
    """Merges candidate persons in one step, because a name may occur in very many articles."""
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
    """Yields index keys that candidate persons who support each other share, so that finding them takes no comparison of all pairs.

    A common name has no key for the role: that two John Smiths are both a police spokesman is no evidence.
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
    """Whether a key is evidence from outside the roles."""
    return key.startswith(("shared ", "company ", "outlet "))


def _supported(parties: Sequence[Party], rarity: Rarity) -> list[Party]:
    """Joins candidate persons who share a key and do not conflict; the same long quote or URI joins them despite conflicting roles."""
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
    """Merges candidate persons with identical facts, pronouns, years and URIs first, so that a name in many articles costs little."""
    alike: dict[object, list[Party]] = {}
    for party in parties:
        specific = any(not _is_beside(key) for key in _keys(party, rarity))
        same = (party.facts, party.pronouns, party.same_as, party.years)
        alike.setdefault(same if specific else party.members, []).append(party)
    return sorted((whole(group) for group in alike.values()), key=lambda party: party.members)


def _attached(found: list[Party], silent: list[Party], rarity: Rarity) -> tuple[list[Party], list[Party]]:
    """Adds those without a role to the only candidate person who shares a quote, company or outlet with them; also returns the rest."""
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
    """Joins those without a role who share a quote, company or outlet."""
    with_keys = [party for party in parties if party.shared or party.company or party.outlets]
    return [*_supported(with_keys, rarity), *(party for party in parties if not (party.shared or party.company or party.outlets))]


def _conflicts(found: Sequence[Party], rarity: Rarity) -> set[tuple[int, int]]:
    """Returns the pairs that a conflict separates; among very many, only the largest are compared with all others."""
    return {
        (i, j)
        for j, party in enumerate(found)
        for i, other in enumerate(found[: min(j, COMPARED)])
        if parts(conflict(other, party)[0], rarity)
    }


def _only_fitting(found: list[Party], blocking: set[tuple[int, int]]) -> list[Party]:
    """Joins each with its best supporter, strongest first, unless its best supporters or any two of the joined group conflict."""
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
    """Returns the dominant bearer with all that fits (empty if nobody dominates), the other candidate persons, and the rest without a role.

    Whatever does not conflict fits, unless another candidate person supports it more; under a common name it also needs support.
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
    """Returns the index of the strongest support that any other candidate person gives to this one; 0 for none."""
    return max((SUPPORTS.index(support(party, other)[0]) for other in others if other is not party), default=0)


def _apart(found: Sequence[Party], rarity: Rarity) -> list[tuple[int, int, Conflict, str]]:
    """Returns the pairs that were not joined and how they differ, each candidate person paired with the largest others only."""
    pairs: list[tuple[int, int, Conflict, str]] = []
    for j, party in enumerate(found):
        for i, other in enumerate(found[: min(j, MOST_OTHERS)]):
            kind, detail = conflict(other, party)
            pairs.append((i, j, kind if parts(kind, rarity) else "none", detail))
    return sorted(pairs, key=lambda pair: (pair[2] == "none", pair[0], pair[1]))
