"""Marked news articles, as `corpus/join.py` writes them: entities with their mentions, and what every stretch between marks is."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.findings import Chars


class MarkedRole(Struct, frozen=True):
    """What somebody is, in code points of the text, half-open; the best of an entity's roles says most."""

    text: str
    start: int
    end: int
    best: bool = False
    status: str = "current"


class MarkedEntity(Struct, frozen=True):
    """Somebody or some body of an article; mentions count code points of its text, half-open."""

    type: str
    name: str
    aliases: list[str]
    mentions: list[Chars]
    roles: list[MarkedRole] = []


class MarkedQuote(Struct, frozen=True):
    """A stretch between marks: `direct` or `mixed` speech, `other` with the reason why it is none, or `bad` (marks paired wrongly).

    No speakers: the article does not say who speaks.
    """

    start: int
    end: int
    kind: str
    speakers: list[str] = []
    mention: Chars | None = None
    reason: str | None = None


class MarkedArticle(Struct, frozen=True):
    """An article with its marks."""

    id: str
    text: str
    entities: dict[str, MarkedEntity]
    quotes: list[MarkedQuote]


def read_marked(path: Path) -> Iterator[MarkedArticle]:
    """The articles of a file of JSON lines, compressed by gzip."""
    with gzip.open(path, "rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=MarkedArticle)
