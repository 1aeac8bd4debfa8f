"""Lines: a stream of bytes cut into lines, and lines read as the articles they describe."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.request import read_article
from quoteapi.structs import Article


class Line(Struct, frozen=True):
    """A line that holds something.

    `number` counts from 1 as editors do; `end` is where the line ends, in bytes of the stream; `body` is None where the line is longer
    than what is read.
    """

    number: int
    end: int
    body: bytes | None


class Task(Struct, frozen=True):
    """An article to read, and the line it came from."""

    line: int
    end: int
    article: Article


class Answered(Struct, frozen=True):
    """The answer to a line, as JSON without a line break."""

    line: int
    end: int
    answer: bytes


class Reject(Struct, frozen=True):
    """A line that is not answered, and why; `id` is the article's where it has one."""

    line: int
    end: int
    id: str | None
    reason: str

    def as_json(self) -> bytes:
        """The object that stands in a file of rejects."""
        return msgspec.json.encode({"line": self.line, "id": self.id, "reason": self.reason})


class _Identified(Struct):
    id: str | None = None


def numbered_lines(stream: BinaryIO, *, longest: int) -> Iterator[Line]:
    """The lines of a stream that hold more than white space; at most `longest` bytes of a line are held at a time."""
    number = end = 0
    while piece := stream.readline(longest + 1):
        number += 1
        end += len(piece)
        body: bytes | None = piece
        while not piece.endswith(b"\n") and len(piece) > longest:
            body = None
            piece = stream.readline(longest + 1)
            end += len(piece)
        if body is None or body.strip():
            yield Line(number=number, end=end, body=body)


def tasks(lines: Iterable[Line]) -> Iterator[Task | Reject]:
    """What each line asks for, or what is wrong with it; a bad line stops nothing."""
    for line in lines:
        if line.body is None:
            yield Reject(line=line.number, end=line.end, id=None, reason="The line is longer than QUOTEAPI_MAX_BODY_SIZE.")
            continue
        try:
            yield Task(line=line.number, end=line.end, article=read_article(line.body))
        except QuoteapiError as error:
            yield Reject(line=line.number, end=line.end, id=identity(line.body), reason=str(error))


def identity(body: bytes) -> str | None:
    """The `id` of a JSON object, whatever else is wrong with it; None where it has none."""
    try:
        return msgspec.json.decode(body, type=_Identified).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
