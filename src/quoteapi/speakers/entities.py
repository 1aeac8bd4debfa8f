"""Entities: mentions of one person, body or group, and what is known of it while the article is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from quoteapi.speakers.names import PersonName
from quoteapi.structs import SpeakerType


@dataclass(slots=True, eq=False)
class Entity:
    """A person, an organization, a group or a document.

    Attributes:
        type: What it is.
        mentions: Positions in the list of mentions, as they were joined.
        names: A person's names, each as often as the reporter writes it.
        quoted_names: The same in others' quotes.
        keys: The folded words of an organization's fullest name.
        shown: The name to show, where it is no person's.
        nouns: The common nouns that the article uses for it.
        is_author: Whether it wrote the article, and so says I in it.
        members: Of a group named by its members (Jane Roe and John Doe, Roe and her lawyers), each of them.
    """

    type: SpeakerType
    mentions: list[int] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    quoted_names: list[PersonName] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    shown: str = ""
    nouns: set[str] = field(default_factory=set)
    is_author: bool = False
    members: tuple["Entity", ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the article names it."""
        return bool(self.names or self.quoted_names or self.keys)


class Entities:
    """The entities of an article, and which one each mention belongs to."""

    def __init__(self) -> None:
        self._of: dict[int, Entity] = {}

    def __iter__(self) -> Iterator[Entity]:
        """Each entity once."""
        return iter(dict.fromkeys(self._of.values()))

    def of(self, mention: int | None) -> Entity | None:
        """The entity of a mention; None while it has none."""
        return None if mention is None else self._of.get(mention)

    def put(self, mention: int, entity: Entity) -> None:
        """Adds a mention that has no entity yet."""
        if mention not in self._of:
            entity.mentions.append(mention)
            self._of[mention] = entity

    def put_all(self, mentions: Iterable[int], entity: Entity) -> None:
        """Adds mentions that have no entity yet."""
        for mention in mentions:
            self.put(mention, entity)

    def merge(self, kept: Entity, other: Entity) -> None:
        """Makes two entities one."""
        if kept is other:
            return
        for mention in other.mentions:
            self._of[mention] = kept
        kept.mentions += other.mentions
        kept.names += other.names
        kept.quoted_names += other.quoted_names
        if not kept.shown or len(other.keys) > len(kept.keys):
            kept.keys, kept.shown = other.keys, other.shown or kept.shown
        kept.nouns |= other.nouns
