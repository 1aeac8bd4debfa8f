"""The authority list: the newsroom's own people, found by their exact names and aliases."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from quoteapi.speakers.names import clean, folded, without_article, without_titles
from quoteapi.structs import Person

Key = tuple[str, ...]


def name_key(name: str) -> Key:
    """A name for exact comparison: its folded words, titles and article left out."""
    return tuple(filter(None, map(folded, without_titles(without_article(clean(name))).split())))


class Authority:
    """A list of people, and another one to ask where it knows nobody: the caller's, then the service's.

    Args:
        people: The entries.
        then: The list to ask next.
    """

    def __init__(self, people: Sequence[Person] = (), then: "Authority | None" = None) -> None:
        self.people = people
        self.then = then

    @cached_property
    def by_key(self) -> dict[Key, list[int]]:
        """Each name and alias with the positions of the entries that bear it."""
        found: dict[Key, list[int]] = {}
        for position, person in enumerate(self.people):
            for key in {name_key(name) for name in (person.name, *person.aliases)}:
                found.setdefault(key, []).append(position)
        return found

    def about(self, words: AbstractSet[str]) -> "Authority":
        """The same list without most entries that have none of the folded words, so that a long list costs an article little.

        All names are looked through as one text; those with other letters than English ones are kept.
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

    def bearers(self, names: Iterable[str]) -> list[Person]:
        """The entries that bear any of the names, in the list's order: one is somebody known, several leave open who is meant."""
        keys = {key for name in names if (key := name_key(name))}
        positions = sorted({position for key in keys for position in self.by_key.get(key, ())})
        if positions or self.then is None:
            return [self.people[position] for position in positions]
        return self.then.bearers(names)
