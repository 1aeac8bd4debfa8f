"""Records: what an archive holds, one an article, and the tasks that they are read as."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from quoteapi.batch.carried import attach
from quoteapi.batch.fields import NOTHING, Asked, Columns, as_text, separated
from quoteapi.errors import QuoteapiError
from quoteapi.escapes import escaped_json
from quoteapi.request import WrongShapeError, read_article, read_id
from quoteapi.structs import Article, Format, Include, OffsetUnit

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
    """A JSON object in its place; None where it is longer than what is read.

    Of a table, `column` is the one that the text is from, and `carried` an object of the columns that stand in the output again; lines of
    JSON have both in themselves. `made_id` is the id of an article that has none, `fault` what is wrong with a row.
    """

    place: Place
    body: bytes | None
    column: str | None = None
    carried: bytes = NOTHING
    made_id: str | None = None
    fault: str | None = None


class Answered(Struct, frozen=True):
    """The answer to a record, as JSON without a line break, and the words of its article."""

    place: Place
    words: int
    answer: bytes


class Reject(Struct, frozen=True):
    """A record that is not answered, and why; `id` is the article's where it has one. Rejects of one `kind` fail alike.

    With `rest`, it is all that is left of its file.
    """

    place: Place
    id: str | None
    reason: str
    kind: str = ""
    rest: bool = False

    def as_json(self) -> bytes:
        """The object that stands in a file of rejects."""
        place = {"file": self.place.file, self.place.unit: self.place.number}
        return escaped_json(msgspec.json.encode({**place, "id": self.id, "reason": self.reason}).decode()).encode()


class Task(Struct, frozen=True):
    """An article to read, the column or field that its text is from, and an object of the columns that are carried."""

    place: Place
    article: Article
    column: str = Columns().text
    carried: bytes = NOTHING

    def answered(self, answer: bytes) -> Answered:
        """Its outcome, where it is answered."""
        return Answered(self.place, len(self.article.text.split()), attach(answer, self.carried))

    def rejected(self, reason: str) -> Reject:
        """Its outcome, where it is not."""
        named = reason if self.column == Columns().text else re.sub("^The text", f"The text in {self.column}", reason)
        return Reject(self.place, self.article.id, named, kind=re.sub(r"\d[\d,.]*", "0", reason))


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
        before = blake2b(before + (record.body or b"").strip() + record.carried.removeprefix(NOTHING), digest_size=len(NO_CHAIN)).digest()
        yield msgspec.structs.replace(record, place=msgspec.structs.replace(record.place, chain=before))


def tasks(
    records: Iterable[Record | Reject], *, columns: Columns | None = None, defaults: Defaults | None = None
) -> Iterator[Task | Reject]:
    """What each record asks for, or what is wrong with it; a bad record stops nothing.

    Args:
        records: JSON objects; rejects pass through.
        columns: Where the text and the id are, in lines of JSON; `separated` says what becomes of the other fields.
        defaults: For fields that a record does not give.
    """
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        if record.body is None or record.fault is not None:
            fault = record.fault or f"The {record.place.unit} is longer than QUOTEAPI_MAX_BODY_SIZE."
            yield Reject(record.place, None if record.body is None else read_id(record.body), fault, kind="fault")
            continue
        asked = Asked(record.body, record.column or Columns().text, record.carried)
        try:
            if record.column is None:
                asked = separated(record.body, columns)
            article = _read(asked)
        except QuoteapiError as error:
            yield Reject(record.place, read_id(asked.body), str(error), kind=type(error).__name__)
        else:
            article = article if defaults is None else _completed(article, asked.body, defaults)
            if not article.id and record.made_id is not None:
                article = msgspec.structs.replace(article, id=record.made_id)
            yield Task(record.place, article, asked.column, asked.carried)


def request_body(identity: object, text: object, **fields: object) -> bytes:
    """The JSON object of a request; an id that is a number is written as its digits."""
    return msgspec.json.encode({"id": as_text(identity), "text": text, **fields})


def row_body(identity: object, text: object, language: object = None) -> bytes:
    """The same for values of a table; what is no text is told as what it is when the request is read."""
    known = (str, int, float, type(None))
    fields = {} if language is None else {"language": str(language)}
    return request_body(identity if isinstance(identity, known) else str(identity), text if isinstance(text, known) else [], **fields)


def _read(asked: Asked) -> Article:
    """The article that is asked for; what is wrong with its text is told by the name of the field that it is from."""
    try:
        return read_article(asked.body)
    except WrongShapeError as error:
        pointer = f"#/{asked.column}"
        named = [msgspec.structs.replace(each, pointer=pointer) if each.pointer == "#/text" else each for each in error.errors]
        raise WrongShapeError(named) from None


def _completed(article: Article, body: bytes, defaults: Defaults) -> Article:
    """The article, with the defaults for what its request does not give."""
    given = msgspec.json.decode(body, type=_Given)
    missing = {name: value for name, value in msgspec.structs.asdict(defaults).items() if getattr(given, name) is UNSET}
    return msgspec.structs.replace(article, **missing)
