"""Gold: articles whose quotes people have marked, and the answers that are measured against them.

Both are JSON lines. Offsets count Unicode code points, half-open. Of an answer only what is measured is read, so results of another
system need no more than these fields.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, UnsetType

from quoteapi.errors import QuoteapiError
from quoteapi.structs import Kind, OffsetUnit, SpeakerType

Line = TypeVar("Line")


class UnreadableLineError(QuoteapiError):
    """A line of a gold or result file is not what it should be."""

    def __init__(self, path: Path, *, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")


class GoldQuote(Struct, frozen=True):
    """A stretch between marks and what people say of it; kind `other` is nobody's speech.

    `mention` holds the words that name the speaker beside the quote, `role_variants` other stretches that are as good as `role`.
    """

    start: int
    end: int
    kind: Kind
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    mention: str | None = None
    role: str | None = None
    role_variants: tuple[str, ...] = ()


class GoldArticle(Struct, frozen=True):
    """An article and all its quotes."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...]


class GivenSpan(Struct, frozen=True):
    """A stretch of the article."""

    start: int
    end: int


class GivenRole(Struct, frozen=True):
    """A role in its long form; the short one is a plain string."""

    text: str


class GivenSpeaker(Struct, frozen=True):
    """Whom an answer names as the speaker."""

    name: str | None = None
    role: str | GivenRole | None = None

    @property
    def role_text(self) -> str | None:
        """The role's words."""
        return self.role.text if isinstance(self.role, GivenRole) else self.role


class GivenQuote(Struct, frozen=True):
    """A quote of an answer, as far as it is measured."""

    kind: Kind
    spans: tuple[GivenSpan, ...]
    speaker: GivenSpeaker | None = None
    mention: GivenSpan | None = None
    confidence: float | None = None


class Given(Struct, frozen=True):
    """An answer, as far as it is measured; `quotes` is unset in a problem that stands in an answer's place."""

    id: str | None = None
    quotes: tuple[GivenQuote, ...] | UnsetType = msgspec.UNSET
    offset_unit: OffsetUnit = "codepoint"


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file, in its order.

    Raises:
        UnreadableLineError: A line is no gold article.
        OSError: The file cannot be read.
    """
    return [article for _, article in _lines(path, GoldArticle)]


def read_results(path: Path) -> dict[str, Given]:
    """The answers of a result file by article id; a later answer replaces an earlier one, problems are left out.

    Raises:
        UnreadableLineError: A line is no answer, has no id, or counts its offsets in another unit than code points.
        OSError: The file cannot be read.
    """
    results = {}
    for number, given in _lines(path, Given):
        if isinstance(given.quotes, UnsetType):
            continue
        if given.id is None:
            raise UnreadableLineError(path, line=number, reason="the answer has no id, so its article is not known.")
        if given.offset_unit != "codepoint":
            raise UnreadableLineError(path, line=number, reason=f"offsets count {given.offset_unit}; only code points are compared.")
        results[given.id] = given
    return results


def _lines(path: Path, kind: type[Line]) -> Iterator[tuple[int, Line]]:
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield number, decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise UnreadableLineError(path, line=number, reason=f"{error}.") from error
