"""The structs of a source audit: who is seen speaking in an article, the voices that these are, and joins that were not made."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.structs import SpeakerType

Pronoun: TypeAlias = Literal["she", "he", "they"]
Reason: TypeAlias = Literal[
    "acronym",
    "common_name",
    "contradiction",
    "generic_name",
    "other_country_and_office",
    "name_differs",
    "several_bearers",
    "short_name",
]
"""Why two that may be one are not joined; docs/voices.md says what each means."""


class SeenRole(Struct, frozen=True, gc=False):
    """A role that an article gives, with its parts where they are known."""

    text: str
    title: str | None = None
    organization: str | None = None
    status: str = "current"
    party: str | None = None
    constituency: str | None = None


class Sighting(Struct, frozen=True, gc=False):
    """A speaker of one article.

    Args:
        article: The article's id.
        speaker: The speaker's id, unique in the article.
        type: What kind of speaker it is.
        name: The fullest form that the article gives; of an unnamed one the description.
        same_as: The URI in the list of people.
        pronoun: The one that the article uses.
        date: ISO 8601, a year or a month at least; None where it is not known.
        roles: That the article gives.
        forms: Other forms of the name in the article.
        shared: Quotes of many words that stand in several articles, by their numbers.
        company: Folded full names of those who speak in the article, and in few others.
        outlet: Where the article was published.
    """

    article: str
    speaker: str
    type: SpeakerType
    name: str
    same_as: str | None = None
    pronoun: Pronoun | None = None
    date: str | None = None
    roles: tuple[SeenRole, ...] = ()
    forms: tuple[str, ...] = ()
    shared: frozenset[int] = frozenset()
    company: frozenset[str] = frozenset()
    outlet: str | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """What sorts sightings: those without a date last."""
        return (self.date or "~", self.article, self.speaker)


class VoiceRole(Struct, frozen=True):
    """A role of a voice, with the dates of the first and the last article that gives it."""

    text: str
    status: str
    first: str | None
    last: str | None
    articles: int


class Voice(Struct, frozen=True):
    """Somebody who is heard in an archive.

    Args:
        key: The same whatever the order of the input.
        name: The form that most articles use.
        type: What kind of speaker it is.
        same_as: The URI in the list of people.
        pronoun: The one that the articles use; None where none does, or they differ.
        forms: Every form of the name, the most frequent first.
        roles: By the date of their first article.
        sightings: The article and the speaker's id in it, of each.
    """

    key: str
    name: str
    type: SpeakerType
    same_as: str | None
    pronoun: Pronoun | None
    forms: tuple[str, ...]
    roles: tuple[VoiceRole, ...]
    sightings: tuple[tuple[str, str], ...]


class Doubt(Struct, frozen=True):
    """A join that was not made.

    Args:
        voice: The voice that may be another one; one of several, where a row stands for several of a name.
        other: The other voice.
        name: Its name.
        other_name: The other's.
        reason: Why they were not joined.
        detail: What was compared.
        articles: In how many articles the former speaks under that name.
    """

    voice: str
    other: str
    name: str
    other_name: str
    reason: Reason
    detail: str
    articles: int


class Joined(Struct, frozen=True):
    """What comes of the sightings of a block."""

    voices: tuple[Voice, ...]
    doubts: tuple[Doubt, ...]


Carried: TypeAlias = Mapping[str, object]
