"""Records: the contents of an archive, one per article, and the tasks that they become."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from quoteapi.batch.carried_columns import attach
from quoteapi.batch.fields import NOTHING, Columns, RequestFields, as_text, separated
from quoteapi.errors import QuoteapiError
from quoteapi.escapes import escaped_json
from quoteapi.request import WrongShapeError, read_article, read_id
from quoteapi.structs import Article, Format, Include, OffsetUnit

NO_CHAIN = bytes(16)
"""The chain before the first record."""


class Place(Struct, frozen=True):
    """Where a record stands: `number` counts its file's lines or rows from 1; `end` is the number of bytes of all files read up to it.

    `chain` is a digest of this record and all before it, by which a resumed run recognizes them.
    """

    file: str
    number: int
    unit: Literal["line", "row"]
    end: int
    chain: bytes = NO_CHAIN


class Record(Struct, frozen=True):
    """A JSON object with its place; `body` is None if it exceeds the size limit.

    For a table, `column` is the one that holds the text, and `carried` is the JSON object of the carried columns; a line of JSON contains
    both itself. `made_id` is the id for an article that has none; `fault` says what is wrong with a row.
    """

    place: Place
    body: bytes | None
    column: str | None = None
    carried: bytes = NOTHING
    made_id: str | None = None
    fault: str | None = None


class Answered(Struct, frozen=True):
    """The answer to a record, as JSON without a line break, and the number of words in its article."""

    place: Place
    words: int
    answer: bytes


class Reject(Struct, frozen=True):
    """A record that was not answered, and why; `id` is the article's, if it has one. Rejects of one `kind` have the same kind of reason.

    If `rest` is set, it stands for the unreadable rest of its file.
    """

    place: Place
    id: str | None
    reason: str
    kind: str = ""
    rest: bool = False

    def as_json(self) -> bytes:
        """The JSON object for the file of rejects."""
        place = {"file": self.place.file, self.place.unit: self.place.number}
        return escaped_json(msgspec.json.encode({**place, "id": self.id, "reason": self.reason}).decode()).encode()


class Task(Struct, frozen=True):
    """An article to read, the column or field that its text comes from, and the carried columns as a JSON object."""

    place: Place
    article: Article
    column: str = Columns().text
    carried: bytes = NOTHING

    def answered(self, answer: bytes) -> Answered:
        """The outcome if the article was answered."""
        return Answered(self.place, len(self.article.text.split()), attach(answer, self.carried))

    def rejected(self, reason: str) -> Reject:
        """The outcome if it was not."""
        named = reason if self.column == Columns().text else re.sub("^The text", f"The text in {self.column}", reason)
        return Reject(self.place, self.article.id, named, kind=re.sub(r"\d[\d,.]*", "0", reason))


class Defaults(Struct, frozen=True):
    """Values for fields that a record does not give."""

    include: list[Include] = []
    language: str | UnsetType = UNSET
    format: Format = "text"
    offset_unit: OffsetUnit = "codepoint"


class _GivenFields(Struct):
    """The fields of a request that have a default here."""

    include: Raw | UnsetType = UNSET
    language: Raw | UnsetType = UNSET
    format: Raw | UnsetType = UNSET
    offset_unit: Raw | UnsetType = UNSET


def chained(records: Iterable[Record | Reject], before: bytes = NO_CHAIN) -> Iterator[Record | Reject]:
    """The records, each with its chain; `before` is the chain of the record before the first. Rejects are not part of the chain."""
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        before = blake2b(before + (record.body or b"").strip() + record.carried.removeprefix(NOTHING), digest_size=len(NO_CHAIN)).digest()
        yield msgspec.structs.replace(record, place=msgspec.structs.replace(record.place, chain=before))


def tasks(
    records: Iterable[Record | Reject], *, columns: Columns | None = None, defaults: Defaults | None = None
) -> Iterator[Task | Reject]:
    """The task of each record, or the reason why it is rejected; a bad record never stops the run.

    Args:
        records: JSON objects; rejects pass through.
        columns: The fields that hold the text and the id in lines of JSON; `separated` documents what happens to the other fields.
        defaults: Values for fields that a record does not give.
    """
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        if record.body is None or record.fault is not None:
            fault = record.fault or f"The {record.place.unit} is longer than QUOTEAPI_MAX_BODY_SIZE."
            yield Reject(record.place, None if record.body is None else read_id(record.body), fault, kind="fault")
            continue
        asked = RequestFields(record.body, record.column or Columns().text, record.carried)
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
    """A request as JSON; a numeric id is written as its digits."""
    return msgspec.json.encode({"id": as_text(identity), "text": text, **fields})


def row_body(identity: object, text: object, language: object = None) -> bytes:
    """The same for values of a table; a text that is not a string is left for the parser of the request to reject."""
    known = (str, int, float, type(None))
    fields = {} if language is None else {"language": str(language)}
    return request_body(identity if isinstance(identity, known) else str(identity), text if isinstance(text, known) else [], **fields)


def _read(asked: RequestFields) -> Article:
    """The requested article; errors about its text name the field that it came from."""
    try:
        return read_article(asked.body)
    except WrongShapeError as error:
        pointer = f"#/{asked.column}"
        named = [msgspec.structs.replace(each, pointer=pointer) if each.pointer == "#/text" else each for each in error.errors]
        raise WrongShapeError(named) from None


def _completed(article: Article, body: bytes, defaults: Defaults) -> Article:
    """The article, with defaults for fields that its request does not give."""
    given = msgspec.json.decode(body, type=_GivenFields)
    missing = {name: value for name, value in msgspec.structs.asdict(defaults).items() if getattr(given, name) is UNSET}
    return msgspec.structs.replace(article, **missing)
