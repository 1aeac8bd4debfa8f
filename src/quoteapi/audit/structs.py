"""Structs of a source audit: speaker mentions in articles (sightings), the voices they are joined into, and joins that were not made."""

from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.structs import Pronoun, SpeakerType

VOICED = ("person", "organization")
"""Types of speakers that are identified across articles."""
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
"""Why two that may be the same speaker were not joined; docs/voices.md explains each."""


class SeenRole(Struct, frozen=True, gc=False):
    """A role given by an article, with its parts if they are known."""

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
        type: The type of speaker.
        name: The fullest form in the article; the description if the speaker is unnamed.
        same_as: The URI in the list of people.
        pronoun: The pronoun that the article uses.
        date: ISO 8601, possibly only a year or a month; None if unknown.
        roles: The roles given by the article.
        forms: Other forms of the name in the article.
        shared: Numbers of the speaker's long quotes that occur in several articles.
        company: Folded full names of those who speak in the article and in few others.
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
        """The sort key of sightings: by date, undated ones last."""
        return (self.date or "~", self.article, self.speaker)


class VoiceRole(Struct, frozen=True):
    """A role of a voice, with the dates of the first and the last article that gives it."""

    text: str
    status: str
    first: str | None
    last: str | None
    articles: int


class Voice(Struct, frozen=True):
    """A speaker of an archive, joined across articles.

    Args:
        key: Identifies the voice, regardless of the order of the input.
        name: The form that most articles use.
        type: The type of speaker.
        same_as: The URI in the list of people.
        pronoun: The pronoun that the articles use; None if none does or they disagree.
        forms: All forms of the name, most frequent first.
        roles: The roles, by the date of their first article.
        sightings: The article id and speaker id of each sighting.
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
        voice: The key of a voice that may be the other one; an example if the doubt stands for several voices of a name.
        other: The key of the other voice.
        name: The name in the first voice's sighting.
        other_name: The name in the other voice's sighting.
        reason: Why they were not joined.
        detail: What was compared.
        articles: Number of sightings or voices that the doubt stands for; 1 for a single pair.
    """

    voice: str
    other: str
    name: str
    other_name: str
    reason: Reason
    detail: str
    articles: int


class Joined(Struct, frozen=True):
    """The result of joining sightings."""

    voices: tuple[Voice, ...]
    doubts: tuple[Doubt, ...]
