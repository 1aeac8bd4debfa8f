"""Annotated news articles, as `corpus/join.py` writes them: entities with their mentions, and quotes with their kinds and speakers."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.findings import Chars


class MarkedRole(Struct, frozen=True):
    """A role of an entity, with half-open offsets in code points of the text; the best role of an entity is the most informative one."""

    text: str
    start: int
    end: int
    best: bool = False
    status: str = "current"


class MarkedEntity(Struct, frozen=True):
    """A person or organization in an article; mentions are half-open ranges of code points of its text."""

    type: str
    name: str
    aliases: list[str]
    mentions: list[Chars]
    roles: list[MarkedRole] = []


class MarkedQuote(Struct, frozen=True):
    """A span between quotation marks: `direct` or `mixed` speech, `other` with the reason why it is not speech, or `bad` (wrongly paired).

    Without speakers, the article does not say who speaks.
    """

    start: int
    end: int
    kind: str
    speakers: list[str] = []
    mention: Chars | None = None
    reason: str | None = None


class MarkedArticle(Struct, frozen=True):
    """An article with its annotations."""

    id: str
    text: str
    entities: dict[str, MarkedEntity]
    quotes: list[MarkedQuote]


def read_marked(path: Path) -> Iterator[MarkedArticle]:
    """The articles of a gzip file of JSON lines."""
    with gzip.open(path, "rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=MarkedArticle)
