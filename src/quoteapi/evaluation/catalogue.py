"""Catalogues: short passages written for one construction each, with who speaks in them and whose every role is.

A catalogue is a TOML file of `[[passage]]` tables, so that anybody can add one: quotes are told by their words, not by offsets. Neighbours
(`others`) are listed, too: the classic error is a role that belongs to somebody else.
"""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.structs import Kind, Modality, Reason, SpeakerType


class UnreadableCatalogueError(QuoteapiError):
    """A file is no catalogue."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class PassageQuote(Struct, frozen=True, forbid_unknown_fields=True):
    """A quote of a passage; without `speaker` nobody is named, without `role` no role.

    `words` stand once in the text, in its own characters, edge punctuation aside; a list holds the stretches of one quote. With
    `kind = "indirect"` they are the clause that is reported, without a leading *that*. `variants` are stretches as good as `role`, `""`
    for none, `speaker_variants` names as good as `speaker`; `reason` lists those that are right. An `optional` quote need not be found.
    """

    words: str | tuple[str, ...]
    speaker: str | None = None
    speaker_variants: tuple[str, ...] = ()
    type: SpeakerType | None = None
    role: str | None = None
    variants: tuple[str, ...] = ()
    kind: Kind | None = None
    reason: Reason | tuple[Reason, ...] = ()
    modality: Modality | None = None
    optional: bool = False

    @property
    def stretches(self) -> tuple[str, ...]:
        """The words, a stretch at a time."""
        return (self.words,) if isinstance(self.words, str) else self.words

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason that is right; empty where any is."""
        return (self.reason,) if isinstance(self.reason, str) else self.reason


class Neighbour(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom a passage names besides, and the role that it gives them."""

    name: str
    role: str | None = None
    variants: tuple[str, ...] = ()


class Passage(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, the construction that it tries, and what is right of it.

    The words of a page (`format = "html"`) are those that it shows. `not_quotes` are words that no quote but one of kind `other` may
    touch. Indirect speech is asked for where a quote is indirect, or with `indirect`.
    """

    id: str
    construct: str
    text: str
    quotes: tuple[PassageQuote, ...]
    others: tuple[Neighbour, ...] = ()
    not_quotes: tuple[str, ...] = ()
    format: Literal["text", "html"] = "text"
    indirect: bool = False


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    """The passages of a file."""

    passage: tuple[Passage, ...]


def read_catalogue(path: Path) -> tuple[Passage, ...]:
    """The passages of a catalogue, in its order.

    Raises:
        UnreadableCatalogueError: The file is no catalogue, an id comes twice, or words do not stand once in their text (in a page's they
            are not looked for: what it shows is not what it is written in).
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
        for words in (*(words for quote in passage.quotes for words in quote.stretches), *passage.not_quotes):
            if passage.format == "text" and passage.text.count(words) != 1:
                raise UnreadableCatalogueError(path, f"{words!r} should stand once in the text of {passage.id}.")
    return passages
