"""Entities: the persons, organizations, groups and documents of an article, with their mentions, as coreference builds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from quoteapi.speakers.person_names import PersonName
from quoteapi.structs import SpeakerType


@dataclass(slots=True, eq=False)
class Entity:
    """A person, an organization, a group or a document.

    Attributes:
        type: Its type.
        mentions: Indices into the list of mentions, in the order in which they were joined.
        names: A person's names, once for each use in the reporter's own words.
        quoted_names: The same for quotes and the headline.
        keys: The folded words of an organization's fullest name.
        display_name: The name to display, except for a named person.
        nouns: The common nouns that the article uses for it.
        is_author: Whether it wrote the article, so that I outside quotes refers to it.
        members: Of a group that is named by its members (Jane Roe and John Doe, Roe and her lawyers), each of them.
    """

    type: SpeakerType
    mentions: list[int] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    quoted_names: list[PersonName] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    display_name: str = ""
    nouns: set[str] = field(default_factory=set)
    is_author: bool = False
    members: tuple["Entity", ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the article names it."""
        return bool(self.names or self.quoted_names or self.keys)


class Entities:
    """The entities of an article, and the entity of each mention."""

    def __init__(self) -> None:
        self._of: dict[int, Entity] = {}

    def __iter__(self) -> Iterator[Entity]:
        """Iterates over the entities, each once."""
        return iter(dict.fromkeys(self._of.values()))

    def of(self, mention: int | None) -> Entity | None:
        """Returns the entity of a mention; None if it has none so far."""
        return None if mention is None else self._of.get(mention)

    def put(self, mention: int, entity: Entity) -> None:
        """Adds a mention to an entity, unless the mention already has one."""
        if mention not in self._of:
            entity.mentions.append(mention)
            self._of[mention] = entity

    def put_all(self, mentions: Iterable[int], entity: Entity) -> None:
        """Adds mentions to an entity, except those that already have one."""
        for mention in mentions:
            self.put(mention, entity)

    def merge(self, kept: Entity, other: Entity) -> None:
        """Merges the second entity into the first."""
        if kept is other:
            return
        for mention in other.mentions:
            self._of[mention] = kept
        kept.mentions += other.mentions
        kept.names += other.names
        kept.quoted_names += other.quoted_names
        if not kept.display_name or len(other.keys) > len(kept.keys):
            kept.keys, kept.display_name = other.keys, other.display_name or kept.display_name
        kept.nouns |= other.nouns
