"""Records: what an archive holds, one an article, and the tasks that they are read as."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from quoteapi.errors import QuoteapiError
from quoteapi.escapes import escaped_json
from quoteapi.request import NotJsonError, WrongShapeError, read_article, read_id
from quoteapi.structs import Article, Format, Include, OffsetUnit, ProblemError

NO_CHAIN = bytes(16)
"""The chain before the first record."""


class Place(Struct, frozen=True):
    """Where a record stands: `number` of its file's lines or rows, from 1; `end`, how many bytes of all files are read with it.

    `chain` is a digest of this record and all before it, by which another run knows them again.
    """

    file: str
    number: int
    unit: Literal["line", "row"]
    end: int
    chain: bytes = NO_CHAIN


class Record(Struct, frozen=True):
    """A JSON object in its place; None where it is longer than what is read."""

    place: Place
    body: bytes | None


class Answered(Struct, frozen=True):
    """The answer to a record, as JSON without a line break, and the words of its article."""

    place: Place
    words: int
    answer: bytes


class Reject(Struct, frozen=True):
    """A record that is not answered, and why; `id` is the article's where it has one. With `rest`, all that is left of its file."""

    place: Place
    id: str | None
    reason: str
    rest: bool = False

    def as_json(self) -> bytes:
        """The object that stands in a file of rejects."""
        place = {"file": self.place.file, self.place.unit: self.place.number}
        return escaped_json(msgspec.json.encode({**place, "id": self.id, "reason": self.reason}).decode()).encode()


class Task(Struct, frozen=True):
    """An article to read."""

    place: Place
    article: Article

    def answered(self, answer: bytes) -> Answered:
        """Its outcome, where it is answered."""
        return Answered(self.place, len(self.article.text.split()), answer)

    def rejected(self, reason: str) -> Reject:
        """Its outcome, where it is not."""
        return Reject(self.place, self.article.id, reason)


class Columns(Struct, frozen=True):
    """The fields of a record that hold the article and its id, where they are not those of a request."""

    text: str = "text"
    id: str = "id"


class Defaults(Struct, frozen=True):
    """What a record asks for that does not say."""

    include: list[Include] = []
    language: str | UnsetType = UNSET
    format: Format = "text"
    offset_unit: OffsetUnit = "codepoint"


class _Given(Struct):
    """The fields of a request for which there is a default here."""

    include: Raw | UnsetType = UNSET
    language: Raw | UnsetType = UNSET
    format: Raw | UnsetType = UNSET
    offset_unit: Raw | UnsetType = UNSET


def chained(records: Iterable[Record | Reject], before: bytes = NO_CHAIN) -> Iterator[Record | Reject]:
    """The records, each with its chain; `before` is that of the record before the first one. What cannot be read is no link of it."""
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        before = blake2b(before + (record.body or b"").strip(), digest_size=len(NO_CHAIN)).digest()
        yield Record(msgspec.structs.replace(record.place, chain=before), record.body)


def tasks(
    records: Iterable[Record | Reject], *, columns: Columns | None = None, defaults: Defaults | None = None
) -> Iterator[Task | Reject]:
    """What each record asks for, or what is wrong with it; a bad record stops nothing.

    Args:
        records: JSON objects; rejects pass through.
        columns: Where the text and the id are; every other field is then left alone. Where None, a record is a request, and may have
            nothing but a request's fields.
        defaults: For fields that a record does not give.
    """
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        if record.body is None:
            yield Reject(record.place, None, f"The {record.place.unit} is longer than QUOTEAPI_MAX_BODY_SIZE.")
            continue
        body = record.body
        try:
            if columns is not None:
                body = _picked(body, columns)
            article = read_article(body)
        except QuoteapiError as error:
            yield Reject(record.place, read_id(body), str(error))
        else:
            yield Task(record.place, article if defaults is None else _completed(article, body, defaults))


def request_body(identity: object, text: object, **fields: object) -> bytes:
    """The JSON object of a request; an id that is a number is written as its digits."""
    return msgspec.json.encode({"id": str(identity) if isinstance(identity, int) else identity, "text": text, **fields})


def row_body(identity: object, text: object, language: object = None) -> bytes:
    """The same for values of a table; what is no text is told as what it is when the request is read."""
    known = (str, int, float, type(None))
    fields = {} if language is None else {"language": str(language)}
    return request_body(identity if isinstance(identity, known) else str(identity), text if isinstance(text, known) else [], **fields)


def _picked(body: bytes, columns: Columns) -> bytes:
    """The request that a JSON object with fields of its own holds."""
    try:
        fields = msgspec.json.decode(body, type=dict[str, Raw])
        if columns.text not in fields:
            raise WrongShapeError([ProblemError(f"#/{columns.text}", "This field is required.")])
        identity = msgspec.json.decode(fields.get(columns.id, Raw(b"null")))
    except msgspec.ValidationError as error:
        raise WrongShapeError([ProblemError("#", str(error))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJsonError(str(error)) from None
    return request_body(identity, fields[columns.text])


def _completed(article: Article, body: bytes, defaults: Defaults) -> Article:
    """The article, with the defaults for what its request does not give."""
    given = msgspec.json.decode(body, type=_Given)
    missing = {name: value for name, value in msgspec.structs.asdict(defaults).items() if getattr(given, name) is UNSET}
    return msgspec.structs.replace(article, **missing)
