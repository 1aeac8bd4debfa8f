"""Gold: articles whose quotes people have annotated, and the answers that are measured against them.

Both are JSON lines with half-open offsets in Unicode code points. Only the measured fields of an answer are read, so results of another
system need no others.
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
    """A line of a gold or result file is malformed."""

    def __init__(self, path: Path, *, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")


class GoldQuote(Struct, frozen=True):
    """A span between quotation marks and its annotation; kind `other` is not speech.

    `mention` is the text that names the speaker beside the quote; `role_variants` are other spans as good as `role`.
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


class ResultSpan(Struct, frozen=True):
    """A span of the article."""

    start: int
    end: int


class ResultRole(Struct, frozen=True):
    """A role in its long form; the short form is a plain string."""

    text: str


class ResultSpeaker(Struct, frozen=True):
    """The speaker in an answer."""

    name: str | None = None
    role: str | ResultRole | None = None

    @property
    def role_text(self) -> str | None:
        """The text of the role."""
        return self.role.text if isinstance(self.role, ResultRole) else self.role


class ResultQuote(Struct, frozen=True):
    """The measured fields of a quote in an answer."""

    kind: Kind
    spans: tuple[ResultSpan, ...]
    speaker: ResultSpeaker | None = None
    mention: ResultSpan | None = None
    confidence: float | None = None


class ResultAnswer(Struct, frozen=True):
    """The measured fields of an answer; `quotes` is unset in a problem that stands in place of an answer."""

    id: str | None = None
    quotes: tuple[ResultQuote, ...] | UnsetType = msgspec.UNSET
    offset_unit: OffsetUnit = "codepoint"


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file, in file order.

    Raises:
        UnreadableLineError: A line is not a gold article.
        OSError: The file cannot be read.
    """
    return [article for _, article in _lines(path, GoldArticle)]


def read_results(path: Path) -> dict[str, ResultAnswer]:
    """The answers of a result file by article id; a later answer replaces an earlier one, and problems are skipped.

    Raises:
        UnreadableLineError: A line is not an answer, has no id, or has offsets in another unit than code points.
        OSError: The file cannot be read.
    """
    results = {}
    for number, given in _lines(path, ResultAnswer):
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
