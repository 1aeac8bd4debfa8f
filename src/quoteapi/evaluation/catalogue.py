"""Catalogues: short passages, each written for one construction, annotated with speakers and roles.

A catalogue is a TOML file of `[[passage]]` tables that anybody can extend: quotes are identified by their words, not by offsets. It also
lists neighbours (`others`), because the classic error is a role that belongs to somebody else.
"""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.structs import Kind, Modality, Reason, SpeakerType


class UnreadableCatalogueError(QuoteapiError):
    """A file is not a catalogue."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class PassageQuote(Struct, frozen=True, forbid_unknown_fields=True):
    """A quote of a passage; without `speaker`, nobody is named; without `role`, no role is given.

    `words` occur once in the text, in its own characters, except for punctuation at the edges; a list holds the spans of one quote. With
    `kind = "indirect"`, they are the reported clause without a leading *that*. `variants` are spans as good as `role` (`""` for none),
    `speaker_variants` names as good as `speaker`; `reason` lists the accepted reasons. An `optional` quote need not be found.
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
        """The words of each span."""
        return (self.words,) if isinstance(self.words, str) else self.words

    @property
    def reasons(self) -> tuple[str, ...]:
        """All accepted reasons; empty if any is."""
        return (self.reason,) if isinstance(self.reason, str) else self.reason


class Neighbour(Struct, frozen=True, forbid_unknown_fields=True):
    """A person or organization that a passage also names, and the role that it gives them."""

    name: str
    role: str | None = None
    variants: tuple[str, ...] = ()


class Passage(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, the construction that it tests, and the correct answer.

    The words of a page (`format = "html"`) are those that it displays. `not_quotes` are words that no quote may overlap, except one of kind
    `other`. Indirect speech is requested if a quote is indirect, or with `indirect`.
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
    """The passages of a catalogue, in file order.

    Raises:
        UnreadableCatalogueError: The file is not a catalogue, an id occurs twice, or words do not occur exactly once in their text (not
            checked for pages, whose source differs from what they display).
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
