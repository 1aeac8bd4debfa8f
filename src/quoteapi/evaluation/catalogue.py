"""Catalogues: short passages written for one construction each, with who speaks in them and whose every role is.

A catalogue is a TOML file of `[[passage]]` tables, so that anybody can add one: quotes are told by their words, not by offsets. Neighbours
(`others`) are listed, too: the classic error is a role that belongs to somebody else.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import UNSET, Struct

from quoteapi.engine import QuoteEngine
from quoteapi.errors import QuoteapiError
from quoteapi.evaluation.agreement import is_same_name, role_words, trimmed
from quoteapi.structs import Answer, Article, Kind, Quote, Role, SpeakerType


class UnreadableCatalogueError(QuoteapiError):
    """A file is no catalogue."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class PassageQuote(Struct, frozen=True, forbid_unknown_fields=True):
    """A quote of a passage: `words` stand once in its text, between marks; without `speaker` nobody is named, without `role` no role.

    `variants` are stretches as good as `role`, `speaker_variants` names as good as `speaker`.
    """

    words: str
    speaker: str | None = None
    speaker_variants: tuple[str, ...] = ()
    type: SpeakerType | None = None
    role: str | None = None
    variants: tuple[str, ...] = ()
    kind: Kind | None = None


class Neighbour(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom a passage names besides, and the role that it gives them."""

    name: str
    role: str | None = None
    variants: tuple[str, ...] = ()


class Passage(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, the construction that it tries, and what is right of it."""

    id: str
    construct: str
    text: str
    quotes: tuple[PassageQuote, ...]
    others: tuple[Neighbour, ...] = ()


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    """The passages of a file."""

    passage: tuple[Passage, ...]


class Tried(Struct, frozen=True):
    """A passage and what is wrong in its answer; nothing where it is right."""

    passage: Passage
    faults: tuple[str, ...]


def read_catalogue(path: Path) -> tuple[Passage, ...]:
    """The passages of a catalogue, in its order.

    Raises:
        UnreadableCatalogueError: The file is no catalogue, an id comes twice, or a quote's words do not stand once in their text.
        OSError: The file cannot be read.
    """
    try:
        passages = msgspec.toml.decode(path.read_bytes(), type=Catalogue).passage
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableCatalogueError(path, f"{error}.") from error
    known: set[str] = set()
    for passage in passages:
        if passage.id in known:
            raise UnreadableCatalogueError(path, f"two passages have the id {passage.id}.")
        known.add(passage.id)
        for quote in passage.quotes:
            if passage.text.count(quote.words) != 1:
                raise UnreadableCatalogueError(path, f"{quote.words!r} should stand once in the text of {passage.id}.")
    return passages


def try_catalogue(passages: Sequence[Passage], engine: QuoteEngine) -> list[Tried]:
    """What is wrong in the engine's answer to each passage."""
    tried: list[Tried] = []
    for passage in passages:
        answer = engine.extract(Article(text=passage.text, include=["other", "mentioned"]))
        tried.append(Tried(passage, (*quote_faults(passage, answer), *neighbour_faults(passage, answer))))
    return tried


def quote_faults(passage: Passage, answer: Answer) -> Iterator[str]:
    """What is wrong with the quotes of a passage, in words."""
    for gold in passage.quotes:
        found = quote_at(passage, gold, answer.quotes)
        given = found.speaker if found is not None else None
        name = given.name if given else None
        speech = found is not None and found.kind != "other"
        if gold.kind == "other":
            if speech:
                yield f"{gold.words!r} is no speech"
        elif not speech:
            yield f"{gold.words!r} is not found"
        elif gold.speaker is None:
            if name is not None:
                yield f"{gold.words!r} by {name!r}, not by nobody"
        elif not any(is_same_name(name, right, speaker_type=gold.type) for right in (gold.speaker, *gold.speaker_variants)):
            yield f"{gold.words!r} by {name!r}, not {gold.speaker!r}"
        elif not is_role(given.role if given else None, gold):
            yield f"{gold.speaker!r} has the role {given.role if given else None!r}, not {gold.role!r}"


def quote_at(passage: Passage, gold: PassageQuote, quotes: Sequence[Quote]) -> Quote | None:
    """The quote that has a stretch with the same edges, marks and punctuation aside."""
    start = passage.text.index(gold.words)
    edges = trimmed(passage.text, start, start + len(gold.words))
    return next((quote for quote in quotes for span in quote.spans if trimmed(passage.text, span.start, span.end) == edges), None)


def neighbour_faults(passage: Passage, answer: Answer) -> Iterator[str]:
    """What is wrong with those whom a passage names besides, in words."""
    everybody = [*answer.speakers, *(answer.mentioned if answer.mentioned is not UNSET else ())]
    for gold in passage.others:
        found = next((one for one in everybody if is_same_name(one.name, gold.name, speaker_type=None)), None)
        if found is None:
            yield f"{gold.name!r} is not found"
        elif not is_role(found.role, gold):
            yield f"{gold.name!r} has the role {found.role.text if found.role else None!r}, not {gold.role!r}"


def is_role(given: Role | str | None, gold: PassageQuote | Neighbour) -> bool:
    """Whether a role is one of those that are right; none where there is none."""
    words = role_words(given.text if isinstance(given, Role) else given)
    right = [role_words(role) for role in (gold.role, *gold.variants) if role]
    return words in right if right else not words
