"""The authority list: the newsroom's own people, found by their exact names and aliases."""

from collections.abc import Iterable, Mapping, Sequence

from quoteapi.speakers.names import clean, folded, without_article, without_titles
from quoteapi.structs import Person

Index = Mapping[tuple[str, ...], frozenset[int]]


def name_key(name: str) -> tuple[str, ...]:
    """A name for exact comparison: its folded words, titles and article left out."""
    return tuple(filter(None, map(folded, without_titles(without_article(clean(name))).split())))


def authority_index(people: Sequence[Person]) -> Index:
    """Each name and alias of the list with the positions of the entries that bear it."""
    index: dict[tuple[str, ...], set[int]] = {}
    for position, person in enumerate(people):
        for name in (person.name, *person.aliases):
            index.setdefault(name_key(name), set()).add(position)
    return {key: frozenset(positions) for key, positions in index.items() if key}


def listed(names: Iterable[str], index: Index) -> int | None:
    """The one entry that any of the names means; None where none does or where they mean more than one."""
    found: set[int] = set()
    for name in names:
        positions = index.get(name_key(name), frozenset())
        if len(positions) > 1:
            return None
        found |= positions
    return found.pop() if len(found) == 1 else None
