"""The authority list: the newsroom's own list of people, matched by their exact names and aliases."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from quoteapi.speakers.person_names import clean, folded, without_article, without_titles
from quoteapi.structs import Person

Key = tuple[str, ...]


def name_key(name: str) -> Key:
    """Returns a name as a key for exact comparison: its folded words without titles and article."""
    return tuple(filter(None, map(folded, without_titles(without_article(clean(name))).split())))


class Authority:
    """A list of people, with another list to ask if it has no match: the caller's, then the service's.

    Args:
        people: The entries.
        then: The list to ask next.
    """

    def __init__(self, people: Sequence[Person] = (), then: "Authority | None" = None) -> None:
        self.people = people
        self.then = then

    @cached_property
    def by_key(self) -> dict[Key, list[int]]:
        """Maps each name and alias to the indices of the entries that have it."""
        found: dict[Key, list[int]] = {}
        for position, person in enumerate(self.people):
            for key in {name_key(name) for name in (person.name, *person.aliases)}:
                found.setdefault(key, []).append(position)
        return found

    def about(self, words: AbstractSet[str]) -> "Authority":
        """Returns the list without most of the entries that contain none of the folded words: a cheap prefilter that keeps long lists fast.

        All names are searched as one string. Entries with non-ASCII names are always kept.
        """
        if not self.people:
            return self
        lines = ["\t".join((one.name, *one.aliases)).replace("\n", " ") for one in self.people]
        text = "\n".join(lines).lower()
        for sign in "'’.":
            text = text.replace(sign, "")
        present = [word for word in words if word in text]
        kept = [
            one
            for one, line, plain in zip(self.people, lines, text.split("\n"), strict=True)
            if not line.isascii() or any(word in plain for word in present)
        ]
        return Authority(kept, self.then)

    def matches(self, names: Iterable[str]) -> list[Person]:
        """Returns the entries that have any of the names, in list order: one identifies the speaker, several leave the identity open."""
        keys = {key for name in names if (key := name_key(name))}
        positions = sorted({position for key in keys for position in self.by_key.get(key, ())})
        if positions or self.then is None:
            return [self.people[position] for position in positions]
        return self.then.matches(names)
